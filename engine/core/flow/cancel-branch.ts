import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import { instanceTakenAway } from '../elements/multi-instance-body.ts'
import { cancelActivity } from './cancel.ts'
import { pruneScope } from './tokens.ts'

/** Cancels what a token does, with the topmost scope that would be empty without it. Nothing goes on by that. */
export function cancelBranch(instance: InstanceDraft, start: TokenDraft, reason: string | null = 'modification'): void {
  let token = start
  let scope = instance.scopeOf(token)
  while (scope.parentId !== null && instance.tokens.countOf(scope.id) <= 1) {
    token = instance.outerToken(scope) as TokenDraft
    scope = instance.scope(scope.parentId)
  }
  const outer = cancelActivity(instance, token, { reason })
  instance.tokens.remove(outer.id)
  if (instance.node(scope.node).behavior.kind === 'multiInstanceBody') instanceTakenAway(instance, scope)
  else pruneScope(instance, scope)
}
