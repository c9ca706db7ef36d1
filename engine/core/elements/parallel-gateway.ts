import { join, waitingAt } from '../flow/joins.ts'
import type { Token } from '../state.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Parallel gateway (BPMN 2.0.2 §13.3.1). As Camunda counts tokens it does not look by which flows they came, unless told to. */
export const parallelGateway: ElementBehavior = {
  execute: (instance, token, node) => {
    token.phase = 'joining'
    const waiting = waitingAt(instance, token, node)
    const needed = node.incoming.length
    if (instance.run.env.compat.parallelJoinCountsTokens) {
      if (waiting.length >= needed) join(instance, token, waiting, node.outgoing)
      return
    }
    const byFlow = new Map<string, Token>()
    for (const each of waiting) if (each.flowId !== null && !byFlow.has(each.flowId)) byFlow.set(each.flowId, each)
    if (byFlow.size >= needed) join(instance, token, [...byFlow.values()], node.outgoing)
  },
}
