import type { EngineEvent } from '../process-engine.ts'
import { fromWireDate, toWireDate } from '../wire/date-time.ts'
import type { WireActivity } from './history.ts'
import { toInstance } from './instances.ts'
import type { HistoricInstance, RemoteContext } from './remote-context.ts'
import { toTask, type WireTask } from './tasks.ts'

interface HistoricTask {
  readonly id: string
  readonly taskDefinitionKey: string
  readonly processInstanceId: string
  readonly startTime: string
  readonly endTime: string | null
  readonly deleteReason: string | null
}

export interface FeedState {
  /** Epoch ms of the other engine's clock up to which everything has been told. */
  readonly cursor: number
  /** Keys of the events told since a little before the cursor: timestamps tie, and commits arrive late. */
  readonly told: ReadonlySet<string>
}

/** How far behind the cursor a look reaches, for commits that became visible late. */
const OVERLAP_MS = 5_000

/** Within one millisecond, which many activities share, the order is that of the other engine's counter. */
const inOrder = { sortBy: 'occurrence', sortOrder: 'asc' }

/**
 * What has happened on the other engine since the cursor, in the order in which it happened. At least once: a caller that
 * fails to handle the events keeps the old state and is told again.
 */
export async function readFeed(context: RemoteContext, state: FeedState): Promise<{ events: EngineEvent[]; next: FeedState }> {
  const after = toWireDate(state.cursor - OVERLAP_MS)
  const [startedTasks, endedTasks, startedActivities, endedActivities, startedInstances, endedInstances] = await Promise.all([
    context.rest.get<HistoricTask[]>('/history/task', { startedAfter: after }),
    context.rest.get<HistoricTask[]>('/history/task', { finishedAfter: after }),
    context.rest.get<WireActivity[]>('/history/activity-instance', { startedAfter: after, ...inOrder }),
    context.rest.get<WireActivity[]>('/history/activity-instance', { finishedAfter: after, ...inOrder }),
    context.rest.get<HistoricInstance[]>('/history/process-instance', { startedAfter: after }),
    context.rest.get<HistoricInstance[]>('/history/process-instance', { finishedAfter: after }),
  ])
  const found: { key: string; at: number; order: number; make(): Promise<EngineEvent | null> }[] = []
  const add = (key: string, at: string | null, order: number, make: (at: number) => Promise<EngineEvent | null>) => {
    const instant = at ? fromWireDate(at) : undefined
    if (instant !== undefined) found.push({ key, at: instant, order, make: () => make(instant) })
  }

  for (const instance of startedInstances)
    add(`i+${instance.id}`, instance.startTime, 0, async (at) => ({ kind: 'instance-started', instance: toInstance(instance), at }))
  for (const activity of startedActivities)
    add(`a+${activity.id}`, activity.startTime, 1, (at) => activityEvent(context, activity, 'activity-started', at))
  for (const task of startedTasks) {
    add(`t+${task.id}`, task.startTime, 2, async (at) => {
      const open = await context.rest.find<WireTask>(`/task/${task.id}`)
      return open ? { kind: 'task-created', task: await toTask(open, context), at } : null
    })
  }
  for (const task of endedTasks) {
    const reason = task.deleteReason === 'completed' ? 'completed' : 'cancelled'
    add(`t-${task.id}`, task.endTime, 3, async (at) => ({
      kind: 'task-ended',
      taskId: task.id,
      taskDefinitionKey: task.taskDefinitionKey,
      processInstanceId: task.processInstanceId,
      reason,
      at,
    }))
  }
  for (const activity of endedActivities)
    add(`a-${activity.id}`, activity.endTime, 4, (at) => activityEvent(context, activity, 'activity-ended', at))
  for (const instance of endedInstances) {
    add(`i-${instance.id}`, instance.endTime, 5, async (at) => ({
      kind: 'instance-ended',
      processInstanceId: instance.id,
      definitionKey: instance.processDefinitionKey,
      businessKey: instance.businessKey,
      tenantId: instance.tenantId,
      state: instance.state,
      at,
    }))
  }

  const fresh = found.filter(({ key }) => !state.told.has(key)).sort((a, b) => a.at - b.at || a.order - b.order)
  const events: EngineEvent[] = []
  for (const { make } of fresh) {
    const event = await make()
    if (event) events.push(event)
  }
  const cursor = Math.max(state.cursor, ...found.map(({ at }) => at))
  return { events, next: { cursor, told: new Set(found.filter(({ at }) => at > cursor - OVERLAP_MS * 2).map(({ key }) => key)) } }
}

async function activityEvent(
  context: RemoteContext,
  activity: WireActivity,
  kind: 'activity-started' | 'activity-ended',
  at: number,
): Promise<EngineEvent> {
  const owner = await context.instance(activity.processInstanceId)
  return {
    kind,
    activityId: activity.activityId,
    activityType: activity.activityType,
    activityInstanceId: activity.id,
    processInstanceId: activity.processInstanceId,
    definitionId: activity.processDefinitionId,
    businessKey: owner?.businessKey ?? null,
    tenantId: activity.tenantId,
    cancelled: activity.canceled,
    at,
  }
}
