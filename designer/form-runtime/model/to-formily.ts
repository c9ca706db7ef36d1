import { type ISchema, Schema } from '@formily/json-schema'
import type { FieldSchema, FormSchema } from '../../../contracts/form-definition.ts'
import './formily-compiler.ts'

/**
 * The Formily schema that is rendered: only what rendering needs is copied over, so that nothing else of a stored schema ever
 * reaches Formily. Rules, demands and formulas are evaluated by contracts/form-rules.
 */
export function toFormily(schema: FormSchema): Schema {
  return new Schema({ type: 'object', properties: mapped(schema.properties) })
}

function mapped(properties: Record<string, FieldSchema>): Record<string, ISchema> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, field]) => field['x-technical'] !== true)
      .map(([key, field]) => [key, toNode(field)]),
  )
}

function toNode(field: FieldSchema): ISchema {
  const node: ISchema = { type: field.type, 'x-component': field['x-component'], 'x-id': field['x-id'] }
  if (field['x-index'] !== undefined) node['x-index'] = field['x-index']
  if (field.properties) node.properties = mapped(field.properties)
  if (field.items) node.items = toNode(field.items)
  return node
}

/** The schema's fields by `x-id`: components read their settings from here. */
export function fieldsById(schema: FormSchema): ReadonlyMap<string, FieldSchema> {
  const found = new Map<string, FieldSchema>()
  const visit = (properties: Record<string, FieldSchema>) => {
    for (const field of Object.values(properties)) {
      found.set(field['x-id'], field)
      if (field.properties) visit(field.properties)
      if (field.items) {
        found.set(field.items['x-id'], field.items)
        if (field.items.properties) visit(field.items.properties)
      }
    }
  }
  visit(schema.properties)
  return found
}
