import { evaluateTemplate } from '../expression/index.ts'
import type { FieldSchema, FormSchema } from '../form-definition.ts'
import { isLayout, isRows } from './field-nodes.ts'
import { type FieldState, fieldStates, type RuleContext } from './field-states.ts'
import { FIELD_VALUES } from './field-values/registry.ts'
import { copyData, readPath, type Values, writePath } from './path.ts'
import { cellOf, type Permissions } from './permissions.ts'

export interface SeenForm {
  schema: FormSchema
  values: Values
}

/**
 * The form reduced to what a seat may see: hidden fields leave in neither schema nor values, and a rule that reads a hidden field is
 * replaced by what it comes to with the stored values, so that nobody learns the value from the rule.
 */
export function viewForm(schema: FormSchema, stored: Values, permissions: Permissions, context: RuleContext): SeenForm {
  const values = copyData(stored)
  const states = fieldStates(schema, values, permissions, context)
  prefill(values, stored, states, context)
  const hidden = new Set<string>()
  collectHidden(schema.properties, '', permissions, hidden)
  const byField = new Map(states.filter((state) => state.node.row === undefined).map((state) => [state.node.schema, state]))
  return {
    schema: { ...schema, properties: reduce(schema.properties, '', permissions, hidden, byField) },
    values: reduceValues(schema.properties, values, '', permissions),
  }
}

/** Defaults that read what the record holds (`{{$stored.description}}`) fill the empty fields that this seat may write. */
function prefill(values: Values, stored: Values, states: readonly FieldState[], context: RuleContext): void {
  for (const { node, visible, readOnly } of states) {
    const { schema } = node
    if (node.row !== undefined || isLayout(schema) || !visible || readOnly || schema.default === undefined) continue
    if (!FIELD_VALUES[schema['x-component']].isEmpty(readPath(values, node.path))) continue
    const value = evaluateTemplate(schema.default, {
      $user: context.user,
      $node: context.node,
      $settings: context.settings,
      $now: context.now,
      $today: context.now.slice(0, 10),
      $values: stored,
      $stored: context.stored,
    })
    if (value === undefined || value === null || value === '') continue
    writePath(values, node.path, copyData(schema.type === 'array' && !Array.isArray(value) ? [value] : value))
  }
}

function collectHidden(properties: Record<string, FieldSchema>, at: string, permissions: Permissions, hidden: Set<string>): void {
  for (const [key, field] of Object.entries(properties)) {
    const template = isLayout(field) ? at : at === '' ? key : `${at}.${key}`
    if (!isLayout(field) && cellOf(permissions, template) === 'hidden') hidden.add(template)
    if (field.properties) collectHidden(field.properties, template, permissions, hidden)
    if (field.items?.properties) collectHidden(field.items.properties, template, permissions, hidden)
  }
}

function reduce(
  properties: Record<string, FieldSchema>,
  at: string,
  permissions: Permissions,
  hidden: ReadonlySet<string>,
  states: ReadonlyMap<FieldSchema, FieldState>,
): Record<string, FieldSchema> {
  const result: Record<string, FieldSchema> = {}
  for (const [key, field] of Object.entries(properties)) {
    const template = isLayout(field) ? at : at === '' ? key : `${at}.${key}`
    if (!isLayout(field) && hidden.has(template) && !opensBelow(field, template, permissions)) continue
    const seen: FieldSchema = hidden.size === 0 ? { ...field } : freeze(field, hidden, states.get(field))
    if (field.properties) seen.properties = reduce(field.properties, template, permissions, hidden, states)
    if (field.items?.properties)
      seen.items = { ...field.items, properties: reduce(field.items.properties, template, permissions, hidden, states) }
    result[key] = seen
  }
  return result
}

/** A hidden table or group may still have a column that this seat sees. */
function opensBelow(field: FieldSchema, template: string, permissions: Permissions): boolean {
  return (
    Object.keys(permissions).some((path) => path.startsWith(`${template}.`) && permissions[path] !== 'hidden') &&
    (isRows(field) || field.type === 'object')
  )
}

function freeze(field: FieldSchema, hidden: ReadonlySet<string>, state: FieldState | undefined): FieldSchema {
  const texts = [
    ...(field['x-reactions'] ?? []).flatMap((each) => [
      ...(each.dependencies ?? []),
      each.when ?? '',
      JSON.stringify(each.fulfill ?? ''),
      JSON.stringify(each.otherwise ?? ''),
    ]),
    String(field['x-formula'] ?? ''),
    String(field['x-visible'] ?? ''),
    String(field.required ?? ''),
    ...(field['x-rules'] ?? []).map((rule) => rule.assert),
  ]
  const reads = [...hidden].some((path) => texts.some((text) => text === path || mentions(text, path)))
  if (!reads) return { ...field }
  const { 'x-reactions': _reactions, 'x-formula': formula, 'x-rules': rules, ...rest } = field
  const result: FieldSchema = { ...rest, required: state?.required ?? false }
  if (state && !state.visible && !state.hidden) result['x-visible'] = false
  else delete result['x-visible']
  if (state) result.title = state.title
  if (formula !== undefined) result['x-server'] = true
  const kept = (rules ?? []).filter((rule) => ![...hidden].some((path) => mentions(rule.assert, path)))
  if (kept.length > 0) result['x-rules'] = kept
  return result
}

function mentions(text: string, path: string): boolean {
  const last = path.slice(path.lastIndexOf('.') + 1)
  return text.includes(`.${last}`) || text.includes(`'${last}'`) || text.includes(`"${last}"`)
}

function reduceValues(properties: Record<string, FieldSchema>, values: Values, at: string, permissions: Permissions): Values {
  const result: Values = {}
  const visit = (fields: Record<string, FieldSchema>) => {
    for (const [key, field] of Object.entries(fields)) {
      if (isLayout(field)) {
        if (field.properties) visit(field.properties)
        continue
      }
      const template = at === '' ? key : `${at}.${key}`
      const value = Object.hasOwn(values, key) ? values[key] : undefined
      if (value === undefined) continue
      const own = cellOf(permissions, template)
      const inner = field.type === 'object' ? field.properties : field.items?.properties
      if (own === 'hidden' && !opensBelow(field, template, permissions)) continue
      if (inner && Array.isArray(value))
        result[key] = value.map((row) => (row && typeof row === 'object' ? reduceValues(inner, row as Values, template, permissions) : row))
      else if (inner && value !== null && typeof value === 'object')
        result[key] = reduceValues(inner, value as Values, template, permissions)
      else result[key] = value
    }
  }
  visit(properties)
  return result
}

/** First values of an empty form: the schema's defaults, `{{ }}` included. */
export function initialValues(schema: FormSchema, context: RuleContext): Values {
  const values: Values = {}
  const visit = (properties: Record<string, FieldSchema>, at: Values) => {
    for (const [key, field] of Object.entries(properties)) {
      if (isLayout(field)) {
        if (field.properties) visit(field.properties, at)
      } else if (field.type === 'object' && field.properties) {
        const inner: Values = {}
        visit(field.properties, inner)
        if (Object.keys(inner).length > 0) at[key] = inner
      } else if (
        isRows(field) &&
        field.required === true &&
        (field.minItems ?? 0) > 0 &&
        !field['x-form'] &&
        field['x-component'] === 'Table'
      ) {
        // A table that must have a row begins with one, so that there is something to fill in.
        at[key] = [{}]
      } else if (field.default !== undefined) {
        const value = evaluateTemplate(field.default, {
          $user: context.user,
          $node: context.node,
          $settings: context.settings,
          $now: context.now,
          $today: context.now.slice(0, 10),
          $values: {},
        })
        if (value !== undefined && value !== null && value !== '')
          at[key] = field.type === 'array' && !Array.isArray(value) ? [value] : value
      }
    }
  }
  visit(schema.properties, values)
  return values
}
