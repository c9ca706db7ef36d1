import type { ActivityHistory, History } from '../process-engine.ts'
import { fromWireDate } from '../wire/date-time.ts'
import type { RemoteContext } from './remote-context.ts'

export interface WireActivity {
  readonly id: string
  readonly parentActivityInstanceId: string
  readonly taskId: string | null
  readonly activityId: string
  readonly activityType: string
  readonly activityName: string | null
  readonly processInstanceId: string
  readonly processDefinitionId: string
  readonly rootProcessInstanceId: string
  readonly tenantId: string | null
  readonly startTime: string
  readonly endTime: string | null
  readonly canceled: boolean
}

export function remoteHistory({ rest, instance, aliases }: RemoteContext): History {
  return {
    activities: async ({ processInstanceId, rootProcessInstanceId }) => {
      const rootId = rootProcessInstanceId && (await aliases.remoteOf(rootProcessInstanceId))
      const members = processInstanceId
        ? [await aliases.remoteOf(processInstanceId)]
        : (await rest.get<{ id: string }[]>('/history/process-instance', { rootProcessInstanceId: rootId })).map((member) => member.id)
      const lists = await Promise.all(
        members.map((member) =>
          rest.get<WireActivity[]>('/history/activity-instance', { processInstanceId: member, sortBy: 'occurrence', sortOrder: 'asc' }),
        ),
      )
      return Promise.all(
        lists.flat().map(
          async (activity, seq): Promise<ActivityHistory> => ({
            activityInstanceId: activity.id,
            activityId: activity.activityId,
            activityType: activity.activityType,
            activityName: activity.activityName,
            processInstanceId: await aliases.localOf(activity.processInstanceId),
            startedAt: fromWireDate(activity.startTime) ?? 0,
            endedAt: activity.endTime ? (fromWireDate(activity.endTime) ?? null) : null,
            cancelled: activity.canceled,
            seq,
          }),
        ),
      )
    },
    instance: async (id) => {
      const known = await instance(await aliases.remoteOf(id))
      if (!known) return null
      return {
        id,
        definitionId: known.processDefinitionId,
        definitionKey: known.processDefinitionKey,
        businessKey: known.businessKey,
        state: known.state,
        startedAt: fromWireDate(known.startTime) ?? 0,
        endedAt: known.endTime ? (fromWireDate(known.endTime) ?? null) : null,
      }
    },
  }
}
