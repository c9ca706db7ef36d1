import type { FieldSchema, FormSchema } from '../../../contracts/form-definition.ts'
import { inOrder } from '../../../contracts/form-rules/index.ts'

/** Where a field stands: `parent` is the `x-id` of what holds it, null for the form itself; `index` its place there. */
export interface Place {
  readonly parent: string | null
  readonly index: number
}

export interface Found {
  readonly key: string
  readonly field: FieldSchema
  readonly place: Place
}

type Properties = Record<string, FieldSchema>

/** Order is the order of the keys: `x-index` is worked into it once, when a form is opened. */
export function ordered(schema: FormSchema): FormSchema {
  const visit = (properties: Properties): Properties =>
    Object.fromEntries(
      inOrder(properties).map(([key, field]) => {
        const { 'x-index': _index, ...rest } = field
        const next: FieldSchema = { ...rest }
        if (field.properties) next.properties = visit(field.properties)
        if (field.items?.properties) next.items = { ...field.items, properties: visit(field.items.properties) }
        return [key, next]
      }),
    )
  return { ...schema, properties: visit(schema.properties) }
}

/** Fields below one, those of a table's rows included. */
export function childrenOf(field: FieldSchema | FormSchema): Properties | undefined {
  if ('items' in field && field.items) return field.items.properties
  return field.properties
}

export function holds(field: FieldSchema): boolean {
  return (
    field.properties !== undefined ||
    (field['x-component'] === 'Table' && field.items?.properties !== undefined && field['x-form'] === undefined)
  )
}

export function findField(schema: FormSchema, id: string): Found | undefined {
  const visit = (properties: Properties, parent: string | null): Found | undefined => {
    let index = 0
    for (const [key, field] of Object.entries(properties)) {
      if (field['x-id'] === id) return { key, field, place: { parent, index } }
      const inner = childrenOf(field)
      const found = inner ? visit(inner, field['x-id']) : undefined
      if (found) return found
      index++
    }
    return undefined
  }
  return visit(schema.properties, null)
}

/** All fields in the order of the form, with their depth. */
export function listFields(schema: FormSchema): { key: string; field: FieldSchema; parent: string | null; depth: number }[] {
  const found: { key: string; field: FieldSchema; parent: string | null; depth: number }[] = []
  const visit = (properties: Properties, parent: string | null, depth: number) => {
    for (const [key, field] of Object.entries(properties)) {
      found.push({ key, field, parent, depth })
      const inner = childrenOf(field)
      if (inner) visit(inner, field['x-id'], depth + 1)
    }
  }
  visit(schema.properties, null, 0)
  return found
}

/** Replaces the properties of one holder. */
function change(schema: FormSchema, parent: string | null, edit: (properties: Properties) => Properties): FormSchema {
  if (parent === null) return { ...schema, properties: edit(schema.properties) }
  const visit = (properties: Properties): Properties =>
    Object.fromEntries(
      Object.entries(properties).map(([key, field]) => {
        const inner = childrenOf(field)
        if (!inner) return [key, field]
        const next = field['x-id'] === parent ? edit(inner) : visit(inner)
        if (next === inner) return [key, field]
        return [key, field.items?.properties ? { ...field, items: { ...field.items, properties: next } } : { ...field, properties: next }]
      }),
    )
  return { ...schema, properties: visit(schema.properties) }
}

export function insertField(schema: FormSchema, place: Place, key: string, field: FieldSchema): FormSchema {
  return change(schema, place.parent, (properties) => {
    const entries = Object.entries(properties)
    return Object.fromEntries([...entries.slice(0, place.index), [key, field], ...entries.slice(place.index)])
  })
}

export function removeField(schema: FormSchema, id: string): FormSchema {
  const found = findField(schema, id)
  if (!found) return schema
  return change(schema, found.place.parent, (properties) =>
    Object.fromEntries(Object.entries(properties).filter(([, field]) => field['x-id'] !== id)),
  )
}

export function replaceField(schema: FormSchema, id: string, key: string, field: FieldSchema): FormSchema {
  const found = findField(schema, id)
  if (!found) return schema
  return change(schema, found.place.parent, (properties) =>
    Object.fromEntries(Object.entries(properties).map(([name, each]) => (each['x-id'] === id ? [key, field] : [name, each]))),
  )
}

/** Whether `id` lies below `ancestor` or is it. */
export function isWithin(schema: FormSchema, id: string | null, ancestor: string): boolean {
  for (let at = id; at !== null; ) {
    if (at === ancestor) return true
    at = findField(schema, at)?.place.parent ?? null
  }
  return false
}
