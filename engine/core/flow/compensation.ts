import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Node } from '../model/node.ts'
import { type CompensationEntry, noVariables } from '../state.ts'

/** A completed activity with a compensation handler leaves an entry in its scope. */
export function rememberCompensation(instance: InstanceDraft, token: TokenDraft, node: Node): void {
  const handler = node.compensationHandler
  if (!handler) return
  const scope = flowScopeOf(instance, token, node, handler)
  addEntry(instance, scope, {
    activityId: node.id,
    handlerId: handler.id,
    activityInstanceId: token.activityInstanceId as string,
    vars: noVariables,
    inner: [],
  })
}

/** The scope instance in which the handler lies: the activity's own flow scope, for an instance of a multi-instance activity the body's. */
function flowScopeOf(instance: InstanceDraft, token: TokenDraft, node: Node, handler: Node): ScopeDraft {
  let scope = instance.scopeOf(token)
  if (node.isScope && scope.node === node.id) scope = instance.scope(scope.parentId as string)
  while (scope.node !== handler.parent?.id && scope.parentId !== null) scope = instance.scope(scope.parentId)
  return scope
}

export function addEntry(instance: InstanceDraft, scope: ScopeDraft, entry: Omit<CompensationEntry, 'id' | 'seq' | 'createdAt'>): void {
  const { run } = instance
  const stored: CompensationEntry = { ...entry, id: run.newId(), seq: run.nextSeq(), createdAt: run.env.now }
  scope.compensations = [...scope.compensations, stored]
}

/** A completed subprocess hands what its inner activities left to the scope around it, with the variables that it had. */
export function handOverCompensation(instance: InstanceDraft, scope: ScopeDraft, node: Node): void {
  const compensationStart = node.eventSubprocesses.find(
    (each) =>
      each.behavior.kind === 'eventSubprocess' &&
      each.behavior.start.behavior.kind === 'startEvent' &&
      each.behavior.start.behavior.trigger.kind === 'compensate',
  )
  if (scope.compensations.length === 0 && !compensationStart) return
  if (scope.parentId === null) return
  addEntry(instance, instance.scope(scope.parentId), {
    activityId: node.id,
    handlerId: compensationStart?.id ?? node.id,
    activityInstanceId: scope.activityInstanceId,
    vars: scope.vars,
    inner: scope.compensations,
  })
}
