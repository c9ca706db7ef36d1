import { CameraOutlined } from '@ant-design/icons'
import { Image } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Attachment, RecordPage } from '../../../contracts/api/records.ts'
import { attachmentUrl } from '../../api/attachment-url.ts'
import { dayAndTime } from '../../words/dates.ts'

interface PairsProps {
  record: RecordPage
}

function Photo({ photo }: { photo: Attachment }) {
  return (
    <figure className="photo-frame">
      <Image src={attachmentUrl(photo.id)} alt={photo.name} />
      {photo.takenAt !== null && <figcaption>{dayAndTime(photo.takenAt)}</figcaption>}
    </figure>
  )
}

/** Before and after in one row, before left; one zoom for all. */
export function Pairs({ record }: PairsProps) {
  const { t } = useTranslation()
  const rows = Math.max(record.beforePhotos.length, record.afterPhotos.length)
  if (rows === 0) return null
  return (
    <section className="card block" aria-labelledby="pairs-title">
      <h2 id="pairs-title">{t('record.pairs')}</h2>
      <Image.PreviewGroup>
        <div className="pairs">
          <h3>{t('photos.before')}</h3>
          <h3>{t('photos.after')}</h3>
          {Array.from({ length: rows }, (_, index) => {
            const before = record.beforePhotos[index]
            const after = record.afterPhotos[index]
            return [
              <div key={`before-${before?.id ?? index}`}>{before && <Photo photo={before} />}</div>,
              <div key={`after-${after?.id ?? index}`}>
                {after ? (
                  <Photo photo={after} />
                ) : (
                  before && (
                    <p className="pairs-missing">
                      <CameraOutlined aria-hidden />
                      {t('photos.noAfter')}
                    </p>
                  )
                )}
              </div>,
            ]
          })}
        </div>
      </Image.PreviewGroup>
    </section>
  )
}
