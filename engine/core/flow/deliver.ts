import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Subscription, Variable } from '../state.ts'
import type { Variables } from '../value.ts'
import { createJob } from './jobs.ts'
import { placeOfScope } from './place.ts'
import { trigger } from './trigger.ts'
import { setLocalVariable, setVariable } from './variables.ts'

/** A message or signal reaches a subscription: first its variables, then the event. */
export function deliver(
  instance: InstanceDraft,
  subscription: Subscription,
  variables: Variables,
  locals: Variables = {},
  transient: readonly string[] = [],
  triggered: Variables = {},
): void {
  const scope = instance.scope(subscription.executionId)
  const place = placeOfScope(instance, scope)
  for (const [name, value] of Object.entries(locals)) setLocalVariable(place, name, value)
  for (const [name, value] of Object.entries(variables)) setVariable(place, name, value, { transient: transient.includes(name) })
  const event = instance.node(subscription.node)
  if (event.behavior.kind === 'boundaryEvent' && event.behavior.cancelActivity) instance.subscriptions.remove(subscription.id)
  trigger(instance, scope, event, triggered)
}

/** An asynchronous signal reaches a subscription by a job of the receiver. */
export function scheduleDelivery(instance: InstanceDraft, subscription: Subscription, variables: Variables): void {
  const { run } = instance
  const vars: Record<string, Variable> = {}
  for (const [name, value] of Object.entries(variables))
    vars[name] = { id: run.newId(), value, createdAt: run.env.now, activityInstanceId: '' }
  createJob(instance, {
    handler: 'event-delivery',
    executionId: subscription.executionId,
    node: subscription.node,
    declaration: '',
    due: null,
    repeat: null,
    exclusive: true,
    priority: 0,
    delivery: { subscriptionId: subscription.id, vars },
  })
}
