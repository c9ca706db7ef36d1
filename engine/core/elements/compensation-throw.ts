import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { enter, leave } from '../flow/lifecycle.ts'
import { concurrentToken } from '../flow/tokens.ts'
import type { Node } from '../model/node.ts'
import type { CompensationEntry, VariableMap } from '../state.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Compensation throw and end event (BPMN 2.0.2 §13.5.5): handlers in reverse order of completion; it waits for all of them. */
export const compensationThrow: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'compensationThrow') return
    const entries = takeEntries(instance, token, node.behavior.activityRef)
    if (entries.length === 0) leave(instance, token)
    else runHandlers(instance, instance.scopeOf(token), entries)
  },
  childEnded: (instance, scope, token) => {
    instance.tokens.remove(token.id)
    if (instance.tokensIn(scope).some((other) => other.id !== scope.id)) return
    leave(instance, instance.token(scope.id))
  },
}

/** The entries that a throw consumes: of its own scope, or from an event subprocess also of the scope around it. */
function takeEntries(instance: InstanceDraft, token: TokenDraft, activityRef: string | null): CompensationEntry[] {
  const own = instance.scopeOf(token)
  let scope: ScopeDraft = instance.scope(own.parentId as string)
  const taken: CompensationEntry[] = []
  for (;;) {
    const matches = (entry: CompensationEntry): boolean =>
      activityRef === null || entry.activityId === activityRef || entry.activityId === `${activityRef}#multiInstanceBody`
    taken.push(...scope.compensations.filter(matches))
    scope.compensations = scope.compensations.filter((entry) => !matches(entry))
    if (instance.node(scope.node).behavior.kind !== 'eventSubprocess' || scope.parentId === null) break
    scope = instance.scope(scope.parentId)
  }
  return taken
}

/** Starts a token for each handler. The first started is the last completed: handlers without wait states run in that order. */
export function runHandlers(instance: InstanceDraft, scope: ScopeDraft, entries: readonly CompensationEntry[]): void {
  const handlers = entries.flatMap((entry) => handlersOf(instance, entry, {})).sort((a, b) => b.seq - a.seq)
  const started = handlers.map(({ handler, vars }) => {
    const token = concurrentToken(instance, scope)
    token.vars = vars
    token.node = handler.id
    return { token, handler }
  })
  for (const { token, handler } of started.reverse()) instance.run.pushFor(instance, token, () => enter(instance, token, handler))
  if (started.length === 0) leave(instance, instance.token(scope.id))
}

/** A completed subprocess without a compensation event subprocess is compensated by the handlers of its activities. */
function handlersOf(
  instance: InstanceDraft,
  entry: CompensationEntry,
  outer: VariableMap,
): { handler: Node; vars: VariableMap; seq: number }[] {
  const vars = { ...outer, ...entry.vars }
  if (entry.handlerId === entry.activityId) return entry.inner.flatMap((inner) => handlersOf(instance, inner, vars))
  return [{ handler: instance.node(entry.handlerId), vars, seq: entry.seq }]
}
