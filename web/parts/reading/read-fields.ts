import type { FormView } from '../../../contracts/api/inbox.ts'
import type { FileRef } from '../../../contracts/api/records.ts'
import type { FieldSchema, FormSchema } from '../../../contracts/form-definition.ts'

export interface ReadField {
  path: string
  field: FieldSchema
  title: string
  value: unknown
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const byIndex = ([, a]: [string, FieldSchema], [, b]: [string, FieldSchema]) => (a['x-index'] ?? 0) - (b['x-index'] ?? 0)

/** The fields that hold something, in the order of the form; what is hidden or empty is left out. */
export function readFields(
  properties: Record<string, FieldSchema>,
  values: Record<string, unknown>,
  hidden: (path: string) => boolean,
  prefix = '',
): ReadField[] {
  return Object.entries(properties)
    .sort(byIndex)
    .flatMap(([key, field]): ReadField[] => {
      const path = prefix + key
      if (hidden(path) || field['x-visible'] === false || field['x-technical'] === true) return []
      if (field.type === 'void') return field.properties ? readFields(field.properties, values, hidden, prefix) : []
      const value = values[key]
      if (field.type === 'object' && field.properties && field['x-component'] !== 'Photo') {
        const inner = value && typeof value === 'object' ? (value as Record<string, unknown>) : {}
        return readFields(field.properties, inner, hidden, `${path}.`)
      }
      return isEmpty(value) ? [] : [{ path, field, title: field.title ?? key, value }]
    })
}

export function fieldsOf(form: FormView): ReadField[] {
  const schema = form.schema as FormSchema
  return readFields(schema.properties ?? {}, form.values, (path) => form.permissions[path] === 'hidden')
}

export const isFileRef = (value: unknown): value is FileRef =>
  typeof value === 'object' && value !== null && 'id' in value && 'mime' in value
export const filesOf = (value: unknown): FileRef[] => (Array.isArray(value) ? value.filter(isFileRef) : isFileRef(value) ? [value] : [])

/** The photos of a form, by field. */
export const photosOf = (form: FormView) =>
  fieldsOf(form)
    .filter(({ field }) => field['x-component'] === 'Photo')
    .map(({ title, value, path }) => ({ path, title, photos: filesOf(value) }))
    .filter(({ photos }) => photos.length > 0)
