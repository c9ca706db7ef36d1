import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import { interruptScope } from '../flow/cancel.ts'
import { trigger } from '../flow/trigger.ts'
import { runHandlers } from './compensation-throw.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Cancel end event (BPMN 2.0.2 §13.4.6): cancels the transaction, compensates what it has done, leaves by the cancel boundary event. */
export const cancelEnd: ElementBehavior = {
  execute: (instance, token, node) => {
    const own = instance.scopeOf(token)
    const transaction = instance.scope(own.parentId as string)
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
  // Of a multi-instance transaction the boundary event lies at the body: one cancelled instance cancels all.
  let scope = instance.scope(own.parentId as string)
  const node = instance.node(scope.node)
  if (node.parent?.behavior.kind === 'multiInstanceBody' && scope.parentId !== null) scope = instance.scope(scope.parentId)
  const boundary = instance
    .node(scope.node)
    .boundaryEvents.find((event) => event.behavior.kind === 'boundaryEvent' && event.behavior.trigger.kind === 'cancel')
  if (!boundary) throw new Refusal(failure('unknown-activity', { activityId: `cancel boundary event of ${node.id}` }))
  trigger(instance, scope, boundary)
}
