import type { Definition } from '../definition.ts'
import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { DefinitionRef } from '../env.ts'
import { failure, Refusal } from '../failure.ts'
import { mappedVariables, passOutputs } from '../flow/call-mappings.ts'
import { evaluateNumber, evaluateString, evaluateText } from '../flow/evaluate.ts'
import { createInstance } from '../flow/instances.ts'
import { leave } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { startAt, startNodeOf } from '../flow/start.ts'
import type { CalledElement, Node } from '../model/node.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Call activity (BPMN 2.0.2 §13.3.5): runs another process as an instance of its own in the same family. */
export const callActivity: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'callActivity') return
    const { called } = node.behavior
    refuseTooDeep(instance)
    const definition = calledDefinition(instance, token, node, called)
    const place = placeOf(instance, token)
    const start = startNodeOf(definition)
    const variables = mappedVariables(place, called.inputs)
    const child = createInstance(instance.run, definition, {
      id: instance.run.newId(),
      businessKey: evaluateText(place, called.businessKey),
      tenantId: definition.tenantId ?? instance.head.tenantId,
      caller: { instanceId: instance.id, tokenId: token.id },
      startActivityId: start.id,
      variables,
    })
    token.calledInstanceId = child.id
    instance.record({ kind: 'activity-updated', activityInstanceId: token.activityInstanceId as string, calledInstanceId: child.id })
    startAt(child, start)
  },
  calledEnded: (instance, token, _node, called) => {
    passOutputs(instance, token, called)
    token.calledInstanceId = null
    instance.run.pushFor(instance, token, () => leave(instance, token))
  },
}

/** Processes that call each other in a circle would never come to rest. */
const maxDepth = 100

function refuseTooDeep(instance: InstanceDraft): void {
  let depth = 0
  for (let caller: InstanceDraft | undefined = instance; caller; depth += 1) {
    if (depth > maxDepth) throw new Refusal(failure('loop-detected', { instanceId: instance.run.rootId, operations: depth }))
    caller = caller.head.superInstanceId === null ? undefined : caller.run.findInstance(caller.head.superInstanceId)
  }
}

function calledDefinition(instance: InstanceDraft, token: TokenDraft, node: Node, called: CalledElement): Definition {
  const place = placeOf(instance, token)
  const key = evaluateString(place, called.key, 'calledElement') ?? ''
  const tenantId = called.tenantId ? evaluateString(place, called.tenantId, 'calledElementTenantId') : instance.definition.tenantId
  return instance.run.definition(refOf())

  function refOf(): DefinitionRef {
    switch (called.binding) {
      case 'deployment':
        return { by: 'deployment', key, deploymentId: instance.definition.deploymentId, tenantId }
      case 'version':
        return { by: 'version', key, version: called.version ? evaluateNumber(place, called.version, 'calledElementVersion') : 0, tenantId }
      case 'versionTag': {
        const versionTag = evaluateText(place, called.versionTag)
        if (versionTag === null) throw new Refusal(failure('invalid-value', { what: 'calledElementVersionTag', text: node.id }))
        return { by: 'versionTag', key, versionTag, tenantId }
      }
      default:
        return { by: 'latest', key, tenantId }
    }
  }
}
