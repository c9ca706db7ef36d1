import type { Definition } from '../core/definition.ts'
import type { Instance, Scope, Token } from '../core/state.ts'
import type { ActivityInstanceNode } from '../process-engine.ts'

/** The tree of what is active in an instance, as Camunda's REST API shows it; built from the snapshot. */
export function activityTree(instance: Instance, definition: Definition): ActivityInstanceNode {
  const root = instance.scopes.get(instance.id)
  if (!root) throw new Error(`Instance ${instance.id} has no outermost scope.`)
  const tokensOf = new Map<string, Token[]>()
  for (const token of instance.tokens.values()) {
    const list = tokensOf.get(token.scopeId)
    if (list) list.push(token)
    else tokensOf.set(token.scopeId, [token])
  }
  const describe = (nodeId: string) => {
    const node = definition.model.nodes.get(nodeId)
    return { activityType: node?.activityType ?? '', activityName: node?.name ?? null }
  }
  const ofScope = (scope: Scope): ActivityInstanceNode => {
    const tokens = (tokensOf.get(scope.id) ?? []).sort((a, b) => a.seq - b.seq)
    const transitions = tokens.filter((token) => token.phase === 'async-before' || token.phase === 'async-after')
    const children = tokens.flatMap((token) => {
      const child = token.childScopeId === null ? undefined : instance.scopes.get(token.childScopeId)
      if (child && child.activityInstanceId !== scope.activityInstanceId) return [ofScope(child)]
      if (token.node === null || token.activityInstanceId === null || transitions.includes(token)) return []
      // The token that stands for the scope's own node, such as a task with a boundary event, is the scope.
      if (token.activityInstanceId === scope.activityInstanceId) return []
      return [leaf(token, token.node, token.activityInstanceId)]
    })
    return {
      id: scope.activityInstanceId,
      activityId: scope.node,
      ...describe(scope.node),
      executionIds: [scope.id],
      childActivityInstances: children,
      childTransitionInstances: transitions.map((token) => ({ id: token.id, activityId: token.node ?? '', executionId: token.id })),
    }
  }
  const leaf = (token: Token, node: string, id: string): ActivityInstanceNode => ({
    id,
    activityId: node,
    ...describe(node),
    executionIds: [token.id],
    childActivityInstances: [],
    childTransitionInstances: [],
  })
  return { ...ofScope(root), activityType: 'processDefinition' }
}
