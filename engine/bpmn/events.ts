import type { Behavior, Trigger } from '../core/model/node.ts'
import {
  declareTimer,
  type EventDefinition,
  eventActivityType,
  eventDefinitionOf,
  messageName,
  readCondition,
  readErrorCatch,
  readEscalationCatch,
  readTimer,
  signalName,
  thrownError,
  thrownEscalation,
} from './event-definitions.ts'
import { readMappings } from './extension-elements.ts'
import { type NodeDraft, nameOf, newNode, type Reading } from './reading.ts'
import { readForm, readMessageThrow } from './tasks.ts'
import type { XmlElement } from './xml.ts'

const none: Trigger = { kind: 'none' }

function triggerOf(
  reading: Reading,
  { kind, element }: EventDefinition,
  event: XmlElement,
  id: string,
  handler: 'timer-transition' | 'timer-intermediate-transition' | 'timer-start-event' | 'timer-start-event-subprocess',
): Trigger {
  switch (kind) {
    case 'timer': {
      const timer = readTimer(reading, element, id)
      return { kind: 'timer', timer, jobKey: declareTimer(reading, timer, id, handler, event) }
    }
    case 'message': {
      const name = messageName(reading, element, id)
      return name ? { kind: 'message', name } : none
    }
    case 'signal': {
      const name = signalName(reading, element, id)
      return name ? { kind: 'signal', name, async: element.attributes['camunda:async'] === 'true' } : none
    }
    case 'conditional':
      return readCondition(reading, element, id) ?? none
    case 'error':
      return readErrorCatch(reading, element, id)
    case 'escalation':
      return readEscalationCatch(reading, element, id)
    case 'compensate':
      return { kind: 'compensate' }
    case 'cancel':
      return { kind: 'cancel' }
    default:
      return none
  }
}

export function readStartEvent(reading: Reading, element: XmlElement, id: string, scope: NodeDraft): NodeDraft {
  const definition = eventDefinitionOf(reading, element)
  const place = scope.behavior.kind
  const unsupported = (allowed: readonly string[]): void => {
    if (!allowed.includes(definition.kind)) {
      reading.findings.error('unsupported-start-event', `a ${definition.kind} start event is not supported here`, element, id)
    }
  }
  if (place === 'process') unsupported(['none', 'timer', 'message', 'signal', 'conditional'])
  else if (place === 'eventSubprocess') unsupported(['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate'])
  else unsupported(['none'])
  const trigger = triggerOf(reading, definition, element, id, place === 'process' ? 'timer-start-event' : 'timer-start-event-subprocess')
  const interrupting = element.attributes['isInterrupting'] !== 'false'
  if (!interrupting && (definition.kind === 'error' || definition.kind === 'compensate')) {
    reading.findings.error('must-interrupt', `a ${definition.kind} start event of an event subprocess must be interrupting`, element, id)
  }
  const form = place === 'process' ? readForm(reading, element, id) : null
  const node = newNode(
    id,
    eventActivityType('start', definition.kind),
    {
      kind: 'startEvent',
      trigger,
      interrupting,
      initiator: element.attributes['camunda:initiator'] ?? null,
      form: form && { formKey: form.formKey?.text ?? null, formRef: form.formRef },
    },
    nameOf(element),
  )
  if (place === 'process') declareStart(reading, node, trigger, definition.element)
  return node
}

function declareStart(reading: Reading, node: NodeDraft, trigger: Trigger, element: XmlElement): void {
  if (trigger.kind === 'message' && /[#$]\{/.test(trigger.name.text)) {
    reading.findings.error(
      'message-name-expression',
      `invalid message name '${trigger.name.text}' for element '${node.id}': expressions in the name of a start message are not allowed`,
      element,
      node.id,
    )
  }
  switch (trigger.kind) {
    case 'none':
      reading.starts.push({ nodeId: node.id, kind: 'none' })
      break
    case 'message':
    case 'signal':
      reading.starts.push({ nodeId: node.id, kind: trigger.kind, name: trigger.name })
      break
    case 'timer':
      reading.starts.push({ nodeId: node.id, kind: 'timer', declaration: trigger.jobKey })
      break
    case 'conditional':
      reading.starts.push({
        nodeId: node.id,
        kind: 'conditional',
        condition: trigger.condition,
        variableName: trigger.variableName,
        variableEvents: trigger.variableEvents,
      })
      break
    default:
  }
}

export function readBoundaryEvent(reading: Reading, element: XmlElement, id: string, scope: NodeDraft): NodeDraft | null {
  const ref = element.attributes['attachedToRef']
  if (!ref) {
    reading.findings.error('reference-missing', 'attachedToRef is required of a boundary event', element, id)
    return null
  }
  const attached = reading.nodes.get(ref)
  const body = reading.nodes.get(`${ref}#multiInstanceBody`)
  if (!attached || (body ?? attached).parent !== scope || attached.behavior.kind === 'eventSubprocess') {
    reading.findings.error(
      'reference-unknown',
      `boundary event '${id}' is attached to '${ref}', which is no activity of the same scope`,
      element,
      id,
    )
    return null
  }
  const definition = eventDefinitionOf(reading, element)
  if (definition.kind === 'none' || definition.kind === 'link' || definition.kind === 'terminate') {
    reading.findings.error('unsupported-boundary-event', 'a boundary event needs a supported event definition', element, id)
  }
  const host = body && definition.kind !== 'compensate' ? body : attached
  if (definition.kind === 'cancel' && !(attached.behavior.kind === 'subprocess' && attached.behavior.transaction)) {
    reading.findings.error('unsupported-boundary-event', 'a cancel boundary event is only allowed on a transaction', element, id)
  }
  if (definition.kind === 'escalation' && !['subprocess', 'callActivity', 'userTask'].includes(attached.behavior.kind)) {
    reading.findings.error(
      'unsupported-boundary-event',
      'an escalation boundary event is only allowed on a subprocess, a call activity or a user task',
      element,
      id,
    )
  }
  const trigger = triggerOf(reading, definition, element, id, 'timer-transition')
  const alwaysInterrupts = definition.kind === 'error' || definition.kind === 'cancel'
  const node = newNode(
    id,
    eventActivityType('boundary', definition.kind),
    {
      kind: 'boundaryEvent',
      trigger,
      cancelActivity: alwaysInterrupts || element.attributes['cancelActivity'] !== 'false',
      attachedTo: host,
    },
    nameOf(element),
  )
  node.eventScope = host
  if (definition.kind === 'compensate') reading.compensationBoundaries.set(id, node)
  else host.isScope = true
  host.boundaryEvents.push(node)
  return node
}

export function readIntermediateCatch(reading: Reading, element: XmlElement, id: string, afterEventGateway: boolean): NodeDraft {
  const definition = eventDefinitionOf(reading, element)
  const trigger = triggerOf(reading, definition, element, id, 'timer-intermediate-transition')
  if (!['timer', 'message', 'signal', 'conditional', 'link'].includes(definition.kind)) {
    reading.findings.error(
      'unsupported-intermediate-event',
      'an intermediate catch event needs a timer, message, signal, condition or link',
      element,
      id,
    )
  }
  const isLink = definition.kind === 'link'
  const node = newNode(
    id,
    eventActivityType('catch', definition.kind),
    isLink ? { kind: 'pass' } : { kind: 'intermediateCatch', trigger, afterEventGateway },
    nameOf(element),
  )
  node.isScope = !isLink && !afterEventGateway
  return node
}

/** Null for a link throw event: it is no node, flows into it lead to the catching one. */
export function readIntermediateThrow(reading: Reading, element: XmlElement, id: string, scope: NodeDraft): NodeDraft | null {
  const definition = eventDefinitionOf(reading, element)
  if (definition.kind === 'link') {
    reading.linkSources.set(id, { name: linkName(definition), element, scope })
    return null
  }
  const behavior = throwBehavior(reading, definition, element, id, false)
  // A message event that does nothing is one like any other.
  const isIdle = behavior?.kind === 'noneThrow'
  const node = newNode(
    id,
    eventActivityType('throw', isIdle ? 'none' : definition.kind),
    behavior ?? { kind: 'noneThrow' },
    nameOf(element),
  )
  if (!behavior)
    reading.findings.error('unsupported-intermediate-event', `an intermediate ${definition.kind} throw event is not supported`, element, id)
  node.isScope = behavior?.kind === 'compensationThrow' || behavior?.kind === 'externalTask'
  return node
}

export const linkName = ({ element }: EventDefinition): string => element.attributes['name'] ?? ''

export function readEndEvent(reading: Reading, element: XmlElement, id: string): NodeDraft {
  const definition = eventDefinitionOf(reading, element)
  const behavior = endBehavior(reading, definition, element, id)
  const isIdle = behavior?.kind === 'noneEnd' && definition.kind === 'message'
  const node = newNode(
    id,
    isIdle ? 'endEvent' : eventActivityType('end', definition.kind),
    behavior ?? { kind: 'noneEnd' },
    nameOf(element),
  )
  if (!behavior) reading.findings.error('unsupported-end-event', `a ${definition.kind} end event is not supported`, element, id)
  node.isScope = behavior?.kind === 'compensationThrow' || behavior?.kind === 'cancelEnd' || behavior?.kind === 'externalTask'
  return node
}

function endBehavior(reading: Reading, definition: EventDefinition, element: XmlElement, id: string): Behavior | null {
  switch (definition.kind) {
    case 'none':
      return { kind: 'noneEnd' }
    case 'terminate':
      return { kind: 'terminateEnd' }
    case 'cancel':
      return { kind: 'cancelEnd' }
    case 'error':
      return { kind: 'errorEnd', ...thrownError(reading, definition.element, id) }
    default:
      return throwBehavior(reading, definition, element, id, true)
  }
}

function throwBehavior(reading: Reading, definition: EventDefinition, element: XmlElement, id: string, isEnd: boolean): Behavior | null {
  switch (definition.kind) {
    case 'none':
      return { kind: 'noneThrow' }
    case 'message':
      return readMessageThrow(reading, element, id) ?? (isEnd ? { kind: 'noneEnd' } : { kind: 'noneThrow' })
    case 'signal': {
      const name = signalName(reading, definition.element, id)
      if (!name) return { kind: 'noneThrow' }
      return {
        kind: 'signalThrow',
        name,
        async: definition.element.attributes['camunda:async'] === 'true',
        inputs: readMappings(reading, definition.element, 'in'),
        isEnd,
      }
    }
    case 'escalation':
      return { kind: 'escalationThrow', code: thrownEscalation(reading, definition.element, id), isEnd }
    case 'compensate':
      return { kind: 'compensationThrow', activityRef: definition.element.attributes['activityRef'] ?? null, isEnd }
    default:
      return null
  }
}
