import type { ProcedureFinding } from '../../contracts/api/admin.ts'
import type { DesignerModeler } from './canvas/bpmn-services.ts'
import { readNodeSetting } from './canvas/node-setting.ts'
import { say } from './words/say.ts'

/** Draws the plate 法定 and the number of findings on the nodes they belong to. */
export function markNodes(modeler: DesignerModeler, findings: readonly ProcedureFinding[]): void {
  const canvas = modeler.get('canvas')
  const overlays = modeler.get('overlays')
  overlays.remove({ type: 'law' })
  overlays.remove({ type: 'findings' })
  for (const shape of modeler.get('elementRegistry').filter((candidate) => candidate.type === 'bpmn:UserTask')) {
    const isLaw = readNodeSetting(shape.businessObject)?.statutory !== undefined
    if (!isLaw) canvas.removeMarker(shape.id, 'pd-law')
    else {
      canvas.addMarker(shape.id, 'pd-law')
      overlays.add(shape.id, 'law', { position: { top: -12, left: 30 }, html: plate(say('mark.law'), 'law') })
    }
  }
  for (const elementId of new Set(findings.map((finding) => finding.elementId))) {
    if (elementId === null || !modeler.get('elementRegistry').get(elementId)) continue
    const list = findings.filter((finding) => finding.elementId === elementId)
    const tone = list.some((finding) => finding.kind !== 'warning') ? 'bad' : 'warn'
    overlays.add(elementId, 'findings', { position: { top: -12, right: 12 }, html: plate(String(list.length), tone) })
  }
}

function plate(word: string, tone: string): HTMLElement {
  const mark = document.createElement('span')
  mark.className = `pd-mark ${tone}`
  mark.textContent = word
  return mark
}
