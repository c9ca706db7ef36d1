import type { FieldSchema, FieldType, FormSchema } from '../../../contracts/form-definition.ts'
import { copyData } from '../../../contracts/form-rules/index.ts'
import { FIELD_TYPES_UI } from '../../form-runtime/index.ts'
import { findField, listFields } from './form-tree.ts'

/** A field of the county as it comes from the palette: key and id are free in this form. */
export function newField(schema: FormSchema, type: FieldType): { key: string; field: FieldSchema } {
  const made = FIELD_TYPES_UI[type].make()
  const key = freeKey(schema, type.charAt(0).toLowerCase() + type.slice(1))
  return { key, field: withIds({ ...made, 'x-id': freeId(schema) } as FieldSchema) }
}

/** A copy beside the original: a new key, new ids, unlocked, written by the county. */
export function copyOf(schema: FormSchema, key: string, field: FieldSchema): { key: string; field: FieldSchema } {
  const { 'x-lock': _lock, 'x-server': _server, 'x-basis': _basis, ...rest } = copyData(field)
  const copy = withIds({ ...rest, 'x-id': freeId(schema), ...(rest.title ? { title: `${rest.title} 副本` } : {}) })
  return { key: freeKey(schema, key), field: copy }
}

/** Inner ids follow the outer one. */
function withIds(field: FieldSchema): FieldSchema {
  const visit = (properties: Record<string, FieldSchema> | undefined): Record<string, FieldSchema> | undefined =>
    properties && Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, { ...each, 'x-id': `${field['x-id']}-${key}` }]))
  const next: FieldSchema = { ...field }
  if (field.properties) next.properties = visit(field.properties) ?? {}
  if (field.items) next.items = { ...field.items, 'x-id': `${field['x-id']}-row`, properties: visit(field.items.properties) ?? {} }
  return next
}

function freeKey(schema: FormSchema, wish: string): string {
  const taken = new Set(listFields(schema).map((each) => each.key))
  for (let number = 1; ; number++) {
    const key = number === 1 ? wish : `${wish}${number}`
    if (!taken.has(key)) return key
  }
}

/** Ids of the county's own fields begin with `own-`. */
export function freeId(schema: FormSchema): string {
  for (let number = 1; ; number++) if (!findField(schema, `own-${number}`)) return `own-${number}`
}

export function isOwn(field: FieldSchema): boolean {
  return field['x-id'].startsWith('own-')
}
