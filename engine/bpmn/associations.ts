import type { NodeDraft, Reading } from './reading.ts'
import type { XmlElement } from './xml.ts'

/** Joins compensation boundary events with their handlers. An association may lie in another scope than its ends. */
export function readAssociations(reading: Reading, scope: XmlElement): void {
  for (const element of scope.children) {
    if (element.name === 'bpmn:subProcess' || element.name === 'bpmn:transaction') readAssociations(reading, element)
    if (element.name !== 'bpmn:association') continue
    const { sourceRef = '', targetRef = '' } = element.attributes
    const boundary = reading.compensationBoundaries.get(sourceRef)
    if (boundary?.behavior.kind !== 'boundaryEvent') continue
    const handler = reading.nodes.get(`${targetRef}#multiInstanceBody`) ?? reading.nodes.get(targetRef)
    if (!handler || handler.parent !== boundary.parent) {
      reading.findings.error('reference-unknown', `invalid target '${targetRef}' of the association of '${sourceRef}'`, element, sourceRef)
    } else if (!handler.isForCompensation) {
      reading.findings.error(
        'compensation-attribute-missing',
        `compensation handler '${targetRef}' needs isForCompensation="true"`,
        element,
        sourceRef,
        targetRef,
      )
    } else {
      const host = boundary.behavior.attachedTo as NodeDraft
      if (host.compensationHandler && host.compensationHandler !== handler) {
        reading.findings.error('duplicate-compensation', `activity '${host.id}' has more than one compensation handler`, element, host.id)
      }
      host.compensationHandler = handler
    }
  }
}
