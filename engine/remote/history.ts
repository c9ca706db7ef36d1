import type { ActivityHistory, History } from '../process-engine.ts'
import { fromWireDate } from '../wire/date-time.ts'
import type { RemoteContext } from './remote-context.ts'

export interface WireActivity {
  readonly id: string
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

export function remoteHistory({ rest, instance }: RemoteContext): History {
  return {
    activities: async ({ processInstanceId, rootProcessInstanceId }) => {
      const members = processInstanceId
        ? [processInstanceId]
        : (await rest.get<{ id: string }[]>('/history/process-instance', { rootProcessInstanceId })).map((member) => member.id)
      const lists = await Promise.all(
        members.map((member) =>
          rest.get<WireActivity[]>('/history/activity-instance', { processInstanceId: member, sortBy: 'occurrence', sortOrder: 'asc' }),
        ),
      )
      return lists.flat().map(
        (activity, seq): ActivityHistory => ({
          activityInstanceId: activity.id,
          activityId: activity.activityId,
          activityType: activity.activityType,
          activityName: activity.activityName,
          processInstanceId: activity.processInstanceId,
          startedAt: fromWireDate(activity.startTime) ?? 0,
          endedAt: activity.endTime ? (fromWireDate(activity.endTime) ?? null) : null,
          cancelled: activity.canceled,
          seq,
        }),
      )
    },
    instance: async (id) => {
      const known = await instance(id)
      if (!known) return null
      return {
        id: known.id,
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
