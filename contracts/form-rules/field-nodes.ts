import type { FieldSchema, FormSchema } from '../form-definition.ts'
import { type Path, readPath, templateOf } from './path.ts'

/** One field of a form that is being filled in: a row's field occurs once per row. */
export interface FieldNode {
  readonly key: string
  readonly schema: FieldSchema
  /** Where its value stands; layout nodes carry the path of what holds them. */
  readonly path: Path
  /** `path` without indexes; for layout nodes the same of their holder. */
  readonly template: string
  /** Root of the form it belongs to: [] or the row of a form that another form takes in. */
  readonly base: Path
  readonly row: Path | undefined
  readonly index: number | undefined
  readonly parent: FieldNode | undefined
}

/** True for nodes without a value of their own. */
export function isLayout(schema: FieldSchema): boolean {
  return schema.type === 'void'
}

/** True for a table, a check sheet or a list of forms: an array whose entries have fields. */
export function isRows(schema: FieldSchema): boolean {
  return schema.type === 'array' && schema.items?.type === 'object'
}

/** All nodes in the order of the form, rows by the values given. Parents come before their children. */
export function fieldNodes(schema: FormSchema, values: unknown): FieldNode[] {
  const found: FieldNode[] = []
  const visit = (
    properties: Record<string, FieldSchema>,
    at: Path,
    base: Path,
    row: Path | undefined,
    index: number | undefined,
    parent: FieldNode | undefined,
  ) => {
    for (const [key, field] of inOrder(properties)) {
      const path = isLayout(field) ? at : [...at, key]
      const node: FieldNode = { key, schema: field, path, template: templateOf(path), base, row, index, parent }
      found.push(node)
      if (isLayout(field) || field.type === 'object') {
        if (field.properties) visit(field.properties, path, base, row, index, node)
      } else if (isRows(field)) {
        const rows = readPath(values, path)
        const items = field.items?.properties
        if (!items || !Array.isArray(rows)) continue
        for (let i = 0; i < rows.length; i++) {
          const rowPath = [...path, i]
          visit(items, rowPath, field['x-form'] ? rowPath : base, rowPath, i, node)
        }
      }
    }
  }
  visit(schema.properties, [], [], undefined, undefined, undefined)
  return found
}

/** Properties by `x-index`, those without one behind, otherwise as written. */
export function inOrder(properties: Record<string, FieldSchema>): [string, FieldSchema][] {
  const entries = Object.entries(properties)
  if (!entries.some(([, field]) => field['x-index'] !== undefined)) return entries
  return entries
    .map((entry, position) => ({ entry, position, index: entry[1]['x-index'] ?? Number.MAX_SAFE_INTEGER }))
    .sort((a, b) => a.index - b.index || a.position - b.position)
    .map(({ entry }) => entry)
}

/** Every field of the schema once, rows included, with its path without indexes. For lint, permissions and differences. */
export function schemaFields(schema: FormSchema): { key: string; template: string; schema: FieldSchema; parents: FieldSchema[] }[] {
  const found: { key: string; template: string; schema: FieldSchema; parents: FieldSchema[] }[] = []
  const visit = (properties: Record<string, FieldSchema>, at: string, parents: FieldSchema[]) => {
    for (const [key, field] of inOrder(properties)) {
      const template = isLayout(field) ? at : at === '' ? key : `${at}.${key}`
      found.push({ key, template, schema: field, parents })
      if (field.properties) visit(field.properties, template, [...parents, field])
      if (field.items?.properties) visit(field.items.properties, template, [...parents, field])
    }
  }
  visit(schema.properties, '', [])
  return found
}
