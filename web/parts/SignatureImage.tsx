import { useTranslation } from 'react-i18next'
import './signature-image.css'

interface SignatureImageProps {
  id: string
  name: string
}

export function SignatureImage({ id, name }: SignatureImageProps) {
  const { t } = useTranslation()
  return (
    <img
      className="signature-image"
      src={`/api/signatures/${encodeURIComponent(id)}`}
      alt={t('timeline.signatureOf', { name })}
      loading="lazy"
    />
  )
}
