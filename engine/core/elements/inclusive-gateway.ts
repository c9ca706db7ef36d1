import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import { failure, Refusal } from '../failure.ts'
import { holds } from '../flow/evaluate.ts'
import { join, waitingAt } from '../flow/joins.ts'
import { placeOf } from '../flow/place.ts'
import type { Node } from '../model/node.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Inclusive gateway (BPMN 2.0.2 §13.3.3): joins when no other token of its scope can come to it any more. */
export const inclusiveGateway: ElementBehavior = {
  execute: (instance, token, node) => {
    token.phase = 'joining'
    if (isReady(instance, token, node)) open(instance, token, node)
  },
}

function isReady(instance: InstanceDraft, token: TokenDraft, node: Node): boolean {
  const waiting = waitingAt(instance, token, node)
  if (waiting.length >= node.incoming.length) return true
  if (node.behavior.kind !== 'inclusiveGateway') return false
  const { reachableFrom } = node.behavior
  return !instance.tokens.peek(token.scopeId).some((other) => {
    if (other.phase === 'joining' && other.node === node.id) return false
    const moving =
      other.flowId !== null && (other.phase === 'moving' || other.phase === 'async-after')
        ? instance.definition.model.flows.get(other.flowId)
        : undefined
    const at = moving ? moving.target.id : other.node
    return at !== null && (at === node.id || reachableFrom.has(at))
  })
}

function open(instance: InstanceDraft, token: TokenDraft, node: Node): void {
  const place = placeOf(instance, token)
  const { defaultFlow } = node
  const chosen = node.outgoing.filter((flow) => flow !== defaultFlow && (!flow.condition || holds(place, flow.condition)))
  const flows = chosen.length > 0 ? chosen : defaultFlow ? [defaultFlow] : []
  if (flows.length === 0 && node.outgoing.length > 0) {
    throw new Refusal(
      failure(
        'no-outgoing-flow',
        { activityId: node.id },
        `no outgoing sequence flow of the inclusive gateway '${node.id}' could be selected`,
      ),
    )
  }
  join(instance, token, waitingAt(instance, token, node), flows)
}

/** Joins that nobody else can reach any more since the step ended branches elsewhere. Opens one; answers whether it did. */
export function wakeInclusiveJoin(instance: InstanceDraft): boolean {
  if (!instance.definition.model.hasInclusiveGateway) return false
  for (const waiting of instance.tokens.all()) {
    if (waiting.phase !== 'joining') continue
    const node = instance.definition.model.nodes.get(waiting.node ?? '')
    if (node?.behavior.kind !== 'inclusiveGateway') continue
    const token = instance.token(waiting.id)
    if (!isReady(instance, token, node)) continue
    open(instance, token, node)
    return true
  }
  return false
}
