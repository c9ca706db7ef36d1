import type { FormSchema } from '../../contracts/form-definition.ts'
import {
  FIELD_VALUES,
  fieldNodes,
  isDecisionField,
  isLayout,
  isServerWritten,
  readPath,
  sameData,
} from '../../contracts/form-rules/index.ts'

type FieldNode = ReturnType<typeof fieldNodes>[number]
/** Words for the ids of people, units and enterprises. */
type NameOf = Parameters<(typeof FIELD_VALUES)['Text']['toText']>[2]

interface ChangedField {
  /** Title of the field, with its row and group where it has one: 隐患 2 · 部位. */
  readonly field: string
  readonly before: string
  readonly after: string
}

/** What a form says now that it said otherwise before, field by field in the words of the form. */
export function changedFields(schema: FormSchema, before: unknown, after: unknown, nameOf: NameOf): readonly ChangedField[] {
  const nodes = new Map([...fieldNodes(schema, before), ...fieldNodes(schema, after)].map((node) => [node.path.join('.'), node]))
  return [...nodes.values()].flatMap((node) => {
    if (!isTyped(node)) return []
    const [was, is] = [readPath(before, node.path), readPath(after, node.path)]
    if (sameData(was, is)) return []
    const { toText } = FIELD_VALUES[node.schema['x-component']]
    const change = { field: titleOf(node), before: toText(was, node.schema, nameOf), after: toText(is, node.schema, nameOf) }
    return change.before === change.after ? [] : [change]
  })
}

/** Fields that a person fills in and reads; of a table only its number of rows counts as its own. */
function isTyped({ schema }: FieldNode): boolean {
  if (isLayout(schema) || schema.type === 'object' || schema['x-technical'] === true) return false
  return !isServerWritten(schema) && !isDecisionField(schema) && schema['x-component'] !== 'Signature'
}

function titleOf(node: FieldNode): string {
  const own = node.schema.title ?? node.key
  const { parent } = node
  if (!parent) return own
  if (node.index !== undefined && parent.schema.type === 'array') return `${parent.schema.title ?? parent.key} ${node.index + 1} · ${own}`
  if (node.index !== undefined || (parent.schema.type === 'object' && parent.schema.title)) return `${titleOf(parent)} · ${own}`
  return own
}
