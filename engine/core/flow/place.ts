import type { InstanceDraft, ScopeDraft, TaskDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'

/** Where in an instance something happens: what expressions see and where local variables live. */
export interface Place {
  readonly instance: InstanceDraft
  readonly scope: ScopeDraft
  readonly token: TokenDraft | null
  readonly task: TaskDraft | null
  /** Only the innermost variables are seen. */
  readonly localOnly?: true
}

export const placeOf = (instance: InstanceDraft, token: TokenDraft): Place => ({
  instance,
  scope: instance.scopeOf(token),
  token,
  task: null,
})

export const placeOfScope = (instance: InstanceDraft, scope: ScopeDraft): Place => ({
  instance,
  scope,
  token: instance.tokens.edit(scope.id) ?? null,
  task: null,
})

export function placeOfTask(instance: InstanceDraft, task: TaskDraft): Place {
  const token = instance.tokens.edit(task.executionId)
  const scope = token ? instance.scopeOf(token) : instance.scope(task.executionId)
  return { instance, scope, token: token ?? null, task }
}

/** By a scope's or token's id, as REST clients know them. */
export function placeOfExecution(instance: InstanceDraft, executionId: string): Place {
  const token = instance.tokens.edit(executionId)
  if (token) return placeOf(instance, token)
  const scope = instance.scopes.edit(executionId)
  if (scope) return placeOfScope(instance, scope)
  throw new Refusal(failure('unknown-execution', { executionId }))
}
