import type { FieldSchema, FormSchema, Reaction } from '../../../contracts/form-definition.ts'
import { listFields } from '../model/form-tree.ts'

/** A rule with the field that it stands at. */
export interface PlacedRule {
  readonly target: FieldSchema
  readonly key: string
  readonly index: number
  readonly reaction: Reaction
}

/** Data path of a field within the form it belongs to. */
export function pathOf(schema: FormSchema, id: string): string | undefined {
  const visit = (properties: Record<string, FieldSchema>, at: string): string | undefined => {
    for (const [key, field] of Object.entries(properties)) {
      const path = field.type === 'void' ? at : at === '' ? key : `${at}.${key}`
      if (field['x-id'] === id) return path
      const found = (field.properties && visit(field.properties, path)) ?? (field.items?.properties && visit(field.items.properties, path))
      if (found !== undefined) return found
    }
    return undefined
  }
  return visit(schema.properties, '')
}

export function allRules(schema: FormSchema): PlacedRule[] {
  return listFields(schema).flatMap(({ key, field }) =>
    (field['x-reactions'] ?? []).map((reaction, index) => ({ target: field, key, index, reaction })),
  )
}

/** Rules that a field sets off in others, and rules that act on it. */
export function rulesAbout(schema: FormSchema, id: string): { onOthers: PlacedRule[]; onIt: PlacedRule[] } {
  const path = pathOf(schema, id)
  const name = path?.slice(path.lastIndexOf('.') + 1)
  const rules = allRules(schema)
  return {
    onOthers: rules.filter(
      (rule) =>
        rule.target['x-id'] !== id &&
        (rule.reaction.dependencies ?? []).some((dependency) => dependency === path || dependency === `.${name}`),
    ),
    onIt: rules.filter((rule) => rule.target['x-id'] === id),
  }
}

/** Fields that a condition may read, with their paths: everything filled in outside of tables, and the columns beside `near`. */
export function readableFields(schema: FormSchema): { path: string; title: string; field: FieldSchema }[] {
  const found: { path: string; title: string; field: FieldSchema }[] = []
  const visit = (properties: Record<string, FieldSchema>, at: string) => {
    for (const [key, field] of Object.entries(properties)) {
      const path = field.type === 'void' ? at : at === '' ? key : `${at}.${key}`
      if (field.type !== 'void' && field.type !== 'object' && field['x-technical'] !== true && field.title)
        found.push({ path, title: field.title, field })
      if (field.properties) visit(field.properties, path)
    }
  }
  visit(schema.properties, '')
  return found
}
