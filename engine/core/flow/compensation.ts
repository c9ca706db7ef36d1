import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Node } from '../model/node.ts'
import { type CompensationEntry, noVariables } from '../state.ts'

/** A completed activity with a compensation handler leaves an entry in its scope. */
export function rememberCompensation(instance: InstanceDraft, token: TokenDraft, node: Node): void {
  const handler = node.compensationHandler
  if (!handler) return
  // Of an instance of a multi-instance activity this is the body, which hands it over when it is left.
  const own = instance.scopeOf(token)
  const scope = node.isScope && own.node === node.id ? instance.scope(own.parentId as string) : own
  addEntry(instance, scope, {
    activityId: node.id,
    handlerId: handler.id,
    activityInstanceId: token.activityInstanceId as string,
    vars: noVariables,
    inner: [],
  })
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
