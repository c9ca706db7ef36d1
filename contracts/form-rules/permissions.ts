import type { Cell } from '../bpmn-extension.ts'
import type { FieldSchema } from '../form-definition.ts'

/** Field path without indexes → cell; `*` is the rest. A cell of a group or table holds for everything in it that has none. */
export type Permissions = Readonly<Record<string, Cell>>

/** The cell of a field: its own, else that of the nearest group or table above it, else `*`, else `edit`. */
export function cellOf(permissions: Permissions, template: string): Cell {
  for (let at = template; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const cell = Object.hasOwn(permissions, at) ? permissions[at] : undefined
    if (cell) return cell
  }
  return (Object.hasOwn(permissions, '*') ? permissions['*'] : undefined) ?? 'edit'
}

export function isWritable(cell: Cell): boolean {
  return cell === 'edit' || cell === 'required'
}

/** Fields that no submission writes: formulas, numbers, states of the platform, and the block of the decision. */
export function isServerWritten(schema: FieldSchema): boolean {
  return (
    schema['x-server'] === true ||
    schema['x-formula'] !== undefined ||
    schema['x-component'] === 'Serial' ||
    schema['x-component'] === 'Calculated'
  )
}

export function isDecisionField(schema: FieldSchema): boolean {
  return schema['x-decision'] === true
}
