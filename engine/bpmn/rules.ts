import type { Node, Trigger } from '../core/model/node.ts'
import type { NodeDraft, Reading } from './reading.ts'
import type { XmlElement } from './xml.ts'

/** Rules of a whole scope that hold once all nodes and flows are read. */
export function checkScope(reading: Reading, element: XmlElement, scope: NodeDraft): void {
  checkStarts(reading, element, scope)
  checkEventSubscriptions(reading, scope)
  checkCatchers(reading, scope)
  for (const node of scope.children as NodeDraft[]) {
    const own = reading.elementOf.get(node.id) ?? element
    if (node.behavior.kind === 'exclusiveGateway') checkExclusive(reading, node, own)
    if (node.behavior.kind === 'eventGateway') checkEventGateway(reading, node, own)
    checkDefault(reading, node, own)
    const compensations = node.boundaryEvents.filter((event) => trigger(event)?.kind === 'compensate')
    const compensating = eventStarts(node).find((event) => trigger(event)?.kind === 'compensate')
    if (compensations[0] && compensating) {
      const message = 'a compensation boundary event and a compensation event subprocess are not supported on the same scope'
      reading.findings.error('duplicate-compensation', message, own, node.id, compensations[0].id, compensating.id)
    }
    if (compensations.length > 1) {
      reading.findings.error(
        'duplicate-compensation',
        `activity '${node.id}' has more than one compensation boundary event`,
        own,
        node.id,
        compensations[1]?.id ?? '',
      )
    }
    const cancels = node.boundaryEvents.filter((event) => trigger(event)?.kind === 'cancel')
    if (cancels.length > 1)
      reading.findings.error('duplicate-cancel', `transaction '${node.id}' has more than one cancel boundary event`, own, node.id)
    if (node.behavior.kind === 'cancelEnd' && !(scope.behavior.kind === 'subprocess' && scope.behavior.transaction)) {
      reading.findings.error('unsupported-end-event', 'a cancel end event is only allowed within a transaction', own, node.id)
    }
  }
}

const trigger = (node: Node): Trigger | undefined =>
  node.behavior.kind === 'boundaryEvent' || node.behavior.kind === 'startEvent' ? node.behavior.trigger : undefined

function checkStarts(reading: Reading, element: XmlElement, scope: NodeDraft): void {
  const starts = scope.children.filter((node) => node.behavior.kind === 'startEvent')
  const [first, second] = starts
  const kind = scope.behavior.kind
  const ids = (node: Node): string[] => [scope.id, node.id]
  if (!first) {
    const what = kind === 'process' ? `process '${scope.id}' must define a startEvent` : `subprocess '${scope.id}' must define a startEvent`
    reading.findings.error('start-event-missing', what, element, scope.id)
    return
  }
  if (kind === 'process') {
    const exclusive = starts.filter((node) => node.activityType === 'startEvent' || node.activityType === 'startTimerEvent')
    for (const node of exclusive.slice(1)) {
      reading.findings.error(
        'several-start-events',
        'multiple none start events or timer start events are not supported on a process',
        element,
        ...ids(node),
      )
    }
    return
  }
  if (second)
    reading.findings.error('several-start-events', 'multiple start events are not supported in a subprocess', element, ...ids(second))
  if (scope.behavior.kind === 'eventSubprocess') scope.behavior = { kind: 'eventSubprocess', start: first }
  else if (scope.behavior.kind === 'subprocess') scope.behavior = { ...scope.behavior, start: first }
}

/** Who subscribes in one scope instance: boundary events of an activity, start events of a scope's event subprocesses or of the process. */
function checkEventSubscriptions(reading: Reading, scope: NodeDraft): void {
  if (scope.behavior.kind === 'process') {
    checkGroup(
      reading,
      scope.children.filter((node) => node.behavior.kind === 'startEvent'),
    )
  }
  checkGroup(reading, eventStarts(scope))
  // The boundary events of a subprocess are known only here, in the scope around it; they wait in the same scope instance as its own.
  for (const node of scope.children) checkGroup(reading, node.boundaryEvents, [...eventStarts(node), node])
}

const eventStarts = (scope: Node): Node[] =>
  scope.eventSubprocesses.flatMap((each) => each.children.filter((node) => node.behavior.kind === 'startEvent'))

function checkGroup(reading: Reading, events: readonly Node[], others: readonly Node[] = []): void {
  const seen = new Set(others.map(subscribedTo))
  for (const event of events) {
    const key = subscribedTo(event)
    if (!key) continue
    const element = reading.elementOf.get(event.id)
    if (seen.has(key) && element)
      reading.findings.error(
        'duplicate-subscription',
        `cannot have more than one event subscription for ${key} in one scope`,
        element,
        event.id,
      )
    seen.add(key)
  }
}

function subscribedTo(event: Node): string | null {
  if (event.behavior.kind === 'receiveTask') return event.behavior.message && `message '${event.behavior.message.text}'`
  const what = trigger(event)
  if (what?.kind === 'message' || what?.kind === 'signal') return `${what.kind} '${what.name.text}'`
  return what?.kind === 'conditional' ? `condition '${what.condition.text}'` : null
}

/** Errors, escalations and compensation that are caught twice in one place. */
function checkCatchers(reading: Reading, scope: NodeDraft): void {
  const groups: (readonly Node[])[] = [
    scope.eventSubprocesses.flatMap((each) => each.children.filter((node) => node.behavior.kind === 'startEvent')),
  ]
  for (const node of scope.children) groups.push(node.boundaryEvents)
  for (const events of groups) {
    const errors = new Set<string | null>()
    const escalations = new Set<string | null>()
    let compensation = 0
    for (const event of events) {
      const what = trigger(event)
      const element = reading.elementOf.get(event.id)
      if (!element) continue
      if (what?.kind === 'error') {
        // The first one catches; the other is of no use.
        if (errors.has(what.error.code))
          reading.findings.warn('duplicate-catch', `more than one event catches the error '${what.error.code ?? ''}'`, element, event.id)
        errors.add(what.error.code)
      } else if (what?.kind === 'escalation') {
        const { code } = what.escalation
        const clash = escalations.has(code) || (escalations.size > 0 && (code === null || escalations.has(null)))
        if (clash)
          reading.findings.error('duplicate-catch', `more than one event catches the escalation '${code ?? ''}'`, element, event.id)
        escalations.add(code)
      } else if (what?.kind === 'compensate' && event.behavior.kind === 'startEvent') {
        if (scope.behavior.kind !== 'subprocess') {
          const message = 'an event subprocess with a compensation start event is only supported within an embedded subprocess'
          reading.findings.error('compensation-misplaced', message, element, event.id)
        }
        compensation += 1
        if (compensation > 1)
          reading.findings.error('duplicate-compensation', 'more than one compensation event subprocess in one scope', element, event.id)
      }
    }
  }
}

function checkExclusive(reading: Reading, node: NodeDraft, element: XmlElement): void {
  const { outgoing, defaultFlow } = node
  if (outgoing.length === 0) {
    reading.findings.error('gateway-without-flow', `exclusive gateway '${node.id}' has no outgoing sequence flow`, element, node.id)
    return
  }
  const [only] = outgoing
  if (outgoing.length === 1 && only?.condition) {
    reading.findings.error(
      'gateway-condition',
      `exclusive gateway '${node.id}' has only one outgoing sequence flow ('${only.id}'). This is not allowed to have a condition.`,
      element,
      node.id,
      only.id,
    )
    return
  }
  if (outgoing.length === 1) return
  if (defaultFlow?.condition) {
    reading.findings.error(
      'gateway-condition',
      `default sequence flow '${defaultFlow.id}' of exclusive gateway '${node.id}' must not have a condition`,
      element,
      node.id,
      defaultFlow.id,
    )
  }
  const unconditional = outgoing.filter((flow) => !flow.condition && flow !== defaultFlow)
  if (unconditional.length > 1 || (unconditional.length === 1 && defaultFlow)) {
    for (const flow of unconditional) {
      reading.findings.error(
        'gateway-condition',
        `exclusive gateway '${node.id}' has an outgoing sequence flow ('${flow.id}') without condition which is not the default flow`,
        element,
        node.id,
        flow.id,
      )
    }
  } else if (unconditional[0]) {
    const [flow] = unconditional
    reading.findings.warn(
      'gateway-condition',
      `exclusive gateway '${node.id}' has an outgoing sequence flow ('${flow.id}') without condition; it is taken as the default flow`,
      element,
      node.id,
      flow.id,
    )
  }
}

function checkDefault(reading: Reading, node: NodeDraft, element: XmlElement): void {
  const ref = element.attributes['default']
  if (
    ref &&
    !node.defaultFlow &&
    !node.id.includes('#') &&
    node.outgoing.length >= 0 &&
    !reading.nodes.has(`${node.id}#multiInstanceBody`)
  ) {
    if (['startEvent', 'boundaryEvent'].includes(node.behavior.kind)) return
    reading.findings.error('reference-unknown', `default flow '${ref}' is no outgoing sequence flow of '${node.id}'`, element, node.id)
  }
}

function checkEventGateway(reading: Reading, node: NodeDraft, element: XmlElement): void {
  for (const { target } of node.outgoing) {
    if (target.behavior.kind !== 'intermediateCatch') {
      reading.findings.error(
        'gateway-target',
        `event based gateway '${node.id}' can only be connected to elements of type intermediateCatchEvent`,
        element,
        target.id,
        node.id,
      )
    } else if (target.incoming.length > 1) {
      reading.findings.error(
        'gateway-target',
        `'${target.id}' behind an event based gateway must not have other incoming sequence flows`,
        element,
        target.id,
        node.id,
      )
    } else (target as NodeDraft).eventScope = node
  }
  if (node.outgoing.length === 0)
    reading.findings.error('gateway-without-flow', `event based gateway '${node.id}' has no outgoing sequence flow`, element, node.id)
  node.behavior = { kind: 'eventGateway', events: node.outgoing.map((flow) => flow.target) }
}

/** What is compensated by name lies in the scope of the throwing event, or around its event subprocess. */
export function checkCompensationRefs(reading: Reading): void {
  for (const node of reading.nodes.values()) {
    if (node.behavior.kind !== 'compensationThrow' || node.behavior.activityRef === null) continue
    const { activityRef } = node.behavior
    const referred = reading.nodes.get(`${activityRef}#multiInstanceBody`) ?? reading.nodes.get(activityRef)
    const scopes = [node.parent, node.parent?.behavior.kind === 'eventSubprocess' ? node.parent.parent : null]
    const element = reading.elementOf.get(node.id)
    if (element && !(referred && scopes.includes(referred.parent))) {
      reading.findings.error(
        'reference-unknown',
        `invalid attribute value for 'activityRef': no activity with id '${activityRef}' in scope '${node.parent?.id ?? ''}'`,
        element,
        node.id,
      )
    }
  }
}
