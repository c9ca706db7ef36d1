import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { enter, leave } from '../flow/lifecycle.ts'
import { concurrentToken } from '../flow/tokens.ts'
import type { CompensationEntry } from '../state.ts'
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
    if (instance.tokens.countOf(scope.id) > 1) return
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

/** Starts a token for each handler, the last completed first: handlers without wait states run in that order. */
export function runHandlers(instance: InstanceDraft, scope: ScopeDraft, entries: readonly CompensationEntry[]): void {
  const ordered = [...entries].sort((a, b) => b.seq - a.seq)
  const started = ordered.map((entry) => ({ entry, token: concurrentToken(instance, scope) }))
  for (const { entry, token } of started.reverse()) {
    token.node = entry.handlerId
    instance.run.pushFor(instance, token, () => compensate(instance, token, entry))
  }
}

/** Runs one handler. What a completed subprocess left is compensated within its scope, which opens again for that. */
function compensate(instance: InstanceDraft, token: TokenDraft, entry: CompensationEntry): void {
  const node = instance.node(entry.activityId)
  if (!['subprocess', 'eventSubprocess', 'multiInstanceBody'].includes(node.behavior.kind)) {
    enter(instance, token, instance.node(entry.handlerId))
    return
  }
  if (entry.handlerId !== entry.activityId && !node.eventSubprocesses.some((each) => each.id === entry.handlerId)) {
    enter(instance, token, instance.node(entry.handlerId))
    return
  }
  token.node = node.id
  token.phase = 'active'
  const scope = instance.scopes.insert({
    id: instance.run.newId(),
    parentId: token.scopeId,
    tokenId: token.id,
    node: node.id,
    activityInstanceId: entry.activityInstanceId,
    vars: entry.vars,
    compensations: entry.inner,
    compensating: true,
  })
  token.childScopeId = scope.id
  if (entry.handlerId !== entry.activityId) {
    enter(instance, concurrentToken(instance, scope), instance.node(entry.handlerId))
    return
  }
  scope.compensations = []
  runHandlers(instance, scope, entry.inner)
}
