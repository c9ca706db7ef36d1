import type { EngineEvent, IncidentInfo, Incidents } from '../process-engine.ts'
import type { FeedStore } from './feed/feed-store.ts'
import type { OutboxStore } from './outbox/outbox-store.ts'
import { isOutage } from './rest-client.ts'

const ENGINE_AWAY = 'engineAway'
const NOWHERE = { processInstanceId: null, activityId: null, jobOrTaskId: null, tenantId: null }

/**
 * The other server's incidents, and what failed on the way to it (`failedCall`) or from it (`failedEvent`). While it does not answer,
 * that is an incident itself (`engineAway`), of every tenant: who looks for the reason is told it.
 */
export function withBorderIncidents(there: Incidents, outbox: OutboxStore, feed: FeedStore, now: () => number): Incidents {
  const away = (error: unknown): readonly IncidentInfo[] => {
    if (!isOutage(error)) throw error
    const message = error instanceof Error ? error.message : String(error)
    return [{ id: ENGINE_AWAY, type: ENGINE_AWAY, message, at: now(), ...NOWHERE }]
  }
  return {
    list: async (filter) => {
      const calls = (await outbox.failed()).map(
        (entry): IncidentInfo => ({
          id: entry.id,
          type: 'failedCall',
          message: `${entry.call}: ${entry.error ?? ''}`,
          processInstanceId: entry.instanceId,
          activityId: entry.activityId,
          jobOrTaskId: entry.id,
          tenantId: entry.tenantId,
          at: entry.failedAt ?? 0,
        }),
      )
      const events = (await feed.failed()).map(
        ({ key, event, error, at }): IncidentInfo => ({
          id: key,
          type: 'failedEvent',
          message: `${event.kind}: ${error}`,
          ...placeOf(event),
          jobOrTaskId: key,
          at,
        }),
      )
      const border = [...calls, ...events].filter(
        ({ tenantId, processInstanceId }) =>
          (filter.tenantId === undefined || tenantId === filter.tenantId) &&
          (filter.processInstanceId === undefined || processInstanceId === filter.processInstanceId),
      )
      const theirs = filter.processInstanceId === undefined ? await there.list(filter).catch(away) : await there.list(filter)
      return [...theirs, ...border]
    },
    resolve: async (id) => {
      if (!(await outbox.giveUp(id)) && !(await feed.giveUp(id))) await there.resolve(id)
    },
  }
}

function placeOf(event: EngineEvent): Pick<IncidentInfo, 'processInstanceId' | 'activityId' | 'tenantId'> {
  if (event.kind === 'task-created')
    return { processInstanceId: event.task.processInstanceId, activityId: event.task.taskDefinitionKey, tenantId: event.task.tenantId }
  return {
    processInstanceId: 'processInstanceId' in event ? event.processInstanceId : null,
    activityId: 'activityId' in event ? event.activityId : null,
    tenantId: 'tenantId' in event ? event.tenantId : null,
  }
}
