import type { Expression } from '../core/expression/index.ts'
import type { JobDeclaration, Timer } from '../core/model/job-declaration.ts'
import type { Trigger } from '../core/model/node.ts'
import { expression, numberExpression, optionalExpression, type Reading } from './reading.ts'
import { childNamed, type XmlElement } from './xml.ts'

const kinds = ['timer', 'message', 'signal', 'error', 'escalation', 'conditional', 'compensate', 'cancel', 'link', 'terminate'] as const
export type EventKind = (typeof kinds)[number] | 'none'

export interface EventDefinition {
  readonly kind: EventKind
  readonly element: XmlElement
}

/** The one event definition of an event. Several are refused: multiple and parallel multiple events are not supported. */
export function eventDefinitionOf(reading: Reading, event: XmlElement): EventDefinition {
  const found = event.children.filter((child) => child.name.startsWith('bpmn:') && child.name.endsWith('EventDefinition'))
  const [first, second] = found
  if (second) reading.findings.error('multiple-event-definitions', 'an event with several event definitions is not supported', event)
  const ref = childNamed(event, 'bpmn:eventDefinitionRef')
  if (ref) reading.findings.error('unsupported-element', 'eventDefinitionRef is not supported', ref, event.attributes['id'] ?? '')
  if (!first) return { kind: 'none', element: event }
  const kind = kinds.find((candidate) => first.name === `bpmn:${candidate}EventDefinition`)
  if (!kind) {
    reading.findings.error('unsupported-element', `<${first.name.slice(5)}> is not supported`, first, event.attributes['id'] ?? '')
    return { kind: 'none', element: event }
  }
  return { kind, element: first }
}

export function readTimer(reading: Reading, definition: XmlElement, eventId: string): Timer {
  for (const kind of ['date', 'cycle', 'duration'] as const) {
    const child = childNamed(definition, `bpmn:time${kind[0]?.toUpperCase()}${kind.slice(1)}`)
    if (child?.text.trim()) return { kind, text: expression(reading, child.text.trim(), child) }
  }
  reading.findings.error('timer-incomplete', 'a timer needs a timeDate, timeCycle or timeDuration', definition, eventId)
  return { kind: 'duration', text: { text: 'PT0S', parts: ['PT0S'], isLiteral: true } }
}

export function declareTimer(
  reading: Reading,
  timer: Timer,
  activityId: string,
  handler: JobDeclaration['handler'],
  event: XmlElement,
  suffix = '',
): string {
  const key = `${activityId}:${handler}${suffix}`
  const configuration = `${timer.kind.toUpperCase()}: ${timer.text.text}`
  reading.jobs.push({ key, activityId, handler, configuration, timer, priority: numberExpression(reading, 'camunda:jobPriority', event) })
  return key
}

export function messageName(reading: Reading, definition: XmlElement, eventId: string): Expression | null {
  const ref = definition.attributes['messageRef']
  const name = ref === undefined ? undefined : resolved(reading.globals.messages, ref)
  if (ref === undefined) reading.findings.error('reference-missing', 'messageRef is required', definition, eventId)
  else if (name === undefined) reading.findings.error('reference-unknown', `there is no message '${ref}'`, definition, eventId)
  else if (!name) reading.findings.error('message-name-missing', `message '${ref}' needs a name`, definition, eventId)
  return name ? expression(reading, name, definition) : null
}

export function signalName(reading: Reading, definition: XmlElement, eventId: string): Expression | null {
  const ref = definition.attributes['signalRef']
  const name = ref === undefined ? undefined : resolved(reading.globals.signals, ref)
  if (ref === undefined) reading.findings.error('reference-missing', 'signalRef is required', definition, eventId)
  else if (name === undefined) reading.findings.error('reference-unknown', `there is no signal '${ref}'`, definition, eventId)
  return name ? expression(reading, name, definition) : null
}

/** References may carry a namespace prefix. */
export function resolved<T>(map: ReadonlyMap<string, T>, ref: string): T | undefined {
  const found = map.get(ref)
  if (found !== undefined || !ref.includes(':')) return found
  return map.get(ref.slice(ref.indexOf(':') + 1))
}

export function readCondition(reading: Reading, definition: XmlElement, eventId: string): Extract<Trigger, { kind: 'conditional' }> | null {
  const condition = childNamed(definition, 'bpmn:condition')
  const text = condition?.text.trim()
  if (!condition || !text) {
    reading.findings.error('condition-missing', 'a conditional event needs a condition', definition, eventId)
    return null
  }
  const language = condition.attributes['language']
  if (language !== undefined && language.toLowerCase() !== 'juel') {
    reading.findings.error('unsupported-script', `conditions in '${language}' are not supported, use juel`, condition, eventId)
  }
  const events =
    definition.attributes['camunda:variableEvents']
      ?.split(',')
      .map((event) => event.trim().toLowerCase())
      .filter(Boolean) ?? []
  for (const event of events) {
    if (!['create', 'update', 'delete'].includes(event)) {
      reading.findings.error('variable-event-unknown', `variable event '${event}' is none of create, update, delete`, definition, eventId)
    }
  }
  return {
    kind: 'conditional',
    condition: expression(reading, text, condition),
    variableName: definition.attributes['camunda:variableName'] ?? null,
    variableEvents: events,
  }
}

/** A caught error: without errorRef, or of an error without code, everything. */
export function readErrorCatch(reading: Reading, definition: XmlElement, eventId: string): Trigger {
  const ref = definition.attributes['errorRef']
  const error = ref ? resolved(reading.globals.errors, ref) : undefined
  // Camunda takes an unknown reference as the code itself.
  return {
    kind: 'error',
    error: {
      code: ref ? (error ? error.code || null : ref) : null,
      codeVariable: variableName(reading, definition, 'camunda:errorCodeVariable', eventId),
      messageVariable: variableName(reading, definition, 'camunda:errorMessageVariable', eventId),
    },
  }
}

export function readEscalationCatch(reading: Reading, definition: XmlElement, eventId: string): Trigger {
  const ref = definition.attributes['escalationRef']
  const code = ref === undefined ? null : resolved(reading.globals.escalations, ref)
  if (code === undefined) reading.findings.error('reference-unknown', `there is no escalation '${ref}'`, definition, eventId)
  return {
    kind: 'escalation',
    escalation: { code: code || null, codeVariable: variableName(reading, definition, 'camunda:escalationCodeVariable', eventId) },
  }
}

function variableName(reading: Reading, definition: XmlElement, attribute: string, eventId: string): string | null {
  const name = definition.attributes[attribute]
  if (name === '') reading.findings.error('variable-name-empty', `${attribute} must not be empty`, definition, eventId)
  return name ?? null
}

export function thrownEscalation(reading: Reading, definition: XmlElement, eventId: string): Expression {
  const ref = definition.attributes['escalationRef']
  const code = ref === undefined ? undefined : resolved(reading.globals.escalations, ref)
  if (ref === undefined) reading.findings.error('reference-missing', 'escalationRef is required of a throwing event', definition, eventId)
  else if (code === undefined) reading.findings.error('reference-unknown', `there is no escalation '${ref}'`, definition, eventId)
  else if (!code)
    reading.findings.error('escalation-code-missing', `escalation '${ref}' is thrown and needs an escalationCode`, definition, eventId)
  return expression(reading, code ?? '', definition)
}

export function thrownError(reading: Reading, definition: XmlElement, eventId: string): { code: Expression; message: Expression | null } {
  const ref = definition.attributes['errorRef']
  const error = ref ? resolved(reading.globals.errors, ref) : undefined
  if (!ref) reading.findings.error('reference-missing', 'errorRef is required of an error end event', definition, eventId)
  else if (error && !error.code)
    reading.findings.error('error-code-missing', `error '${ref}' is thrown and needs an errorCode`, definition, eventId)
  return {
    code: expression(reading, error?.code ?? ref ?? '', definition),
    message: optionalExpression(reading, error?.message ?? undefined, definition),
  }
}

/** Camunda's history names of an event by place and trigger. */
export function eventActivityType(place: 'start' | 'boundary' | 'catch' | 'throw' | 'end', kind: EventKind): string {
  return activityTypes[place][kind] ?? activityTypes[place].none ?? place
}

const activityTypes: Readonly<Record<'start' | 'boundary' | 'catch' | 'throw' | 'end', Partial<Record<EventKind, string>>>> = {
  start: {
    none: 'startEvent',
    timer: 'startTimerEvent',
    message: 'messageStartEvent',
    signal: 'signalStartEvent',
    escalation: 'escalationStartEvent',
    compensate: 'compensationStartEvent',
    error: 'errorStartEvent',
    conditional: 'conditionalStartEvent',
  },
  boundary: {
    none: 'boundaryEvent',
    timer: 'boundaryTimer',
    message: 'boundaryMessage',
    signal: 'boundarySignal',
    compensate: 'compensationBoundaryCatch',
    error: 'boundaryError',
    escalation: 'boundaryEscalation',
    cancel: 'cancelBoundaryCatch',
    conditional: 'boundaryConditional',
  },
  catch: {
    none: 'intermediateCatchEvent',
    timer: 'intermediateTimer',
    message: 'intermediateMessageCatch',
    signal: 'intermediateSignalCatch',
    link: 'intermediateLinkCatch',
    conditional: 'intermediateConditional',
  },
  throw: {
    none: 'intermediateNoneThrowEvent',
    signal: 'intermediateSignalThrow',
    compensate: 'intermediateCompensationThrowEvent',
    message: 'intermediateMessageThrowEvent',
    escalation: 'intermediateEscalationThrowEvent',
  },
  end: {
    none: 'noneEndEvent',
    error: 'errorEndEvent',
    cancel: 'cancelEndEvent',
    terminate: 'terminateEndEvent',
    message: 'messageEndEvent',
    signal: 'signalEndEvent',
    compensate: 'compensationEndEvent',
    escalation: 'escalationEndEvent',
  },
}
