import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import { interruptScope } from '../flow/cancel.ts'
import { trigger } from '../flow/trigger.ts'
import type { Node } from '../model/node.ts'
import { runHandlers } from './compensation-throw.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Cancel end event (BPMN 2.0.2 §13.4.6): cancels the transaction, compensates what it has done, leaves by the cancel boundary event. */
export const cancelEnd: ElementBehavior = {
  execute: (instance, token, node) => {
    const own = instance.scopeOf(token)
    const transaction = instance.scope(own.parentId as string)
    cancelBoundaryOf(instance, transaction)
    interruptScope(instance, transaction, node, instance.token(own.tokenId as string))
    const entries = transaction.compensations
    transaction.compensations = []
    if (entries.length === 0) leaveTransaction(instance, token)
    else runHandlers(instance, own, entries)
  },
  childEnded: (instance, scope, token) => {
    instance.tokens.remove(token.id)
    if (instance.tokens.countOf(scope.id) > 1) return
    leaveTransaction(instance, instance.token(scope.id))
  },
}

function leaveTransaction(instance: InstanceDraft, token: TokenDraft): void {
  const own = instance.scopeOf(token)
  const { scope, boundary } = cancelBoundaryOf(instance, instance.scope(own.parentId as string))
  trigger(instance, scope, boundary)
}

/** Where a transaction is left when it is cancelled. */
function cancelBoundaryOf(instance: InstanceDraft, transaction: ScopeDraft): { readonly scope: ScopeDraft; readonly boundary: Node } {
  // Of a multi-instance transaction the boundary event lies at the body: one cancelled instance cancels all.
  const node = instance.node(transaction.node)
  const isInner = node.parent?.behavior.kind === 'multiInstanceBody' && transaction.parentId !== null
  const scope = isInner ? instance.scope(transaction.parentId as string) : transaction
  const boundary = instance
    .node(scope.node)
    .boundaryEvents.find((event) => event.behavior.kind === 'boundaryEvent' && event.behavior.trigger.kind === 'cancel')
  if (!boundary) throw new Refusal(failure('null-argument', { what: `cancel boundary event of ${node.id}` }))
  return { scope, boundary }
}
