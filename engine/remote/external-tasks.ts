import type { ExternalTasks, LockedExternalTask } from '../process-engine.ts'
import { fromWireDate } from '../wire/date-time.ts'
import type { TypedValue } from '../wire/typed-value.ts'
import { fromWire, type RemoteContext, toWire } from './remote-context.ts'

interface WireExternalTask {
  readonly id: string
  readonly topicName: string
  readonly workerId: string
  readonly lockExpirationTime: string
  readonly activityId: string
  readonly processInstanceId: string
  readonly businessKey: string | null
  readonly tenantId: string | null
  readonly retries: number | null
  readonly variables: Record<string, TypedValue>
}

export function remoteExternalTasks({ rest, aliases, changed }: RemoteContext): ExternalTasks {
  const act = async (id: string, verb: string, body: unknown) => {
    await rest.send('POST', `/external-task/${id}/${verb}`, body)
    changed()
  }

  return {
    fetchAndLock: async ({ workerId, maxTasks, topics }) => {
      const found = await rest.send<WireExternalTask[]>('POST', '/external-task/fetchAndLock', {
        workerId,
        maxTasks,
        topics: topics.map(({ topicName, lockMs }) => ({ topicName, lockDuration: lockMs, deserializeValues: false })),
      })
      return Promise.all(
        found.map(
          async (task): Promise<LockedExternalTask> => ({
            id: task.id,
            topicName: task.topicName,
            workerId: task.workerId,
            lockExpiresAt: fromWireDate(task.lockExpirationTime) ?? 0,
            activityId: task.activityId,
            processInstanceId: await aliases.localOf(task.processInstanceId),
            businessKey: task.businessKey ?? null,
            tenantId: task.tenantId,
            retries: task.retries,
            variables: fromWire(task.variables),
          }),
        ),
      )
    },
    complete: async (id, { workerId, variables, localVariables }) => {
      await act(id, 'complete', { workerId, variables: toWire(variables), localVariables: toWire(localVariables) })
    },
    failure: async (id, { retryTimeoutMs, ...request }) => {
      await act(id, 'failure', { ...request, retryTimeout: retryTimeoutMs })
    },
    bpmnError: async (id, { variables, ...request }) => {
      await act(id, 'bpmnError', { ...request, variables: toWire(variables) })
    },
    setRetries: async (id, retries) => {
      await rest.send('PUT', `/external-task/${id}/retries`, { retries })
      changed()
    },
  }
}
