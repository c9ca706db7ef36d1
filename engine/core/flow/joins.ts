import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Flow, Node } from '../model/node.ts'
import { noVariables, type Token } from '../state.ts'
import { endActivity, leaveBy } from './lifecycle.ts'
import { pruneScope } from './tokens.ts'

/** The tokens that wait at a joining gateway, in order of arrival. */
export const waitingAt = (instance: InstanceDraft, token: TokenDraft, gateway: Node): Token[] =>
  instance.tokens.peek(token.scopeId).filter((each) => each.phase === 'joining' && each.node === gateway.id)

/** The joined tokens become one; their branch-local variables are gone with them. */
export function join(instance: InstanceDraft, token: TokenDraft, joined: readonly Token[], flows: readonly Flow[]): void {
  if (joined.length > 1) token.vars = noVariables
  for (const other of joined) {
    if (other.id === token.id) continue
    endActivity(instance, instance.token(other.id))
    instance.tokens.remove(other.id)
  }
  token.phase = 'active'
  if (joined.length > 1) pruneScope(instance, instance.scopeOf(token))
  leaveBy(instance, token, flows)
}
