import type { InstanceDraft, ScopeDraft } from '../draft/instance-draft.ts'
import { behaviorOf } from '../elements/registry.ts'
import { failure, InvariantError, Refusal } from '../failure.ts'
import type { Node } from '../model/node.ts'
import type { Variables } from '../value.ts'
import { cancelScope, interruptScope } from './cancel.ts'
import { enter } from './lifecycle.ts'
import { firstToken, forkToken } from './tokens.ts'

/**
 * An event that waits in a scope has come: a message, a signal, a timer, a condition, an error, an escalation.
 * `triggeredLocals` become local variables of the scope that the event opens (event subprocesses only).
 */
export function trigger(instance: InstanceDraft, scope: ScopeDraft, event: Node, triggeredLocals: Variables = {}): void {
  const { behavior } = event
  switch (behavior.kind) {
    case 'boundaryEvent':
      triggerBoundary(instance, scope, event, behavior.cancelActivity)
      return
    case 'startEvent':
      triggerEventSubprocess(instance, scope, event, behavior.interrupting)
      return
    case 'intermediateCatch':
      if (behavior.afterEventGateway && scope.node !== event.id) {
        const outer = cancelScope(instance, scope, { reason: `event based gateway left by '${event.id}'` })
        enter(instance, outer, event, { ignoreAsync: true })
        return
      }
      wake(instance, scope, event)
      return
    case 'receiveTask':
      wake(instance, scope, event)
      return
    default:
      throw new InvariantError(`${event.id} waits for nothing (${Object.keys(triggeredLocals).length})`)
  }
}

function wake(instance: InstanceDraft, scope: ScopeDraft, event: Node): void {
  const token = instance.token(scope.id)
  const { triggered } = behaviorOf(event)
  if (!triggered) throw new Refusal(failure('not-waiting', { executionId: scope.id, activityId: event.id }))
  triggered(instance, token, event, 'event')
}

function triggerBoundary(instance: InstanceDraft, scope: ScopeDraft, event: Node, interrupting: boolean): void {
  if (interrupting) {
    const outer = cancelScope(instance, scope, { reason: `boundary event '${event.id}'` })
    enter(instance, outer, event)
    return
  }
  const flowScope = instance.scope(scope.parentId as string)
  enter(instance, forkToken(instance, flowScope), event)
}

function triggerEventSubprocess(instance: InstanceDraft, scope: ScopeDraft, start: Node, interrupting: boolean): void {
  const subprocess = start.parent as Node
  if (interrupting) {
    interruptScope(instance, scope, `event subprocess '${subprocess.id}'`)
    enter(instance, firstToken(instance, scope), subprocess)
    return
  }
  const token = instance.tokens.countOf(scope.id) === 0 ? firstToken(instance, scope) : forkToken(instance, scope)
  enter(instance, token, subprocess)
}
