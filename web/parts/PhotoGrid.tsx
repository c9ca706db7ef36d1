import { Image } from 'antd'
import { useTranslation } from 'react-i18next'
import { attachmentUrl } from '../api/attachment-url.ts'
import { shortDayAndTime } from '../words/dates.ts'
import './photos.css'

export interface Photo {
  id: string
  name: string
  takenAt?: number | null
}

interface PhotoGridProps {
  photos: readonly Photo[]
  label: string
}

/** Photos in a row, one zoom for all. */
export function PhotoGrid({ photos, label }: PhotoGridProps) {
  const { t } = useTranslation()
  return (
    <Image.PreviewGroup>
      <ul className="photos" aria-label={label}>
        {photos.map((photo) => (
          <li key={photo.id}>
            <figure className="photo-frame">
              <Image src={attachmentUrl(photo.id)} alt={photo.name} preview={{ mask: t('photos.zoom') }} />
              {photo.takenAt ? <figcaption>{shortDayAndTime(photo.takenAt)}</figcaption> : null}
            </figure>
          </li>
        ))}
      </ul>
    </Image.PreviewGroup>
  )
}
