import type { Definition } from './definition.ts'
import type { Incident, Instance, Scope, Token } from './state.ts'

/** Camunda's activity instance tree. `activityId` of the root is the definition's id. */
export interface ActivityInstance {
  readonly id: string
  readonly parentActivityInstanceId: string | null
  readonly activityId: string
  readonly activityName: string | null
  readonly activityType: string
  readonly executionIds: readonly string[]
  readonly childActivityInstances: readonly ActivityInstance[]
  readonly childTransitionInstances: readonly TransitionInstance[]
  readonly incidents: readonly Incident[]
}

/** A token at an asynchronous continuation; its id is the execution's. */
export interface TransitionInstance {
  readonly id: string
  readonly parentActivityInstanceId: string
  readonly activityId: string
  readonly activityName: string | null
  readonly activityType: string
  readonly executionId: string
  readonly incidents: readonly Incident[]
}

/** The tree of a running instance, from its snapshot. */
export function activityTree(definition: Definition, instance: Instance): ActivityInstance {
  const tokensOf = new Map<string, Token[]>()
  for (const token of instance.tokens.values()) {
    const list = tokensOf.get(token.scopeId)
    if (list) list.push(token)
    else tokensOf.set(token.scopeId, [token])
  }
  const incidentsOf = (executionId: string): Incident[] =>
    [...instance.incidents.values()].filter((incident) => incident.executionId === executionId)
  const { model } = definition
  const children = new Map<string, ActivityInstance[]>()
  const root = instance.scopes.get(instance.id) as Scope
  return { ...ofScope(root, null), activityId: definition.id, activityName: definition.model.name, activityType: 'processDefinition' }

  function ofScope(scope: Scope, parentId: string | null): ActivityInstance {
    const node = model.nodes.get(scope.node)
    const children = childrenOf(scope)
    const transitions: TransitionInstance[] = []
    for (const token of [...(tokensOf.get(scope.id) ?? [])].sort((a, b) => a.seq - b.seq)) {
      const child = token.childScopeId === null ? undefined : instance.scopes.get(token.childScopeId)
      if (child) addChild(child, scope)
      else if (token.phase === 'async-before' || token.phase === 'async-after') transitions.push(ofTransition(token, scope))
      else if (token.activityInstanceId !== null && token.activityInstanceId !== scope.activityInstanceId)
        children.push(ofToken(token, scope))
    }
    return {
      id: scope.activityInstanceId,
      parentActivityInstanceId: parentId,
      activityId: scope.node,
      activityName: node?.name ?? null,
      activityType: node?.activityType ?? '',
      executionIds: [scope.id, ...branchesOf(scope)],
      childActivityInstances: children,
      childTransitionInstances: transitions,
      incidents: incidentsOf(scope.id).filter((incident) => !transitions.some((each) => each.executionId === incident.executionId)),
    }
  }

  /** Concurrent branches that only hold a scope: they execute nothing themselves, so they count as their parent's. */
  function branchesOf(scope: Scope): readonly string[] {
    const branches = (tokensOf.get(scope.id) ?? []).filter(({ id, childScopeId }) => childScopeId !== null && id !== scope.id)
    return branches.sort((a, b) => a.seq - b.seq).map(({ id }) => id)
  }

  function childrenOf(scope: Scope): ActivityInstance[] {
    const list = children.get(scope.id) ?? []
    children.set(scope.id, list)
    return list
  }

  /** A throwing compensation event is a leaf; the handlers that it started stand in the scope that they are drawn in. */
  function addChild(child: Scope, parent: Scope): void {
    const whole = ofScope(child, parent.activityInstanceId)
    const kind = model.nodes.get(child.node)?.behavior.kind
    if (kind !== 'compensationThrow' && kind !== 'cancelEnd') {
      childrenOf(parent).push(whole)
      return
    }
    childrenOf(parent).push({ ...whole, childActivityInstances: [] })
    for (const handler of whole.childActivityInstances) {
      const drawnIn = model.nodes.get(handler.activityId)?.parent?.id
      let scope: Scope | undefined = parent
      while (scope && scope.node !== drawnIn) scope = scope.parentId === null ? undefined : instance.scopes.get(scope.parentId)
      const target = scope ?? parent
      childrenOf(target).push({ ...handler, parentActivityInstanceId: target.activityInstanceId })
    }
  }

  function ofToken(token: Token, scope: Scope): ActivityInstance {
    const node = model.nodes.get(token.node ?? '')
    return {
      id: token.activityInstanceId as string,
      parentActivityInstanceId: scope.activityInstanceId,
      activityId: token.node ?? '',
      activityName: node?.name ?? null,
      activityType: node?.activityType ?? '',
      executionIds: [token.id],
      childActivityInstances: [],
      childTransitionInstances: [],
      incidents: incidentsOf(token.id),
    }
  }

  function ofTransition(token: Token, scope: Scope): TransitionInstance {
    const node = model.nodes.get(token.node ?? '')
    return {
      id: token.id,
      parentActivityInstanceId: scope.activityInstanceId,
      activityId: token.node ?? '',
      activityName: node?.name ?? null,
      activityType: node?.activityType ?? '',
      executionId: token.id,
      incidents: incidentsOf(token.id),
    }
  }
}
