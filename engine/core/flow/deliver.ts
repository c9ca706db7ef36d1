import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Subscription } from '../state.ts'
import type { Variables } from '../value.ts'
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
