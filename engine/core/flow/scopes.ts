import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Node } from '../model/node.ts'
import { noVariables } from '../state.ts'
import { closeIncidents } from './incidents.ts'
import { removeJob } from './jobs.ts'
import { firstToken } from './tokens.ts'

export const newActivityInstanceId = (instance: InstanceDraft, node: Node): string => `${node.id}:${instance.run.newId()}`

/** Opens the scope of a node that a token stands on. Answers the token inside. */
export function openScope(instance: InstanceDraft, outer: TokenDraft, node: Node): { scope: ScopeDraft; token: TokenDraft } {
  const scope = instance.scopes.insert({
    id: instance.run.newId(),
    parentId: outer.scopeId,
    tokenId: outer.id,
    node: node.id,
    activityInstanceId: newActivityInstanceId(instance, node),
    vars: noVariables,
    compensations: [],
  })
  outer.childScopeId = scope.id
  const token = firstToken(instance, scope)
  token.node = node.id
  token.phase = 'active'
  token.activityInstanceId = scope.activityInstanceId
  return { scope, token }
}

/** Takes the scope away with all that waits in it. Answers the token outside. */
export function closeScope(instance: InstanceDraft, scope: ScopeDraft): TokenDraft {
  clearWaiting(instance, scope)
  for (const token of instance.tokensIn(scope)) instance.tokens.remove(token.id)
  instance.scopes.remove(scope.id)
  const outer = instance.token(scope.tokenId as string)
  outer.childScopeId = null
  outer.activityInstanceId = null
  return outer
}

/** Event subscriptions and timers of a scope. */
export function clearWaiting(instance: InstanceDraft, scope: ScopeDraft): void {
  for (const subscription of instance.subscriptions.of(scope.id)) instance.subscriptions.remove(subscription.id)
  for (const job of instance.jobs.of(scope.id)) removeJob(instance, job)
  closeIncidents(instance, scope.id)
}
