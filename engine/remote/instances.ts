import { type ActivityInstanceNode, EngineError, type InstanceInfo, type Instances } from '../process-engine.ts'
import type { TypedValue } from '../wire/typed-value.ts'
import { fromWire, type HistoricInstance, type RemoteContext, refuseTx, tenantFilter, toWire } from './remote-context.ts'

interface WireInstance {
  readonly id: string
  readonly definitionId: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  readonly suspended: boolean
  readonly ended: boolean
}

export const toInstance = (known: HistoricInstance): InstanceInfo => ({
  id: known.id,
  definitionId: known.processDefinitionId,
  definitionKey: known.processDefinitionKey,
  businessKey: known.businessKey,
  rootProcessInstanceId: known.rootProcessInstanceId,
  superProcessInstanceId: known.superProcessInstanceId,
  tenantId: known.tenantId,
  suspended: known.state === 'SUSPENDED',
  ended: known.endTime !== null,
})

export function remoteInstances({ rest, instance, changed }: RemoteContext): Instances {
  const known = async (id: string) => {
    const found = await instance(id)
    if (!found) throw new EngineError('unknown-instance', `process instance ${id} is not there`, { instanceId: id })
    return toInstance(found)
  }

  return {
    start: async (request, tx) => {
      refuseTx(tx)
      const at = request.definitionId
        ? `/process-definition/${encodeURIComponent(request.definitionId)}`
        : `/process-definition/key/${encodeURIComponent(request.definitionKey ?? '')}${request.tenantId ? `/tenant-id/${encodeURIComponent(request.tenantId)}` : ''}`
      const started = await rest.send<WireInstance>('POST', `${at}/start`, {
        businessKey: request.businessKey ?? undefined,
        variables: toWire(request.variables),
      })
      changed()
      return known(started.id)
    },
    byId: async (id) => {
      const running = await rest.find<WireInstance>(`/process-instance/${id}`)
      return running ? known(id) : null
    },
    list: async (filter) => {
      const { definitionKey, businessKey, tenantId, superProcessInstanceId, rootProcessInstanceId } = filter
      const found = await rest.get<WireInstance[]>('/process-instance', {
        businessKey,
        processDefinitionKey: definitionKey,
        superProcessInstance: superProcessInstanceId,
        rootProcessInstanceId,
        ...tenantFilter(tenantId),
      })
      return Promise.all(found.map((running) => known(running.id)))
    },
    variables: async (id) =>
      fromWire(await rest.get<Record<string, TypedValue>>(`/process-instance/${id}/variables`, { deserializeValues: false })),
    setVariables: async (id, variables, tx) => {
      refuseTx(tx)
      await rest.send('POST', `/process-instance/${id}/variables`, { modifications: toWire(variables) })
      changed()
    },
    activityTree: (id) => rest.find<ActivityInstanceNode>(`/process-instance/${id}/activity-instances`),
    modify: async (id, instructions, tx) => {
      refuseTx(tx)
      await rest.send('POST', `/process-instance/${id}/modification`, {
        instructions: instructions.map((instruction) =>
          'variables' in instruction && instruction.variables ? { ...instruction, variables: toWire(instruction.variables) } : instruction,
        ),
      })
      changed()
    },
    // The protocol takes a reason only where it deletes later, in a batch; at once it takes none.
    delete: async (id, _reason, tx) => {
      refuseTx(tx)
      await rest.send('DELETE', `/process-instance/${id}`)
      changed()
    },
  }
}
