import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import type { Node } from '../model/node.ts'
import { nullValue, type Value } from '../value.ts'
import { passOutputs } from './call-mappings.ts'
import { eventsOf, triggerOf } from './events.ts'
import { endToken } from './lifecycle.ts'
import { placeOfScope } from './place.ts'
import { deleteTask } from './tasks.ts'
import { trigger } from './trigger.ts'
import { setVariable } from './variables.ts'

export interface ThrownError {
  readonly code: string
  readonly message: string | null
}

interface Catcher {
  readonly instance: InstanceDraft
  readonly scope: ScopeDraft
  readonly event: Node
}

/** A BPMN error goes up the scopes, then to the caller; uncaught it ends its path as a none end event. */
export function throwError(instance: InstanceDraft, token: TokenDraft, error: ThrownError): void {
  const catcher = findCatcher(instance, token, (event) => {
    const what = triggerOf(event)
    return what.kind === 'error' && (what.error.code === null || what.error.code === error.code)
  })
  if (!catcher) {
    if (!instance.run.env.compat.uncaughtErrorEnds) {
      throw new Refusal(failure('unhandled-error', { errorCode: error.code, activityId: token.node ?? '' }))
    }
    endToken(instance, token, () => {
      for (const task of instance.tasks.of(token.id)) deleteTask(instance, task, 'deleted')
    })
    return
  }
  const what = triggerOf(catcher.event)
  if (what.kind !== 'error') return
  passOutputsUpTo(catcher.instance, instance)
  const place = placeOfScope(catcher.instance, catcher.scope)
  const text = (value: string | null): Value => (value === null ? nullValue : { t: 'String', v: value })
  if (what.error.codeVariable !== null) setVariable(place, what.error.codeVariable, text(error.code))
  if (what.error.messageVariable !== null) setVariable(place, what.error.messageVariable, text(error.message))
  trigger(catcher.instance, catcher.scope, catcher.event)
}

/** An escalation: likewise; one that does not interrupt lets the thrower go on. Answers whether the thrower still goes on. */
export function throwEscalation(instance: InstanceDraft, token: TokenDraft, code: string): 'continues' | 'interrupted' | 'uncaught' {
  const catcher = findCatcher(instance, token, (event) => {
    const what = triggerOf(event)
    return what.kind === 'escalation' && (what.escalation.code === null || what.escalation.code === code)
  })
  // Calls that it comes through hand over what they have, whether or not it is caught in the end.
  passOutputsUpTo(catcher?.instance ?? null, instance)
  if (!catcher) return 'uncaught'
  const what = triggerOf(catcher.event)
  if (what.kind !== 'escalation') return 'uncaught'
  if (what.escalation.codeVariable !== null) {
    setVariable(placeOfScope(catcher.instance, catcher.scope), what.escalation.codeVariable, { t: 'String', v: code })
  }
  trigger(catcher.instance, catcher.scope, catcher.event)
  return instance.isAlive(token) ? 'continues' : 'interrupted'
}

/** The error or escalation came out of called instances: their out mappings run first. */
function passOutputsUpTo(catching: InstanceDraft | null, thrower: InstanceDraft): void {
  for (let called = thrower; called !== catching && called.head.superInstanceId !== null; ) {
    const caller = called.run.instance(called.head.superInstanceId)
    passOutputs(caller, caller.token(called.head.superTokenId as string), called)
    called = caller
  }
}

function findCatcher(instance: InstanceDraft, token: TokenDraft, catches: (event: Node) => boolean): Catcher | null {
  let from: Node | null = instance.nodeOf(token)
  let scope: ScopeDraft | null = instance.scopeOf(token)
  while (scope) {
    const node = instance.node(scope.node)
    // One never catches what comes from within itself.
    const caught = (scope.compensating ? [] : [...eventsOf(node)]).filter(
      (event) => (event.behavior.kind !== 'startEvent' || event.parent !== from) && catches(event),
    )
    const event = caught.sort((a, b) => precedence(b) - precedence(a))[0]
    if (event) return { instance, scope, event }
    from = node
    scope = scope.parentId === null ? null : instance.scope(scope.parentId)
  }
  const { superInstanceId, superTokenId } = instance.head
  if (superInstanceId === null || superTokenId === null) return null
  const caller = instance.run.findInstance(superInstanceId)
  const calling = caller?.tokens.edit(superTokenId)
  return caller && calling ? findCatcher(caller, calling, catches) : null
}

/** Event subprocesses of a scope come before its boundary events, a certain code before any. */
function precedence(event: Node): number {
  const what = triggerOf(event)
  const code = what.kind === 'error' ? what.error.code : what.kind === 'escalation' ? what.escalation.code : null
  return (event.behavior.kind === 'startEvent' ? 10 : 0) + (code === null ? 0 : 1)
}
