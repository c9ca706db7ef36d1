import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import type { Node, Trigger } from '../model/node.ts'
import type { SubscriptionType } from '../state.ts'
import { evaluateText } from './evaluate.ts'
import { createTimerJob } from './jobs.ts'
import { type Place, placeOfScope } from './place.ts'

/** The events that wait in a scope: its boundary events and the starts of its event subprocesses. */
export function* eventsOf(node: Node): Iterable<Node> {
  yield* node.boundaryEvents
  for (const subprocess of node.eventSubprocesses) if (subprocess.behavior.kind === 'eventSubprocess') yield subprocess.behavior.start
}

export function triggerOf(event: Node): Trigger {
  const { behavior } = event
  if (behavior.kind === 'boundaryEvent' || behavior.kind === 'startEvent' || behavior.kind === 'intermediateCatch') return behavior.trigger
  return { kind: 'none' }
}

/** Subscribes a scope that has just opened to its events: messages, signals, conditions. Timers follow after the inputs. */
export function openSubscriptions(instance: InstanceDraft, scope: ScopeDraft, node: Node): void {
  let conditional = false
  for (const event of eventsOf(node)) {
    subscribe(instance, scope, event)
    if (triggerOf(event).kind === 'conditional') conditional = true
  }
  if (conditional) considerInitially(instance, scope)
}

/** The conditions of a scope that opens are looked at once its inputs and listeners have run. */
export function considerInitially(instance: InstanceDraft, scope: ScopeDraft): void {
  for (const { id, type } of instance.subscriptions.of(scope.id)) {
    if (type === 'conditional') instance.run.conditionEvents.push({ instance, executionId: scope.id, name: id, event: 'initial' })
  }
}

/** Changes that a scope's own inputs and start listeners have made, from `first` on, are no changes to it yet. */
export function excuseStart(instance: InstanceDraft, scope: ScopeDraft, first: number): void {
  const { run } = instance
  run.conditionEvents = run.conditionEvents.map((event, index) =>
    index < first || event.event === 'initial' ? event : { ...event, starting: scope.id },
  )
}

export function openTimers(instance: InstanceDraft, scope: ScopeDraft, node: Node): void {
  for (const event of eventsOf(node)) openTimer(instance, scope, event)
}

export function openTimer(instance: InstanceDraft, scope: ScopeDraft, event: Node): void {
  const trigger = triggerOf(event)
  if (trigger.kind !== 'timer') return
  const { behavior } = event
  const isStart = behavior.kind === 'startEvent'
  const handler = isStart
    ? 'timer-start-event-subprocess'
    : behavior.kind === 'boundaryEvent'
      ? 'timer-transition'
      : 'timer-intermediate-transition'
  const repeats = (isStart && !behavior.interrupting) || (behavior.kind === 'boundaryEvent' && !behavior.cancelActivity)
  createTimerJob(placeOfScope(instance, scope), event, trigger.timer, trigger.jobKey, handler, repeats)
}

/** One event of a scope, by message, signal or condition. */
export function subscribe(instance: InstanceDraft, scope: ScopeDraft, event: Node, trigger: Trigger = triggerOf(event)): void {
  const place = placeOfScope(instance, scope)
  if (trigger.kind === 'message' || trigger.kind === 'signal') {
    addSubscription(instance, scope.id, trigger.kind, eventName(place, trigger.name), event)
  } else if (trigger.kind === 'conditional') addSubscription(instance, scope.id, 'conditional', null, event)
}

export function eventName(place: Place, name: Extract<Trigger, { kind: 'message' }>['name']): string {
  const text = evaluateText(place, name)
  if (text === null || text === '') throw new Refusal(failure('invalid-value', { what: 'event name', text: name.text }))
  return text
}

export function addSubscription(
  instance: InstanceDraft,
  executionId: string,
  type: SubscriptionType,
  name: string | null,
  event: Node,
): void {
  const { run } = instance
  instance.subscriptions.insert({
    id: run.newId(),
    type,
    name,
    executionId,
    node: event.id,
    createdAt: run.env.now,
    seq: run.nextSeq(),
  })
}

/** A catching event or receive task waits in its own scope. */
export function waitFor(instance: InstanceDraft, token: TokenDraft, event: Node, trigger: Trigger = triggerOf(event)): void {
  const scope = instance.scopeOf(token)
  subscribe(instance, scope, event, trigger)
  if (trigger.kind === 'conditional') considerInitially(instance, scope)
}
