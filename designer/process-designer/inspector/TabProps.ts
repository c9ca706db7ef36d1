import type { ProcedureEdit } from '../../../contracts/api/admin.ts'
import type { NodeSetting } from '../../../contracts/bpmn-extension.ts'
import type { DesignerModeler, Shape } from '../canvas/bpmn-services.ts'

/** What every tab of the inspector gets. `onChange` writes the node's settings as one undoable command. */
export interface TabProps {
  modeler: DesignerModeler
  shape: Shape
  setting: NodeSetting | null
  procedure: ProcedureEdit
  slots: Readonly<Record<string, unknown>>
  onChange(setting: NodeSetting): void
  onSlots(slots: Record<string, unknown>): void
}
