import { useTranslation } from 'react-i18next'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { attachmentUrl } from '../../api/attachment-url.ts'
import { fieldText, optionsOf } from './field-text.ts'
import { filesOf, type ReadField } from './read-fields.ts'

interface ReadingTableProps {
  read: ReadField
  sources: Record<string, unknown>
}

/** Columns of a row, containers opened. */
function columnsOf(items: FieldSchema | undefined): [string, FieldSchema][] {
  return Object.entries(items?.properties ?? {}).flatMap(([key, field]): [string, FieldSchema][] =>
    field.type === 'void' ? columnsOf(field) : [[key, field]],
  )
}

/** Rows that were filled in; on a phone each row is a card, with its labels. */
export function ReadingTable({ read, sources }: ReadingTableProps) {
  const { t } = useTranslation()
  const rows = Array.isArray(read.value) ? (read.value as Record<string, unknown>[]) : []
  const holds = (key: string) =>
    rows.some(
      (row) => row[key] !== undefined && row[key] !== null && row[key] !== '' && !(Array.isArray(row[key]) && row[key].length === 0),
    )
  const columns = columnsOf(read.field.items).filter(([key]) => holds(key))
  if (columns.length === 0) return null
  const cell = (key: string, field: FieldSchema, row: Record<string, unknown>) => {
    const value = row[key]
    if (value === undefined || value === null || value === '') return null
    const files = filesOf(value)
    if (files.length > 0)
      return files.map((file) =>
        file.mime.startsWith('image/') ? (
          <img key={file.id} className="reading-thumb" src={attachmentUrl(file.id)} alt={file.name} loading="lazy" />
        ) : (
          <a key={file.id} href={attachmentUrl(file.id)}>
            {file.name}
          </a>
        ),
      )
    return fieldText(t, field, value, optionsOf(sources, `${read.path}.${key}`, field))
  }
  return (
    <section className="reading-table" aria-label={read.title}>
      <h3>
        {read.title}
        <span className="muted">{t('reading.rows', { count: rows.length })}</span>
      </h3>
      <table>
        <thead>
          <tr>
            {columns.map(([key, field]) => (
              <th key={key} scope="col">
                {field.title ?? key}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a stored form never move
            <tr key={index}>
              {columns.map(([key, field]) => (
                <td key={key} data-label={field.title ?? key}>
                  {cell(key, field, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
