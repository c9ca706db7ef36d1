import type { FieldSchema, FormSchema } from '../../../contracts/form-definition.ts'
import { findField, insertField, isWithin, type Place, removeField, replaceField } from './form-tree.ts'

/** What is edited: the schema and the title of the form. */
export interface Design {
  readonly title: string
  readonly schema: FormSchema
}

/** One edit. `revert` after `execute` gives the design that was there before. */
export interface Command {
  /** 移动“隐患等级”: for the history and for readers of the screen. */
  readonly label: string
  /** Edits of one property that follow each other are undone together when they share this. */
  readonly group?: string
  execute(design: Design): Design
  revert(design: Design): Design
}

const titleOf = (field: FieldSchema, key: string) => field.title ?? field.description ?? key
const onSchema = (edit: (schema: FormSchema) => FormSchema) => (design: Design) => ({ ...design, schema: edit(design.schema) })

export function addField(place: Place, key: string, field: FieldSchema): Command {
  return {
    label: `添加“${titleOf(field, key)}”`,
    execute: onSchema((schema) => insertField(schema, place, key, field)),
    revert: onSchema((schema) => removeField(schema, field['x-id'])),
  }
}

/** Undefined when there is no such field. */
export function deleteField(design: Design, id: string): Command | undefined {
  const found = findField(design.schema, id)
  if (!found) return undefined
  return {
    label: `删除“${titleOf(found.field, found.key)}”`,
    execute: onSchema((schema) => removeField(schema, id)),
    revert: onSchema((schema) => insertField(schema, found.place, found.key, found.field)),
  }
}

/** `to.index` counts the places as they are before the field is taken out. Undefined when it would not move, or into itself. */
export function moveField(design: Design, id: string, to: Place): Command | undefined {
  const found = findField(design.schema, id)
  if (!found || isWithin(design.schema, to.parent, id)) return undefined
  const from = found.place
  const index = from.parent === to.parent && from.index < to.index ? to.index - 1 : to.index
  if (from.parent === to.parent && from.index === index) return undefined
  return {
    label: `移动“${titleOf(found.field, found.key)}”`,
    execute: onSchema((schema) => insertField(removeField(schema, id), { parent: to.parent, index }, found.key, found.field)),
    revert: onSchema((schema) => insertField(removeField(schema, id), from, found.key, found.field)),
  }
}

/** Changes settings of one field; an undefined value takes the setting away. */
export function changeField(design: Design, id: string, patch: Partial<FieldSchema>, newKey?: string): Command | undefined {
  const found = findField(design.schema, id)
  if (!found) return undefined
  const after = Object.fromEntries(
    Object.entries({ ...found.field, ...patch }).filter(([, value]) => value !== undefined),
  ) as unknown as FieldSchema
  return {
    label: `修改“${titleOf(found.field, found.key)}”`,
    group: `${id}:${Object.keys(patch).join()}`,
    execute: onSchema((schema) => replaceField(schema, id, newKey ?? found.key, after)),
    revert: onSchema((schema) => replaceField(schema, id, found.key, found.field)),
  }
}

export function renameForm(design: Design, title: string): Command {
  const before = design.title
  return { label: '修改表单名称', group: 'title', execute: (each) => ({ ...each, title }), revert: (each) => ({ ...each, title: before }) }
}
