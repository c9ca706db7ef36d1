import type { Definition } from '../definition.ts'
import { emptyTables, type InstanceDraft } from '../draft/instance-draft.ts'
import type { Run } from '../draft/run.ts'
import type { InstanceEndState } from '../history-event.ts'
import { noVariables } from '../state.ts'
import type { Variables } from '../value.ts'
import { openSubscriptions, openTimers } from './events.ts'
import { closeIncidents } from './incidents.ts'
import { runListeners } from './listeners.ts'
import { placeOfScope } from './place.ts'
import { clearWaiting } from './scopes.ts'
import { setScopeVariable } from './variables.ts'

export interface NewInstance {
  readonly id: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  readonly caller: { readonly instanceId: string; readonly tokenId: string } | null
  readonly startActivityId: string
  readonly variables: Variables
  readonly transient?: readonly string[]
}

/** Creates an instance with its variables and the subscriptions of its event subprocesses. No token walks yet. */
export function createInstance(run: Run, definition: Definition, request: NewInstance): InstanceDraft {
  const { model } = definition
  const instance = run.add(
    {
      id: request.id,
      rootId: run.rootId,
      definitionId: definition.id,
      businessKey: request.businessKey,
      tenantId: request.tenantId,
      superInstanceId: request.caller?.instanceId ?? null,
      superTokenId: request.caller?.tokenId ?? null,
      suspended: false,
      startActivityId: request.startActivityId,
      startUserId: run.env.userId ?? null,
      startedAt: run.env.now,
      ...emptyTables,
    },
    definition,
  )
  const scope = instance.scopes.insert({
    id: request.id,
    parentId: null,
    tokenId: null,
    node: model.id,
    activityInstanceId: request.id,
    vars: noVariables,
    compensations: [],
  })
  instance.record({
    kind: 'instance-started',
    businessKey: request.businessKey,
    superInstanceId: request.caller?.instanceId ?? null,
    startActivityId: request.startActivityId,
    startUserId: run.env.userId ?? null,
  })
  const initiator = request.caller === null ? initiatorOf(definition) : null
  if (initiator !== null) {
    const userId = run.env.userId ?? null
    setScopeVariable(instance, scope, initiator, userId === null ? { t: 'Null', v: null } : { t: 'String', v: userId }, { initial: true })
  }
  const transient = new Set(request.transient)
  for (const [name, value] of Object.entries(request.variables)) {
    setScopeVariable(instance, scope, name, value, {
      initial: request.caller === null,
      transient: transient.has(name),
      ...(request.caller !== null && { setIn: null }),
    })
  }
  const ofThis = run.conditionEvents.filter((event) => event.instance === instance)
  run.conditionEvents = run.conditionEvents.filter((event) => event.instance !== instance)
  run.bornWith.set(instance, ofThis)
  return instance
}

/** The variable that holds who started the instance (`camunda:initiator`). */
function initiatorOf({ model }: Definition): string | null {
  for (const { nodeId } of model.starts) {
    const behavior = model.nodes.get(nodeId)?.behavior
    if (behavior?.kind === 'startEvent' && behavior.initiator !== null) return behavior.initiator
  }
  return null
}

/** The waiting events of the outermost scope. */
export function openInstance(instance: InstanceDraft): void {
  const { root } = instance.definition.model
  const scope = instance.rootScope
  instance.run.conditionEvents.push(...(instance.run.bornWith.get(instance) ?? []))
  openSubscriptions(instance, scope, root)
  openTimers(instance, scope, root)
}

/** The start listeners of the process: an asynchronous start runs them when it goes on. */
export function tellStart(instance: InstanceDraft): void {
  runListeners(placeOfScope(instance, instance.rootScope), instance.definition.model.root.startListeners, { eventName: 'start' })
}

/** The last token has ended. */
export function completeInstance(instance: InstanceDraft): void {
  const { head } = instance
  runListeners(placeOfScope(instance, instance.rootScope), instance.definition.model.root.endListeners, { eventName: 'end' })
  if (head.superInstanceId === null || head.superTokenId === null) {
    finishInstance(instance, 'COMPLETED', null)
    return
  }
  const caller = instance.run.instance(head.superInstanceId)
  caller.requireActive()
  const token = caller.token(head.superTokenId)
  const node = caller.nodeOf(token)
  finishInstance(instance, 'COMPLETED', null)
  caller.run.behaviorOf(node).calledEnded?.(caller, token, node, instance)
}

export function finishInstance(instance: InstanceDraft, state: InstanceEndState, deleteReason: string | null): void {
  const scope = instance.rootScope
  clearWaiting(instance, scope)
  closeIncidents(instance, scope.id)
  instance.record({ kind: 'instance-ended', state, endActivityId: instance.run.lastActivityId, deleteReason })
  instance.ended = true
}
