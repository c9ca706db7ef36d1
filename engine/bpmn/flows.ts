import type { Condition } from '../core/model/node.ts'
import { readTakeListeners } from './extension-elements.ts'
import { expression, type FlowDraft, type NodeDraft, type Reading } from './reading.ts'
import { childNamed, type XmlElement } from './xml.ts'

/** Reads the flows of one scope. A flow into a link throw event leads to the catching event of that name. */
export function readFlows(reading: Reading, scopeElement: XmlElement, scope: NodeDraft): void {
  for (const element of scopeElement.children) {
    if (element.name === 'bpmn:sequenceFlow') readFlow(reading, element, scope)
  }
}

function readFlow(reading: Reading, element: XmlElement, scope: NodeDraft): void {
  const { sourceRef = '', targetRef = '' } = element.attributes
  const id = element.attributes['id'] ?? unnamed(reading, sourceRef, targetRef)
  const source = endOf(reading, sourceRef, scope)
  if (!source) {
    if (!reading.linkSources.has(sourceRef))
      reading.findings.error('reference-unknown', `invalid source '${sourceRef}' of sequence flow '${id}'`, element, id)
    else reading.findings.error('flow-not-allowed', `link throw event '${sourceRef}' must not have an outgoing sequence flow`, element, id)
    return
  }
  const link = reading.linkSources.get(targetRef)
  const target = link ? reading.linkTargets.get(`${scope.id}\n${link.name}`) : endOf(reading, targetRef, scope)
  if (!target) {
    const why = link ? `link '${link.name}' has no catching event` : `invalid destination '${targetRef}' of sequence flow '${id}'`
    reading.findings.error('reference-unknown', why, element, id)
    return
  }
  checkEnds(reading, element, id, source, target)
  if (/EndEvent$/.test(source.activityType)) {
    reading.findings.warn(
      'flow-not-allowed',
      `the outgoing sequence flow of end event '${source.id}' is never taken`,
      element,
      source.id,
      id,
    )
    return
  }
  const flow: FlowDraft = {
    id,
    name: element.attributes['name'] ?? null,
    source,
    target,
    condition: readFlowCondition(reading, element, id),
    takeListeners: readTakeListeners(reading, element),
  }
  if (element.attributes['id'] === undefined && source.async.after) {
    reading.findings.error(
      'id-missing',
      `sequence flow with sourceRef='${sourceRef}' must have an id, activity '${source.id}' uses asyncAfter`,
      element,
      source.id,
    )
  }
  if (reading.flows.has(id) || reading.nodes.has(id)) reading.findings.error('duplicate-id', `the id '${id}' is used twice`, element, id)
  reading.flows.set(id, flow)
  source.outgoing.push(flow)
  target.incoming.push(flow)
  const sourceElement = reading.elementOf.get(source.id)
  if (sourceElement?.attributes['default'] === id) source.defaultFlow = flow
}

/** Flows need no id, but where one is stored: behind an activity with an asynchronous continuation. */
function unnamed(reading: Reading, sourceRef: string, targetRef: string): string {
  let id = `${sourceRef}->${targetRef}`
  while (reading.flows.has(id)) id += "'"
  return id
}

function endOf(reading: Reading, ref: string, scope: NodeDraft): NodeDraft | undefined {
  const node = reading.nodes.get(`${ref}#multiInstanceBody`) ?? reading.nodes.get(ref)
  return node?.parent === scope ? node : undefined
}

function checkEnds(reading: Reading, element: XmlElement, id: string, source: NodeDraft, target: NodeDraft): void {
  const refuse = (message: string, ...ids: string[]): void => reading.findings.error('flow-not-allowed', message, element, ...ids, id)
  if (source.isForCompensation) refuse(`invalid outgoing sequence flow of compensation activity '${source.id}'`, source.id)
  if (target.isForCompensation) refuse(`invalid incoming sequence flow of compensation activity '${target.id}'`, target.id)
  if (source.behavior.kind === 'eventSubprocess') refuse('invalid outgoing sequence flow of event subprocess', source.id)
  if (target.behavior.kind === 'eventSubprocess') refuse('invalid incoming sequence flow of event subprocess', target.id)
  if (target.behavior.kind === 'startEvent' || target.behavior.kind === 'boundaryEvent')
    refuse(`invalid incoming sequence flow of ${target.activityType} '${target.id}'`, target.id)
  if (source.behavior.kind === 'boundaryEvent' && source.behavior.trigger.kind === 'compensate') {
    refuse('a compensation boundary event has an association, no sequence flow', source.id)
  }
  if (target.behavior.kind === 'intermediateCatch' && target.behavior.afterEventGateway && source.behavior.kind !== 'eventGateway') {
    refuse('an event after an event-based gateway must not have another incoming sequence flow', target.id)
  }
}

function readFlowCondition(reading: Reading, element: XmlElement, id: string): Condition | null {
  const condition = childNamed(element, 'bpmn:conditionExpression')
  if (!condition) return null
  const type = condition.attributes['xsi:type']
  if (type !== undefined && !/(^|:)tFormalExpression$/.test(type)) {
    reading.findings.error('condition-type', 'invalid type, only tFormalExpression is supported', condition, id)
  }
  const language = condition.attributes['language']?.toLowerCase()
  if (condition.attributes['camunda:resource'] !== undefined || (language !== undefined && language !== 'juel' && language !== 'feel')) {
    reading.findings.error('unsupported-script', `conditions in '${language ?? 'a resource'}' are not supported, use juel`, condition, id)
    return null
  }
  const text = condition.text.trim()
  if (language === 'feel') return { expression: { text, parts: [text], isLiteral: true }, language: 'feel' }
  return { expression: expression(reading, text, condition), language: 'juel' }
}
