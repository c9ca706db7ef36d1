import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import type { Flow, Node } from '../model/node.ts'
import { noVariables } from '../state.ts'
import { rememberCompensation } from './compensation.ts'
import { holds } from './evaluate.ts'
import { excuseStart, openSubscriptions, openTimers } from './events.ts'
import { createAsyncJob } from './jobs.ts'
import { runListeners } from './listeners.ts'
import { runInputs, runOutputs } from './mappings.ts'
import { placeOf } from './place.ts'
import { closeScope, newActivityInstanceId, openScope } from './scopes.ts'
import { forkToken, pruneScope } from './tokens.ts'

/**
 * The life of a token, phase by phase, in Camunda's order:
 * take (flow listeners) -> enter (asynchronous cut) -> begin (scope, subscriptions, inputs, timers, start listeners) -> execute
 * -> leave (choose flows) -> end (end listeners, outputs, scope) -> (asynchronous cut) -> take.
 * Between two phases, waiting conditions are looked at.
 */
export function take(instance: InstanceDraft, token: TokenDraft, flow: Flow): void {
  token.phase = 'moving'
  token.flowId = flow.id
  instance.run.pushFor(instance, token, () => {
    runListeners(placeOf(instance, token), flow.takeListeners, { eventName: 'take', flowId: flow.id })
    instance.run.pushFor(instance, token, () => enter(instance, token, flow.target))
  })
}

/** Arrives at a node, from which an asynchronous continuation may separate it. */
export function enter(instance: InstanceDraft, token: TokenDraft, node: Node, options: { readonly ignoreAsync?: boolean } = {}): void {
  token.node = node.id
  if (node.async.before && !options.ignoreAsync) {
    token.phase = 'async-before'
    createAsyncJob(instance, token, node, 'before')
    return
  }
  token.phase = 'moving'
  instance.run.pushFor(instance, token, () => begin(instance, token, node))
}

/** Starts the activity instance. `then` replaces the behaviour: modification enters scopes without their start event. */
export function begin(
  instance: InstanceDraft,
  token: TokenDraft,
  node: Node,
  then?: (inner: TokenDraft, scope: ScopeDraft | null) => void,
): void {
  const { run } = instance
  run.lastActivityId = node.id
  token.phase = 'active'
  let inner = token
  let scope: ScopeDraft | null = null
  if (node.isScope) {
    const opened = openScope(instance, token, node)
    scope = opened.scope
    inner = opened.token
  } else token.activityInstanceId = newActivityInstanceId(instance, node)
  const parent = drawnIn(instance, instance.scope(token.scopeId), node)
  if (!isSilent(node)) {
    instance.record({
      kind: 'activity-started',
      activityInstanceId: inner.activityInstanceId as string,
      parentActivityInstanceId: parent.activityInstanceId,
      executionId: inner.id,
      activityId: node.id,
      activityName: node.name,
      activityType: node.activityType,
    })
  }
  if (scope) openSubscriptions(instance, scope, node)
  const changes = run.conditionEvents.length
  runInputs(instance, token, scope, node)
  if (scope) openTimers(instance, scope, node)
  runListeners(placeOf(instance, inner), node.startListeners, { eventName: 'start' })
  if (scope && run.conditionEvents.length > changes) excuseStart(instance, scope, changes)
  run.pushFor(instance, inner, () => (then ? then(inner, scope) : instance.run.behaviorOf(node).execute(instance, inner, node)))
}

/** The scope in which a node is drawn: compensation handlers run in that of the event that threw, but do not belong to it. */
function drawnIn(instance: InstanceDraft, scope: ScopeDraft, node: Node): ScopeDraft {
  let found = scope
  while (found.node !== node.parent?.id && found.parentId !== null) found = instance.scope(found.parentId)
  return found.node === node.parent?.id ? found : scope
}

/** Link events leave no trace in history, as in Camunda. */
const isSilent = (node: Node): boolean => node.activityType === 'intermediateLinkCatch'

/** The behaviour is done: the token goes on by the flows whose conditions hold. */
export function leave(instance: InstanceDraft, token: TokenDraft): void {
  const node = instance.nodeOf(token)
  leaveBy(instance, token, chosenFlows(instance, token, node))
}

/** Goes on because somebody outside has said so. Of several flows the last one then goes first, as in Camunda. */
export function leaveSignaled(instance: InstanceDraft, token: TokenDraft): void {
  const node = instance.nodeOf(token)
  leaveBy(instance, token, chosenFlows(instance, token, node), true)
}

/** Goes on by these flows; by none, the token ends here. */
export function leaveBy(instance: InstanceDraft, token: TokenDraft, flows: readonly Flow[], lastFirst = false): void {
  const node = instance.nodeOf(token)
  rememberCompensation(instance, token, node)
  if (flows.length === 0) {
    endToken(instance, token)
    return
  }
  const outer = endActivity(instance, token)
  const [first, ...others] = flows
  const scope = instance.scope(outer.scopeId)
  const tokens: [TokenDraft, Flow][] = [[outer, first as Flow]]
  for (const flow of others) {
    const forked = forkToken(instance, scope)
    forked.node = node.id
    tokens.push([forked, flow])
  }
  // What is taken at once is taken in turn from the end; jobs are made in the order of the flows.
  for (const [each, flow] of lastFirst !== node.async.after ? tokens : tokens.reverse()) leaveByFlow(instance, each, node, flow)
}

function leaveByFlow(instance: InstanceDraft, token: TokenDraft, node: Node, flow: Flow): void {
  if (!node.async.after) {
    take(instance, token, flow)
    return
  }
  token.phase = 'async-after'
  token.flowId = flow.id
  createAsyncJob(instance, token, node, 'after')
}

function chosenFlows(instance: InstanceDraft, token: TokenDraft, node: Node): readonly Flow[] {
  const { outgoing, defaultFlow } = node
  if (outgoing.length === 0) return outgoing
  const place = placeOf(instance, token)
  const chosen = outgoing.filter((flow) => flow !== defaultFlow && (!flow.condition || holds(place, flow.condition)))
  if (chosen.length > 0) return chosen
  if (defaultFlow) return [defaultFlow]
  throw new Refusal(
    failure(
      'no-outgoing-flow',
      { activityId: node.id },
      `no outgoing sequence flow could be selected for continuing the process at '${node.id}'`,
    ),
  )
}

export interface EndOptions {
  readonly canceled?: boolean
  readonly completeScope?: boolean
  /** Runs after the end listeners, while the activity's scope is still there. */
  readonly beforeClose?: () => void
}

/** Ends the activity instance on which a token stands. Answers the token outside of the activity's scope. */
export function endActivity(instance: InstanceDraft, token: TokenDraft, options: EndOptions = {}): TokenDraft {
  const node = instance.nodeOf(token)
  const canceled = options.canceled ?? false
  const standing = instance.scopeOf(token)
  if (standing.compensating && standing.node === node.id) return closeScope(instance, standing)
  runListeners(placeOf(instance, token), node.endListeners, { eventName: 'end', canceled })
  const scope = node.isScope ? instance.scope(token.scopeId) : null
  if (scope && !node.isForCompensation && !(canceled && instance.run.env.compat.skipOutputMappingOnCancel))
    runOutputs(instance, scope, node)
  if (token.activityInstanceId !== null && !isSilent(node)) {
    instance.record({
      kind: 'activity-ended',
      activityInstanceId: token.activityInstanceId,
      activityId: node.id,
      canceled,
      completeScope: options.completeScope ?? false,
    })
  }
  options.beforeClose?.()
  if (scope) return closeScope(instance, scope)
  token.activityInstanceId = null
  return token
}

/** A token that goes nowhere any more: its path ends, and with the last one its scope. */
export function endToken(instance: InstanceDraft, token: TokenDraft, beforeClose: () => void = () => {}): void {
  const node = instance.nodeOf(token)
  const isCut = node.behavior.kind !== 'subprocess' || node.parent?.behavior.kind === 'multiInstanceBody'
  if (node.async.after && token.phase !== 'async-after' && isCut) {
    const outer = endActivity(instance, token, { completeScope: true, beforeClose })
    outer.phase = 'async-after'
    outer.flowId = null
    createAsyncJob(instance, outer, node, 'after')
    return
  }
  tokenEnded(instance, endActivity(instance, token, { completeScope: !node.isForCompensation, beforeClose }))
}

export function tokenEnded(instance: InstanceDraft, token: TokenDraft): void {
  const scope = instance.scopeOf(token)
  const scopeNode = instance.node(scope.node)
  const behavior = instance.run.behaviorOf(scopeNode)
  if (behavior.childEnded && !scope.compensating) {
    behavior.childEnded(instance, scope, token)
    return
  }
  if (instance.tokens.countOf(scope.id) > 1) {
    instance.tokens.remove(token.id)
    pruneScope(instance, scope)
    return
  }
  scopeCompleted(instance, scope, token)
}

/** The last token of a scope has ended: the scope's own node is left. */
export function scopeCompleted(instance: InstanceDraft, scope: ScopeDraft, last: TokenDraft): void {
  standOnScope(instance, scope, last)
  if (scope.compensating) {
    tokenEnded(instance, closeScope(instance, scope))
    return
  }
  instance.run.behaviorOf(instance.node(scope.node)).completed?.(instance, scope, instance.token(scope.id))
}

/** Whether a token is the one that stands for its scope's own node. */
export const standsForScope = (token: TokenDraft, scope: ScopeDraft): boolean =>
  token.childScopeId === null && token.activityInstanceId !== null && token.activityInstanceId === scope.activityInstanceId

/** Makes a token the one that stands for its scope's node, as it did when the scope opened. */
export function standOnScope(instance: InstanceDraft, scope: ScopeDraft, token: TokenDraft): TokenDraft {
  if (token.id !== scope.id) instance.tokens.rename(token.id, scope.id)
  token.node = scope.node
  token.phase = 'active'
  token.activityInstanceId = scope.activityInstanceId
  token.flowId = null
  token.vars = noVariables
  return token
}
