import type { ProcedureEdit } from '../../../contracts/api/admin.ts'
import type { NodeSetting } from '../../../contracts/bpmn-extension.ts'

/** The county setting that fills the seats of this node, when it is one. */
export function slotOf(setting: NodeSetting, procedure: ProcedureEdit): ProcedureEdit['slotDefinitions'][number] | null {
  const [first] = setting.seats
  if (first?.who.kind !== 'slot') return null
  const key = first.who.slot
  return procedure.slotDefinitions.find((slot) => slot.key === key) ?? null
}
