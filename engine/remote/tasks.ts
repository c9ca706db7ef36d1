import type { TaskInfo, Tasks } from '../process-engine.ts'
import { fromWireDate } from '../wire/date-time.ts'
import { type RemoteContext, tenantFilter, toWire } from './remote-context.ts'

export interface WireTask {
  readonly id: string
  readonly name: string | null
  readonly taskDefinitionKey: string
  readonly processInstanceId: string
  readonly processDefinitionId: string
  readonly executionId: string
  readonly tenantId: string | null
  readonly assignee: string | null
  readonly formKey: string | null
  readonly created: string
  readonly due: string | null
}

/** A task with what the protocol tells only by way of its instance. */
export async function toTask(wire: WireTask, { origin, aliases }: RemoteContext): Promise<TaskInfo> {
  const owner = await origin(wire.processInstanceId)
  return {
    id: await aliases.localOf(wire.id),
    name: wire.name,
    taskDefinitionKey: wire.taskDefinitionKey,
    processInstanceId: await aliases.localOf(wire.processInstanceId),
    rootProcessInstanceId: await aliases.localOf(owner?.rootProcessInstanceId ?? wire.processInstanceId),
    processDefinitionId: wire.processDefinitionId,
    processDefinitionKey: owner?.processDefinitionKey ?? wire.processDefinitionId.split(':')[0] ?? '',
    executionId: wire.executionId,
    businessKey: owner?.businessKey ?? null,
    tenantId: wire.tenantId,
    assignee: wire.assignee,
    formKey: wire.formKey ?? null,
    created: fromWireDate(wire.created) ?? 0,
    due: wire.due ? (fromWireDate(wire.due) ?? null) : null,
  }
}

export function remoteTasks(context: RemoteContext): Tasks {
  const { rest, aliases, changed } = context
  return {
    byId: async (id) => {
      const found = await rest.find<WireTask>(`/task/${await aliases.remoteOf(id)}`)
      return found ? toTask(found, context) : null
    },
    list: async ({ processInstanceId, rootProcessInstanceId, businessKey, taskDefinitionKey, tenantId }) => {
      const found = await rest.get<WireTask[]>('/task', {
        processInstanceId: processInstanceId && (await aliases.remoteOf(processInstanceId)),
        processInstanceBusinessKey: businessKey,
        taskDefinitionKey,
        sortBy: 'created',
        sortOrder: 'asc',
        ...tenantFilter(tenantId),
      })
      const tasks = await Promise.all(found.map((task) => toTask(task, context)))
      return rootProcessInstanceId === undefined ? tasks : tasks.filter((task) => task.rootProcessInstanceId === rootProcessInstanceId)
    },
    complete: async (id, variables) => {
      await rest.send('POST', `/task/${await aliases.remoteOf(id)}/complete`, { variables: toWire(variables) })
      changed()
    },
    setAssignee: async (id, assignee) => {
      await rest.send('POST', `/task/${await aliases.remoteOf(id)}/assignee`, { userId: assignee })
      changed()
    },
  }
}
