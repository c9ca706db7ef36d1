import type { FormDefinition } from '../../contracts/form-definition.ts'
import { fieldNodes, isDecisionField, readPath, schemaFields, type Values } from '../../contracts/form-rules/index.ts'

/** Ids of the files that stand in photo, attachment and signature fields: link them, and refuse those of another county. */
export function fileIds(form: Pick<FormDefinition, 'schema'>, values: Values): string[] {
  const ids = new Set<string>()
  for (const node of fieldNodes(form.schema, values)) {
    if (!['Photo', 'Attachment', 'Signature'].includes(node.schema['x-component'])) continue
    const value = readPath(values, node.path)
    for (const file of Array.isArray(value) ? value : [value])
      if (file && typeof file === 'object' && typeof (file as { id?: unknown }).id === 'string') ids.add((file as { id: string }).id)
  }
  return [...ids]
}

/** People, units and enterprises that the values name, with the path of each: they must exist in the county. */
export function referencedIds(
  form: Pick<FormDefinition, 'schema'>,
  values: Values,
): { kind: 'person' | 'unit' | 'enterprise'; id: string; field: string }[] {
  const kinds = { Person: 'person', Unit: 'unit', Enterprise: 'enterprise' } as const
  return fieldNodes(form.schema, values).flatMap((node) => {
    const kind = kinds[node.schema['x-component'] as keyof typeof kinds]
    if (!kind) return []
    const value = readPath(values, node.path)
    return (Array.isArray(value) ? value : [value])
      .filter((id): id is string => typeof id === 'string' && id !== '')
      .map((id) => ({ kind, id, field: node.path.join('.') }))
  })
}

/** Keys of the opinion and signature block: the decision writes them, a submission never (first-loop.md B5). */
export function decisionFields(form: Pick<FormDefinition, 'schema'>): string[] {
  return schemaFields(form.schema)
    .filter((field) => isDecisionField(field.schema))
    .map((field) => field.template)
}
