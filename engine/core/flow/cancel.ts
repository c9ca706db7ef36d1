import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Node } from '../model/node.ts'
import { removeExternalTask } from './external-tasks.ts'
import { closeIncidents } from './incidents.ts'
import { finishInstance } from './instances.ts'
import { removeJob } from './jobs.ts'
import { endActivity, standOnScope, standsForScope } from './lifecycle.ts'
import { runListeners } from './listeners.ts'
import { placeOfScope } from './place.ts'
import { deleteTask } from './tasks.ts'
import { firstToken } from './tokens.ts'

export interface CancelOptions {
  readonly reason: string | null
  /** Why a task goes on which the cancelled token itself stands; `deleted` as other tasks by default. */
  readonly taskReason?: string
  /** A called instance ends as this says: cancelled from outside, or by the process itself. */
  readonly external?: boolean
  readonly skipSubprocesses?: boolean
}

const within = ({ taskReason: _, ...options }: CancelOptions): CancelOptions => options

/** Why what an event cancels goes, in Camunda's words. */
export const cancelledBy = (event: Node): string => `Cancel scope activity Activity(${event.id}) executed.`

/** Cancels what a token does, innermost first, and removes it. */
export function cancelToken(instance: InstanceDraft, token: TokenDraft, options: CancelOptions): void {
  const outer = cancelActivity(instance, token, options)
  instance.tokens.remove(outer.id)
}

/** Cancels the activity on which a token stands, with everything inside. The token remains, without an activity. */
export function cancelActivity(instance: InstanceDraft, token: TokenDraft, options: CancelOptions): TokenDraft {
  if (token.childScopeId !== null) return cancelScope(instance, instance.scope(token.childScopeId), within(options))
  detach(instance, token, options)
  if (token.activityInstanceId === null || token.phase === 'finished') removeWork(instance, token, options)
  else endActivity(instance, token, { canceled: true, beforeClose: () => removeWork(instance, token, options) })
  return token
}

/** Cancels the activity whose scope this is. Answers the token outside. */
export function cancelScope(instance: InstanceDraft, scope: ScopeDraft, options: CancelOptions): TokenDraft {
  const standing = cancelWithin(instance, scope, options)
  return endActivity(instance, standing, { canceled: true, beforeClose: () => removeWork(instance, standing, options) })
}

/** Cancels everything inside a scope; the scope itself stays, with one token that stands for its node. */
export function cancelWithin(instance: InstanceDraft, scope: ScopeDraft, options: CancelOptions): TokenDraft {
  let standing: TokenDraft | null = null
  for (const token of instance.tokensIn(scope)) {
    if (standsForScope(token, scope)) {
      standing = token
      detach(instance, token, options)
    } else cancelToken(instance, token, options)
  }
  return standOnScope(instance, scope, standing ?? firstToken(instance, scope))
}

/** Event subprocess or terminate end event: all other tokens of the scope go, and with them its subscriptions and timers. */
export function interruptScope(instance: InstanceDraft, scope: ScopeDraft, by: Node, except?: TokenDraft): void {
  cancelTokens(instance, scope, by, except)
  for (const subscription of instance.subscriptions.of(scope.id)) {
    if (subscription.type !== 'compensate') instance.subscriptions.remove(subscription.id)
  }
  for (const job of instance.jobs.of(scope.id)) removeJob(instance, job)
}

/** As `interruptScope` does, but what waits in the scope goes on waiting: so modification starts an interrupting event. */
export function cancelTokens(instance: InstanceDraft, scope: ScopeDraft, by: Node, except?: TokenDraft): void {
  const reason = `Interrupting activity Activity(${by.id}) executed.`
  for (const token of instance.tokensIn(scope)) {
    if (token === except) continue
    // It has just opened the scope and not yet begun: nothing to end.
    if (standsForScope(token, scope) || (token.activityInstanceId === null && token.phase === 'moving')) instance.tokens.remove(token.id)
    else cancelToken(instance, token, { reason, ...(token.id === scope.id && { taskReason: reason }) })
  }
}

/** Task and external task go once the end listeners have run. */
function removeWork(instance: InstanceDraft, token: TokenDraft, options: CancelOptions): void {
  for (const task of instance.tasks.of(token.id)) deleteTask(instance, task, options.taskReason ?? 'deleted')
  for (const external of instance.externalTasks.of(token.id)) removeExternalTask(instance, external, 'deleted')
}

/** Takes away what hangs on the token itself: called instance, asynchronous job, incidents. */
function detach(instance: InstanceDraft, token: TokenDraft, options: CancelOptions): void {
  if (token.calledInstanceId !== null) {
    const called = instance.run.findInstance(token.calledInstanceId)
    token.calledInstanceId = null
    if (called && options.skipSubprocesses) {
      called.head.superInstanceId = null
      called.head.superTokenId = null
    } else if (called) deleteInstance(called, within(options))
  }
  for (const job of instance.jobs.of(token.id)) if (job.handler === 'async-continuation') removeJob(instance, job)
  closeIncidents(instance, token.id)
  if (token.phase === 'async-before' || token.phase === 'async-after') token.activityInstanceId = null
}

/** Ends an instance before its time, with everything in it, and tells nobody above. */
export function deleteInstance(instance: InstanceDraft, options: CancelOptions): void {
  cancelWithin(instance, instance.rootScope, options)
  runListeners(placeOfScope(instance, instance.rootScope), instance.definition.model.root.endListeners, {
    eventName: 'end',
    canceled: true,
  })
  finishInstance(instance, options.external ? 'EXTERNALLY_TERMINATED' : 'INTERNALLY_TERMINATED', options.reason)
}
