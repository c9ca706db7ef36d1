import { type NodeSetting, nodeSetting } from '../../../contracts/bpmn-extension.ts'
import type { DesignerModeler, Moddle, Shape } from './bpmn-services.ts'

/** What stands in `<bihuan:node>` of this node; null when there is nothing or it does not fit. */
export function readNodeSetting(element: Moddle): NodeSetting | null {
  const text = element.extensionElements?.values?.find((value) => value.$type === 'bihuan:Node')?.text
  if (!text) return null
  try {
    const parsed = nodeSetting.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Writes the settings as one command of the modeler, so that undo takes it back. */
export function writeNodeSetting(modeler: DesignerModeler, shape: Shape, setting: NodeSetting): void {
  const factory = modeler.get('bpmnFactory')
  const text = JSON.stringify(setting, null, 2)
  const extension = shape.businessObject.extensionElements
  const node = factory.create('bihuan:Node', { text })
  const others = (extension?.values ?? []).filter((value) => value.$type !== 'bihuan:Node')
  const next = factory.create('bpmn:ExtensionElements', { values: [...others, node] })
  for (const value of [...others, node]) value.$parent = next
  next.$parent = shape.businessObject
  modeler.get('modeling').updateProperties(shape, { extensionElements: next })
}

/** A fresh task gets the least that the platform needs: the initiator acts, one outcome. */
export const freshNodeSetting = (): NodeSetting =>
  nodeSetting.parse({
    seats: [{ who: { kind: 'initiator' } }],
    outcomes: [{ code: 'DONE', button: '提交', label: '已提交', kind: 'approve' }],
  })
