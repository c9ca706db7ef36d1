import type { FieldSchema, FormDefinition, FormResources, FormSchema } from '../form-definition.ts'

const MAX_NESTING = 3

/**
 * The form as it is filled in: forms taken in by `x-form`, options of `x-catalog` and the lines of sheets put in place. What is not
 * among the resources stays empty; the lint says so before a form is published.
 */
export function resolveForm<T extends Pick<FormDefinition, 'schema'>>(form: T, resources: FormResources): T {
  return { ...form, schema: resolveSchema(form.schema, resources, 0) }
}

function resolveSchema(schema: FormSchema, resources: FormResources, depth: number): FormSchema {
  return { ...schema, properties: resolveProperties(schema.properties, resources, depth) }
}

function resolveProperties(properties: Record<string, FieldSchema>, resources: FormResources, depth: number): Record<string, FieldSchema> {
  return Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, resolveField(field, resources, depth)]))
}

function resolveField(field: FieldSchema, resources: FormResources, depth: number): FieldSchema {
  const result: FieldSchema = { ...field }
  const catalog = field['x-catalog']
  if (catalog !== undefined && Object.hasOwn(resources.catalogs, catalog)) result.enum = resources.catalogs[catalog]
  const sheet = field['x-component-props']?.['sheet']
  if (field['x-component'] === 'CheckSheet' && typeof sheet === 'string' && Object.hasOwn(resources.sheets, sheet)) {
    result['x-component-props'] = { ...field['x-component-props'], lines: resources.sheets[sheet] }
  }
  if (field.properties) result.properties = resolveProperties(field.properties, resources, depth)
  if (field.items) result.items = resolveField(field.items, resources, depth)
  const taken = field['x-form']
  if (taken !== undefined && depth < MAX_NESTING && Object.hasOwn(resources.forms, taken)) {
    const inner = without(
      resolveSchema(resources.forms[taken] as FormSchema, resources, depth + 1).properties,
      new Set(field['x-omit'] ?? []),
    )
    if (field.type === 'array')
      result.items = {
        type: 'object',
        'x-id': `${field['x-id']}-row`,
        'x-component': 'Group',
        properties: { ...inner, ...field.items?.properties },
      }
    else result.properties = { ...inner, ...field.properties }
  }
  return result
}

/** Left out wherever they stand in the layout; a step that is empty then goes too. */
function without(properties: Record<string, FieldSchema>, omitted: ReadonlySet<string>): Record<string, FieldSchema> {
  if (omitted.size === 0) return properties
  const kept: Record<string, FieldSchema> = {}
  for (const [key, field] of Object.entries(properties)) {
    if (omitted.has(key)) continue
    if (field.type !== 'void' || !field.properties) kept[key] = field
    else {
      const inner = without(field.properties, omitted)
      if (Object.keys(inner).length > 0) kept[key] = { ...field, properties: inner }
    }
  }
  return kept
}
