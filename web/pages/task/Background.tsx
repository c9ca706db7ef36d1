import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../../contracts/api/inbox.ts'
import { PhotoGrid } from '../../parts/PhotoGrid.tsx'
import { Reading } from '../../parts/reading/Reading.tsx'
import { photosOf } from '../../parts/reading/read-fields.ts'

interface BackgroundProps {
  page: TaskPage
  /** Only the newest form, and of it so many fields. */
  limit?: number
  /** Stands below the words of the newest form. */
  after?: ReactNode
}

type Form = TaskPage['background'][number]

interface FormSectionProps {
  form: Form
  first: boolean
  limit: number | undefined
  after: ReactNode
}

function FormSection({ form, first, limit, after }: FormSectionProps) {
  const { t } = useTranslation()
  const photos = photosOf(form)
  const id = first ? 'situation' : `form-${form.key}`
  return (
    <div className={photos.length > 0 ? 'evidence' : ''}>
      <section id={id} aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>
          {form.title}
          <span className="h-note">{t('task.readOnly', { node: form.nodeName })}</span>
        </h2>
        <Reading form={form} withoutPhotos={photos.length > 0} {...(limit === undefined ? {} : { limit })} />
        {after}
      </section>
      {photos.length > 0 && (
        <div className="evidence-photos" id={first ? 'photos' : undefined}>
          {photos.map((group) => (
            <section key={group.path} aria-label={group.title}>
              <h2>
                {group.title}
                <span className="h-note">{t('task.photosNote', { count: group.photos.length })}</span>
              </h2>
              <PhotoGrid photos={group.photos} label={group.title} />
            </section>
          ))}
        </div>
      )}
    </div>
  )
}

/** The forms of earlier nodes, newest first: what the decision rests on. */
export const Background = ({ page, limit, after }: BackgroundProps) => (
  <>
    {page.background.slice(0, limit === undefined ? undefined : 1).map((form, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same form may stand here twice, in a fixed order
      <FormSection key={`${form.key}-${index}`} form={form} first={index === 0} limit={limit} after={index === 0 ? after : null} />
    ))}
  </>
)
