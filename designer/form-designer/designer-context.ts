import { createContext, type Dispatch, useContext } from 'react'
import type { FieldSchema, FieldType, FormResources, FormSchema } from '../../contracts/form-definition.ts'
import type { FormFinding } from '../../contracts/form-rules/index.ts'
import type { Place } from './model/form-tree.ts'
import type { History, HistoryAction } from './model/history.ts'

/** What the panes of the designer share. */
export interface DesignerSurroundings {
  readonly history: History
  readonly dispatch: Dispatch<HistoryAction>
  readonly published: FormSchema
  readonly resources: FormResources
  readonly findings: readonly FormFinding[]
  readonly readByProcedures: readonly string[]
  /** Canvas as wide as a desktop or as a phone. */
  readonly width: 'desktop' | 'phone'
  select(id: string | null): void
  /** Adds a field of a type at a place, or after the selected field. */
  add(type: FieldType, place?: Place): void
  remove(id: string): void
  duplicate(id: string): void
  /** Up or down among its neighbours; into the group before it; out of its group. */
  shift(id: string, way: 'up' | 'down' | 'into' | 'out'): void
  change(id: string, patch: Partial<FieldSchema>): void
}

export const DesignerContext = createContext<DesignerSurroundings | null>(null)

export function useDesigner(): DesignerSurroundings {
  const found = useContext(DesignerContext)
  if (!found) throw new Error('a designer pane outside of the form designer')
  return found
}
