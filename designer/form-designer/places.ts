import type { FieldSchema, FieldType, FormSchema } from '../../contracts/form-definition.ts'
import { FIELD_TYPES_UI } from '../form-runtime/index.ts'
import { titleOf } from './field-words.ts'
import { childrenOf, findField, holds, type Place } from './model/form-tree.ts'

/** What the pointer carries. */
export function draggedTitle(data: unknown, schema: FormSchema): string {
  const { type, id } = (data ?? {}) as { type?: FieldType; id?: string }
  if (type) return FIELD_TYPES_UI[type].label
  const found = id ? findField(schema, id) : undefined
  return found ? titleOf(found.key, found.field) : ''
}

/** After the selected field, inside a selected group, or at the end. */
export function placeAfter(selected: string | null, schema: FormSchema): Place {
  const found = selected ? findField(schema, selected) : undefined
  if (!found) return { parent: null, index: Object.keys(schema.properties).length }
  if (holds(found.field)) return { parent: found.field['x-id'], index: Object.keys(childrenOf(found.field) ?? {}).length }
  return { parent: found.place.parent, index: found.place.index + 1 }
}

/** Where a key moves a field to; undefined when it cannot go there. */
export function shifted(schema: FormSchema, id: string, way: 'up' | 'down' | 'into' | 'out'): Place | undefined {
  const found = findField(schema, id)
  if (!found) return undefined
  const { parent, index } = found.place
  const siblings = Object.values((parent === null ? schema.properties : childrenOf(findField(schema, parent)?.field as FieldSchema)) ?? {})
  if (way === 'up') return index > 0 ? { parent, index: index - 1 } : undefined
  if (way === 'down') return index < siblings.length - 1 ? { parent, index: index + 2 } : undefined
  if (way === 'into') {
    const before = siblings[index - 1]
    return before && holds(before) ? { parent: before['x-id'], index: Object.keys(childrenOf(before) ?? {}).length } : undefined
  }
  const holder = parent === null ? undefined : findField(schema, parent)
  return holder && { parent: holder.place.parent, index: holder.place.index + 1 }
}

/** “判定依据”之后 */
export function whereWords(schema: FormSchema, id: string): string {
  const found = findField(schema, id)
  if (!found) return '别处'
  const { parent, index } = found.place
  const holder = parent === null ? undefined : findField(schema, parent)
  const siblings = Object.entries((holder ? childrenOf(holder.field) : schema.properties) ?? {})
  const before = siblings[index - 1]
  if (before) return `“${titleOf(before[0], before[1])}”之后`
  return holder ? `“${titleOf(holder.key, holder.field)}”的最前面` : '最前面'
}

/** 位置定级 › 隐患等级 */
export function breadcrumb(schema: FormSchema, selected: string | null): string {
  const parts: string[] = []
  for (let id = selected; id !== null; ) {
    const found = findField(schema, id)
    if (!found) break
    if (found.field['x-component'] !== 'Grid' && found.field['x-component'] !== 'Steps') parts.unshift(titleOf(found.key, found.field))
    id = found.place.parent
  }
  return parts.join(' › ')
}
