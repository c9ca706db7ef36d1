import { useTranslation } from 'react-i18next'
import { SignaturePad } from '../../../designer/form-runtime/index.ts'
import { useMe } from '../../session/session-context.ts'
import type { Signed } from './use-decision.ts'

interface SignPadProps {
  height: number
  onChange: (signature: Signed | null) => void
  lack: boolean
}

export function SignPad({ height, onChange, lack }: SignPadProps) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <section className="sign-part">
      <div className="sign-label">
        {t('task.sign.signature')}
        <span className="muted">{t('task.sign.required')}</span>
      </div>
      <SignaturePad height={height} signer={me.person.name} onChange={onChange} />
      <p role="alert" className="sign-lack">
        {lack && t('task.sign.signatureMissing')}
      </p>
    </section>
  )
}
