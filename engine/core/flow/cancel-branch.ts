import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { instanceTakenAway } from '../elements/multi-instance-body.ts'
import { cancelActivity, deleteInstance } from './cancel.ts'
import { standsForScope } from './lifecycle.ts'
import { pruneScope } from './tokens.ts'

/** In Camunda's words, letter for letter. */
const byModification = 'Cancellation due to process instance modifcation'

/** Cancels what a token does, with the topmost scope that would be empty without it. Nothing goes on by that. */
export function cancelBranch(instance: InstanceDraft, start: TokenDraft, reason: string | null = byModification): void {
  let token = start
  let scope = instance.scopeOf(token)
  while (scope.parentId !== null && isAlone(instance, token, scope)) {
    token = instance.outerToken(scope) as TokenDraft
    scope = instance.scope(scope.parentId)
  }
  const outer = cancelActivity(instance, token, {
    reason,
    external: true,
    ...(token.id === instance.id && reason !== null && { taskReason: reason }),
  })
  instance.tokens.remove(outer.id)
  if (instance.node(scope.node).behavior.kind === 'multiInstanceBody') instanceTakenAway(instance, scope)
  else pruneScope(instance, scope)
}

/** Whether nothing else goes on in a scope. What throws compensation only waits there for its handlers. */
const isAlone = (instance: InstanceDraft, token: TokenDraft, scope: ScopeDraft): boolean =>
  instance.tokensIn(scope).every((each) => each.id === token.id || standsForScope(each, scope))

/** With a called instance the call activity goes, and the caller if nothing else runs in it. */
export function cancelCall(caller: InstanceDraft, tokenId: string, reason: string | null): void {
  const token = caller.token(tokenId)
  token.calledInstanceId = null
  const { superInstanceId, superTokenId } = caller.head
  cancelBranch(caller, token, reason)
  if (caller.tokens.countOf(caller.id) > 0) return
  deleteInstance(caller, { reason, external: true })
  if (superInstanceId !== null && superTokenId !== null) cancelCall(caller.run.instance(superInstanceId), superTokenId, reason)
}
