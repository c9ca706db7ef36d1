import { type ActivityInstanceNode, EngineError, type InstanceInfo, type Instances } from '../process-engine.ts'
import type { TypedValue } from '../wire/typed-value.ts'
import type { Aliases } from './aliases.ts'
import { fromWire, type HistoricInstance, type RemoteContext, tenantFilter, toWire } from './remote-context.ts'

interface HistoricVariable extends TypedValue {
  readonly name: string
  readonly activityInstanceId: string | null
}

export async function toInstance(known: HistoricInstance, aliases: Aliases): Promise<InstanceInfo> {
  return {
    id: await aliases.localOf(known.id),
    definitionId: known.processDefinitionId,
    definitionKey: known.processDefinitionKey,
    businessKey: known.businessKey,
    rootProcessInstanceId: await aliases.localOf(known.rootProcessInstanceId),
    superProcessInstanceId: known.superProcessInstanceId && (await aliases.localOf(known.superProcessInstanceId)),
    tenantId: known.tenantId,
    suspended: known.state === 'SUSPENDED',
    ended: known.endTime !== null,
  }
}

export function remoteInstances({ rest, instance, aliases, changed }: RemoteContext): Instances {
  const at = async (id: string) => `/process-instance/${await aliases.remoteOf(id)}`

  /** Variables of an ended instance, as they stood when it ended: an event of its last step may be told after it. */
  const lastVariables = async (remoteId: string) => {
    const found = await rest.get<HistoricVariable[]>('/history/variable-instance', {
      processInstanceId: remoteId,
      deserializeValues: false,
    })
    return fromWire(Object.fromEntries(found.filter((one) => one.activityInstanceId === remoteId).map((one) => [one.name, one])))
  }

  return {
    start: async (request) => {
      const definition = request.definitionId
        ? `/process-definition/${encodeURIComponent(request.definitionId)}`
        : `/process-definition/key/${encodeURIComponent(request.definitionKey ?? '')}${request.tenantId ? `/tenant-id/${encodeURIComponent(request.tenantId)}` : ''}`
      const started = await rest.send<{ id: string }>('POST', `${definition}/start`, {
        businessKey: request.businessKey ?? undefined,
        variables: toWire(request.variables),
      })
      changed()
      const known = await instance(started.id)
      if (!known) throw new EngineError('unknown-instance', `process instance ${started.id} is not there`, { instanceId: started.id })
      return toInstance(known, aliases)
    },
    byId: async (id) => {
      const known = await instance(await aliases.remoteOf(id))
      return known && known.endTime === null ? toInstance(known, aliases) : null
    },
    list: async ({ definitionKey, businessKey, tenantId, superProcessInstanceId, rootProcessInstanceId }) => {
      const found = await rest.get<HistoricInstance[]>('/history/process-instance', {
        unfinished: true,
        processInstanceBusinessKey: businessKey,
        processDefinitionKey: definitionKey,
        superProcessInstanceId: superProcessInstanceId && (await aliases.remoteOf(superProcessInstanceId)),
        rootProcessInstanceId: rootProcessInstanceId && (await aliases.remoteOf(rootProcessInstanceId)),
        ...tenantFilter(tenantId),
      })
      return Promise.all(found.map((known) => toInstance(known, aliases)))
    },
    variables: async (id) => {
      const found = await rest
        .find<Record<string, TypedValue>>(`${await at(id)}/variables?deserializeValues=false`)
        .catch((error: unknown) => {
          if (error instanceof EngineError && error.data.status === 500) return null
          throw error
        })
      return found ? fromWire(found) : lastVariables(await aliases.remoteOf(id))
    },
    setVariables: async (id, variables) => {
      await rest.send('POST', `${await at(id)}/variables`, { modifications: toWire(variables) })
      changed()
    },
    activityTree: async (id) => rest.find<ActivityInstanceNode>(`${await at(id)}/activity-instances`),
    modify: async (id, instructions) => {
      await rest.send('POST', `${await at(id)}/modification`, {
        instructions: instructions.map((instruction) =>
          'variables' in instruction && instruction.variables ? { ...instruction, variables: toWire(instruction.variables) } : instruction,
        ),
      })
      changed()
    },
    // The protocol takes a reason only where it deletes later, in a batch; at once it takes none.
    delete: async (id) => {
      await rest.send('DELETE', await at(id))
      changed()
    },
  }
}
