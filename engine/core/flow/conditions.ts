import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { ConditionEvent } from '../draft/run.ts'
import { failure, Refusal } from '../failure.ts'
import type { Subscription } from '../state.ts'
import { holdsByNow } from './evaluate.ts'
import { triggerOf } from './events.ts'
import { placeOfScope } from './place.ts'
import { trigger } from './trigger.ts'

/** Looks at the conditional events that a change of variables may wake: those of the changed scope and below, outermost first. */
export function settleConditions(events: readonly ConditionEvent[]): void {
  for (const event of events) {
    const { instance } = event
    if (instance.ended || !instance.definition.model.hasConditionalEvent) continue
    for (const subscription of waitingBelow(instance, event)) {
      if (instance.ended || !instance.subscriptions.get(subscription.id)) continue
      consider(instance, subscription, event)
    }
  }
}

function waitingBelow(instance: InstanceDraft, event: ConditionEvent): Subscription[] {
  const found: { subscription: Subscription; depth: number }[] = []
  for (const subscription of instance.subscriptions.all()) {
    if (subscription.type !== 'conditional') continue
    if (event.event === 'initial') {
      if (subscription.id === event.name) found.push({ subscription, depth: 0 })
      continue
    }
    const depth = depthBelow(instance, subscription.executionId, event.executionId)
    if (depth !== null) found.push({ subscription, depth })
  }
  return found.sort((a, b) => a.depth - b.depth || a.subscription.seq - b.subscription.seq).map((each) => each.subscription)
}

/** How far below an execution another one lies; null when it does not. */
function depthBelow(instance: InstanceDraft, executionId: string, ancestorId: string): number | null {
  let depth = 0
  for (let scope = instance.scopes.get(executionId); scope; depth += 1) {
    if (scope.id === ancestorId) return depth
    if (scope.tokenId === ancestorId) return depth + 1
    scope = scope.parentId === null ? undefined : instance.scopes.get(scope.parentId)
  }
  return null
}

function consider(instance: InstanceDraft, subscription: Subscription, change: ConditionEvent): void {
  const node = instance.node(subscription.node)
  const what = triggerOf(node)
  const scope = instance.scopes.edit(subscription.executionId)
  if (what.kind !== 'conditional' || !scope) return
  if (change.starting === scope.id) return
  if (change.event !== 'initial') {
    if (what.variableName !== null && what.variableName !== change.name) return
    if (what.variableEvents.length > 0 && !what.variableEvents.includes(change.event)) return
  }
  if (!holdsByNow(placeOfScope(instance, scope), what.condition)) return
  if (instance.head.suspended) throw new Refusal(failure('instance-suspended', { instanceId: instance.id }))
  const { run } = instance
  if (run.isFresh) run.complete(() => trigger(instance, scope, node))
  else trigger(instance, scope, node)
}
