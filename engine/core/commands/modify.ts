import type { InstanceCommand, Instruction, InstructionVariable } from '../command.ts'
import type { InstanceDraft, ScopeDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Run } from '../draft/run.ts'
import { addParallelInstance, multiInstanceOf } from '../elements/multi-instance-body.ts'
import { failure, Refusal } from '../failure.ts'
import { cancelScope, cancelTokens, deleteInstance } from '../flow/cancel.ts'
import { cancelBranch, cancelCall } from '../flow/cancel-branch.ts'
import { begin, enter, take } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { firstToken, forkToken } from '../flow/tokens.ts'
import { setLocalVariable, setScopeVariable, setVariable } from '../flow/variables.ts'
import type { Flow, Node } from '../model/node.ts'

type Start = Extract<Instruction, { readonly type: 'startBeforeActivity' | 'startAfterActivity' | 'startTransition' }>

/** Cancels and starts activities anywhere, in the given order, each to its end. */
export function modify(run: Run, command: Extract<InstanceCommand, { readonly kind: 'modify' }>): void {
  const instance = run.instance(command.instanceId)
  instance.requireActive()
  run.skipListeners = command.skipCustomListeners
  run.skipMappings = command.skipIoMappings
  applyInstructions(instance, command.instructions)
  if (!instance.ended && instance.tokens.countOf(instance.id) === 0) {
    const { superInstanceId, superTokenId } = instance.head
    deleteInstance(instance, { reason: null, external: !command.internal })
    if (superInstanceId !== null && superTokenId !== null) cancelCall(run.instance(superInstanceId), superTokenId, null)
  }
}

export function applyInstructions(instance: InstanceDraft, instructions: readonly Instruction[]): void {
  for (const instruction of instructions) {
    if (instance.ended) break
    if (instruction.type === 'cancel') cancel(instance, instruction)
    else startAnywhere(instance, instruction)
    instance.run.drain()
  }
}

const refused = (reason: string, activityId?: string): Refusal =>
  new Refusal(failure('modification-refused', { reason, ...(activityId === undefined ? {} : { activityId }) }, reason))

/** The instruction is sound, but cannot be followed here. */
const impossible = (reason: string, activityId: string): Refusal =>
  new Refusal(failure('modification-impossible', { reason, activityId }, reason))

function startAnywhere(instance: InstanceDraft, instruction: Start): void {
  const { model } = instance.definition
  let target: Node | Flow
  let node: Node
  if (instruction.type === 'startTransition') {
    const flow = model.flows.get(instruction.transitionId)
    if (!flow) throw refused(`there is no transition '${instruction.transitionId}'`)
    target = flow
    node = flow.source
  } else {
    const found = model.nodes.get(instruction.activityId)
    if (!found || found.behavior.kind === 'process')
      throw refused(`there is no activity '${instruction.activityId}'`, instruction.activityId)
    if (instruction.type === 'startBeforeActivity' && isCompensationEvent(found))
      throw impossible(`cannot start before activity '${found.id}': it is a compensation boundary event`, found.id)
    node = found
    target = found
    if (instruction.type === 'startAfterActivity') {
      const [flow, second] = found.outgoing
      if (!flow) throw impossible(`activity '${found.id}' has no outgoing sequence flow to take`, found.id)
      if (second) throw impossible(`activity '${found.id}' has more than one outgoing sequence flow`, found.id)
      target = flow
    }
  }
  const { scope, path } = findScope(instance, node, instruction.ancestorActivityInstanceId)
  const top = path[0] ?? ('source' in target ? null : target)
  descend(instance, tokenFor(instance, scope, top, target), path, target, instruction.variables ?? [])
}

const isCompensationEvent = ({ behavior }: Node): boolean => behavior.kind === 'boundaryEvent' && behavior.trigger.kind === 'compensate'

/** The living scope nearest to the node, and the scopes between them that must be opened first. */
function findScope(instance: InstanceDraft, node: Node, ancestorId: string | undefined): { scope: ScopeDraft; path: Node[] } {
  const path: Node[] = []
  const scopes = [...instance.scopes.all()]
  for (let parent = node.parent; parent; parent = parent.parent) {
    const living = scopes.filter((scope) => scope.node === parent.id)
    const chosen = ancestorId === undefined ? living : living.filter((scope) => scope.activityInstanceId === ancestorId)
    if (chosen.length > 1) throw new Refusal(failure('modification-ambiguous', { activityId: node.id, scopeId: parent.id }))
    if (chosen[0]) return { scope: instance.scope(chosen[0].id), path }
    path.unshift(parent)
  }
  throw refused(`scope '${ancestorId ?? ''}' is no ancestor of '${node.id}'`, node.id)
}

/** A token in the scope; an interrupting event or a terminate end event first does what it does when it comes by itself. */
function tokenFor(instance: InstanceDraft, scope: ScopeDraft, top: Node | null, target: Node | Flow): TokenDraft {
  const scopeNode = instance.node(scope.node)
  if (scopeNode.behavior.kind === 'multiInstanceBody') {
    const multi = multiInstanceOf(scopeNode)
    if (multi.sequential) throw impossible(`concurrent instantiation is not possible in sequential '${scopeNode.id}'`, scopeNode.id)
    return addParallelInstance(instance, scope, multi)
  }
  const behavior = top?.behavior
  if (top && behavior?.kind === 'boundaryEvent' && behavior.cancelActivity) {
    const host = [...instance.scopes.all()].find((each) => each.node === behavior.attachedTo.id && each.parentId === scope.id)
    if (host) return cancelScope(instance, instance.scope(host.id), { reason: `Cancelling activity Activity(${top.id}) executed.` })
  }
  if (top && behavior?.kind === 'intermediateCatch' && behavior.afterEventGateway) {
    const gateway = [...instance.scopes.all()].find((each) => each.node === top.eventScope?.id && each.parentId === scope.id)
    if (gateway) return cancelScope(instance, instance.scope(gateway.id), { reason: `Cancelling activity Activity(${top.id}) executed.` })
  }
  const start = behavior?.kind === 'eventSubprocess' && (top === target || behavior.start === target) ? behavior.start.behavior : null
  if (top && ((start?.kind === 'startEvent' && start.interrupting) || behavior?.kind === 'terminateEnd')) cancelTokens(instance, scope, top)
  return instance.tokens.countOf(scope.id) === 0 ? firstToken(instance, scope) : forkToken(instance, scope)
}

function descend(
  instance: InstanceDraft,
  token: TokenDraft,
  path: readonly Node[],
  target: Node | Flow,
  variables: readonly InstructionVariable[],
): void {
  const [next, ...rest] = path
  if (!next) {
    for (const { name, value, local } of variables) {
      if (local) setLocalVariable(placeOf(instance, token), name, value)
      else setVariable(placeOf(instance, token), name, value)
    }
    if ('source' in target) {
      token.node = target.source.id
      take(instance, token, target)
    } else enter(instance, token, target)
    return
  }
  token.node = next.id
  begin(instance, token, next, (inner, scope) => {
    if (!scope) return
    inner.activityInstanceId = null
    if (next.behavior.kind !== 'multiInstanceBody') descend(instance, inner, rest, target, variables)
    else descend(instance, onlyInstance(instance, scope, inner, next), rest, target, variables)
  })
}

/** A body that is entered by modification has one instance. */
function onlyInstance(instance: InstanceDraft, scope: ScopeDraft, inner: TokenDraft, body: Node): TokenDraft {
  const multi = multiInstanceOf(body)
  const set = (name: string, v: number): void => setScopeVariable(instance, scope, name, { t: 'Integer', v })
  set('nrOfInstances', multi.sequential ? 1 : 0)
  set('nrOfCompletedInstances', 0)
  set('nrOfActiveInstances', multi.sequential ? 1 : 0)
  if (multi.sequential) {
    set('loopCounter', 0)
    return inner
  }
  instance.tokens.remove(inner.id)
  return addParallelInstance(instance, scope, multi)
}

function cancel(instance: InstanceDraft, instruction: Extract<Instruction, { readonly type: 'cancel' }>): void {
  const { activityInstanceId, transitionInstanceId, activityId } = instruction
  if (activityInstanceId !== undefined) {
    const token = tokenOfActivityInstance(instance, activityInstanceId)
    if (activityInstanceId === instance.id) {
      for (const each of instance.tokensIn(instance.rootScope)) cancelBranch(instance, each)
    } else if (token) cancelBranch(instance, token)
    else throw refused(`activity instance '${activityInstanceId}' does not exist`)
    return
  }
  if (transitionInstanceId !== undefined) {
    const token = instance.tokens.edit(transitionInstanceId)
    if (!token || (token.phase !== 'async-before' && token.phase !== 'async-after'))
      throw refused(`transition instance '${transitionInstanceId}' does not exist`)
    cancelBranch(instance, token)
    return
  }
  const node = instance.definition.model.nodes.get(activityId ?? '')
  // An activity that the model does not have has no instances: nothing to cancel, as in Camunda.
  if (!node) return
  for (const token of standingOn(instance, node)) if (instance.isAlive(token)) cancelBranch(instance, token)
}

function tokenOfActivityInstance(instance: InstanceDraft, id: string): TokenDraft | null {
  for (const scope of instance.scopes.all())
    if (scope.activityInstanceId === id && scope.tokenId !== null) return instance.token(scope.tokenId)
  for (const token of instance.tokens.all()) if (token.activityInstanceId === id) return instance.token(token.id)
  return null
}

/** The tokens, outside of the node's own scope, that stand on a node or wait before or after it. */
function standingOn(instance: InstanceDraft, node: Node): TokenDraft[] {
  return [...instance.tokens.all()]
    .filter((token) => token.node === node.id && instance.scopes.get(token.scopeId)?.node !== node.id)
    .map((token) => instance.token(token.id))
}
