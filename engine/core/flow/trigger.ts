import type { InstanceDraft, ScopeDraft } from '../draft/instance-draft.ts'
import { failure, InvariantError, Refusal } from '../failure.ts'
import type { Node } from '../model/node.ts'
import type { Variables } from '../value.ts'
import { cancelledBy, cancelScope, interruptScope } from './cancel.ts'
import { begin, enter } from './lifecycle.ts'
import { firstToken, forkToken } from './tokens.ts'
import { setScopeVariable, setTokenVariable } from './variables.ts'

/**
 * An event that waits in a scope has come: a message, a signal, a timer, a condition, an error, an escalation.
 * `triggeredLocals` become local variables of the scope that the event opens (event subprocesses only).
 */
export function trigger(instance: InstanceDraft, scope: ScopeDraft, event: Node, triggeredLocals: Variables = {}): void {
  const { behavior } = event
  switch (behavior.kind) {
    case 'boundaryEvent':
      triggerBoundary(instance, scope, event, behavior.cancelActivity, triggeredLocals)
      return
    case 'startEvent':
      triggerEventSubprocess(instance, scope, event, behavior.interrupting, triggeredLocals)
      return
    case 'intermediateCatch':
      if (behavior.afterEventGateway && scope.node !== event.id) {
        const outer = cancelScope(instance, scope, { reason: cancelledBy(event) })
        enter(instance, outer, event, { ignoreAsync: true })
        return
      }
      wake(instance, scope, event)
      return
    case 'receiveTask':
      wake(instance, scope, event)
      return
    default:
      throw new InvariantError(`${event.id} waits for nothing`)
  }
}

function wake(instance: InstanceDraft, scope: ScopeDraft, event: Node): void {
  const token = instance.token(scope.id)
  const { triggered } = instance.run.behaviorOf(event)
  if (!triggered) throw new Refusal(failure('not-waiting', { executionId: scope.id, activityId: event.id }))
  triggered(instance, token, event, 'event')
}

function triggerBoundary(instance: InstanceDraft, scope: ScopeDraft, event: Node, interrupting: boolean, locals: Variables): void {
  const token = interrupting
    ? cancelScope(instance, scope, { reason: cancelledBy(event) })
    : forkToken(instance, instance.scope(scope.parentId as string))
  for (const [name, value] of Object.entries(locals)) setTokenVariable(instance, token, name, value)
  enter(instance, token, event)
}

function triggerEventSubprocess(instance: InstanceDraft, scope: ScopeDraft, start: Node, interrupting: boolean, locals: Variables): void {
  const subprocess = start.parent as Node
  if (interrupting) interruptScope(instance, scope, subprocess)
  const token = instance.tokens.countOf(scope.id) === 0 ? firstToken(instance, scope) : forkToken(instance, scope)
  if (Object.keys(locals).length === 0) {
    enter(instance, token, subprocess)
    return
  }
  token.node = subprocess.id
  instance.run.pushFor(instance, token, () =>
    begin(instance, token, subprocess, (inner, opened) => {
      for (const [name, value] of Object.entries(locals)) if (opened) setScopeVariable(instance, opened, name, value)
      instance.run.behaviorOf(subprocess).execute(instance, inner, subprocess)
    }),
  )
}
