import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { noVariables, type Token } from '../state.ts'

const fresh = (instance: InstanceDraft, id: string, scopeId: string): Token => ({
  id,
  scopeId,
  node: null,
  phase: 'moving',
  activityInstanceId: null,
  vars: noVariables,
  childScopeId: null,
  calledInstanceId: null,
  flowId: null,
  seq: instance.run.nextSeq(),
})

/** The one token of a scope that has just opened: it shares the scope's id. */
export const firstToken = (instance: InstanceDraft, scope: ScopeDraft): TokenDraft =>
  instance.tokens.insert(fresh(instance, scope.id, scope.id))

/** One more token in a scope. A lone token that shared the scope's id gets an id of its own, as in Camunda. */
export function forkToken(instance: InstanceDraft, scope: ScopeDraft): TokenDraft {
  const lone = instance.tokens.edit(scope.id)
  if (lone) renameToken(instance, lone, instance.run.newId())
  return instance.tokens.insert(fresh(instance, instance.run.newId(), scope.id))
}

/** A token of its own in a scope that is known to have no lone one: the instances of a parallel multi-instance body. */
export const concurrentToken = (instance: InstanceDraft, scope: ScopeDraft): TokenDraft =>
  instance.tokens.insert(fresh(instance, instance.run.newId(), scope.id))

/** What waits on the token goes along: tasks, asynchronous jobs, incidents, the inner scope, the called instance. */
export function renameToken(instance: InstanceDraft, token: TokenDraft, newId: string): void {
  const { id } = token
  for (const task of instance.tasks.of(id)) {
    if (instance.scopes.get(id)?.node === task.node) continue
    instance.tasks.move(task, () => {
      task.executionId = newId
    })
  }
  for (const job of instance.jobs.of(id)) {
    if (job.handler !== 'async-continuation' && job.handler !== 'timer-task-listener') continue
    instance.jobs.move(job, () => {
      job.executionId = newId
    })
    moveIncidents(instance, id, newId, job.id)
  }
  if (token.childScopeId !== null) instance.scope(token.childScopeId).tokenId = newId
  if (token.calledInstanceId !== null) {
    const called = instance.run.findInstance(token.calledInstanceId)
    if (called) called.head.superTokenId = newId
  }
  instance.tokens.rename(id, newId)
}

function moveIncidents(instance: InstanceDraft, id: string, newId: string, configuration: string): void {
  for (const incident of instance.incidents.of(id)) {
    if (incident.configuration !== configuration) continue
    instance.incidents.move(incident, () => {
      incident.executionId = newId
    })
  }
}

/** When one token is left in a scope it shares the scope's id again, and its variables become the scope's. */
export function pruneScope(instance: InstanceDraft, scope: ScopeDraft): void {
  if (instance.tokens.countOf(scope.id) !== 1) return
  const [last] = instance.tokensIn(scope)
  if (!last || last.id === scope.id || last.phase === 'finished') return
  if (instance.node(scope.node).behavior.kind === 'multiInstanceBody') return
  if (Object.keys(last.vars).length > 0) {
    scope.vars = { ...scope.vars, ...last.vars }
    last.vars = noVariables
  }
  renameToken(instance, last, scope.id)
}
