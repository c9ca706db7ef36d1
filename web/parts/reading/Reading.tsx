import { PaperClipOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { FormView } from '../../../contracts/api/inbox.ts'
import { attachmentUrl } from '../../api/attachment-url.ts'
import { PhotoGrid } from '../PhotoGrid.tsx'
import { SignatureImage } from '../SignatureImage.tsx'
import { fieldText, optionsOf } from './field-text.ts'
import { ReadingTable } from './ReadingTable.tsx'
import { fieldsOf, filesOf, type ReadField } from './read-fields.ts'
import './reading.css'

interface ReadingProps {
  form: FormView
  /** Photos stand elsewhere on the page. */
  withoutPhotos?: boolean
  limit?: number
}

interface ValueProps {
  read: ReadField
  options: unknown
}

function Value({ read, options }: ValueProps) {
  const { t } = useTranslation()
  const { field, value, title } = read
  const component = field['x-component']
  if (component === 'Photo') return <PhotoGrid photos={filesOf(value)} label={title} />
  if (component === 'Attachment') {
    return (
      <ul>
        {filesOf(value).map((file) => (
          <li key={file.id}>
            <a href={attachmentUrl(file.id)} download={file.name}>
              <PaperClipOutlined aria-hidden /> {file.name}
            </a>
          </li>
        ))}
      </ul>
    )
  }
  if (component === 'Signature') {
    const id = signatureId(value)
    return id ? <SignatureImage id={id} name={title} /> : null
  }
  return <>{fieldText(t, field, value, options)}</>
}

function signatureId(value: unknown): string | null {
  if (typeof value === 'string') return value
  const id = (value as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : null
}

const isWide = ({ field }: ReadField) => field['x-component'] === 'Table' || field['x-component'] === 'CheckSheet'

/** What was filled in, as text: labels and words, never greyed inputs. */
export function Reading({ form, withoutPhotos, limit }: ReadingProps) {
  const { t } = useTranslation()
  const fields = fieldsOf(form)
    .filter(({ field }) => !withoutPhotos || field['x-component'] !== 'Photo')
    .slice(0, limit)
  if (fields.length === 0) return <p className="muted">{t('reading.empty')}</p>
  return (
    <>
      <dl className="reading">
        {fields
          .filter((read) => !isWide(read))
          .map((read) => (
            <div key={read.path}>
              <dt>{read.title}</dt>
              <dd>
                <Value read={read} options={optionsOf(form.sources, read.path, read.field)} />
              </dd>
            </div>
          ))}
      </dl>
      {fields.filter(isWide).map((read) => (
        <ReadingTable key={read.path} read={read} sources={form.sources} />
      ))}
    </>
  )
}
