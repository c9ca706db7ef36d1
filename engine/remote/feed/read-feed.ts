import type { EngineEvent } from '../../process-engine.ts'
import { fromWireDate, toWireDate } from '../../wire/date-time.ts'
import type { WireActivity } from '../history.ts'
import { toInstance } from '../instances.ts'
import type { HistoricInstance, RemoteContext } from '../remote-context.ts'
import { toTask, type WireTask } from '../tasks.ts'
import { inCausalOrder, type Moment, type Moved } from './causal-order.ts'

/** Something that happened on the other server. `make` reads what the event tells; null when that is over already. */
export interface FeedEntry {
  /** The same at every look. */
  readonly key: string
  readonly at: number
  make(): Promise<EngineEvent | null>
}

export const taskCreatedKey = (remoteTaskId: string) => `t+${remoteTaskId}`
export const taskEndedKey = (remoteTaskId: string) => `t-${remoteTaskId}`

interface MovedActivity extends Moved {
  readonly wire: WireActivity
}

/** What has happened on the other server after `since` (epoch ms of its clock), in the order in which it happened. */
export async function readFeed(context: RemoteContext, since: number): Promise<readonly FeedEntry[]> {
  const { rest } = context
  const after = toWireDate(since)
  const inOrder = { sortBy: 'occurrence', sortOrder: 'asc' }
  const [started, ended, startedInstances, endedInstances] = await Promise.all([
    rest.get<WireActivity[]>('/history/activity-instance', { startedAfter: after, ...inOrder }),
    rest.get<WireActivity[]>('/history/activity-instance', { finishedAfter: after, ...inOrder }),
    rest.get<HistoricInstance[]>('/history/process-instance', { startedAfter: after }),
    rest.get<HistoricInstance[]>('/history/process-instance', { finishedAfter: after }),
  ])
  const begun = startedInstances.map((instance) => instanceStarted(context, instance))
  const moved = inCausalOrder(activitiesOf(started, ended)).flatMap((moment) => activityEntries(context, moment))
  const over = endedInstances.map((instance) => instanceEnded(context, instance))
  // Of one millisecond: instances begin, then what happens in them, then they end. The sort is stable.
  return [...begun, ...moved, ...over].sort((a, b) => a.at - b.at)
}

const instantOf = (date: string | null) => (date === null ? null : (fromWireDate(date) ?? null))

function activitiesOf(started: readonly WireActivity[], ended: readonly WireActivity[]): readonly MovedActivity[] {
  const all = new Map<string, MovedActivity>()
  const add = (wire: WireActivity, change: Partial<Moved>) => {
    const known = all.get(wire.id) ?? { id: wire.id, parentId: wire.parentActivityInstanceId, startedAt: null, endedAt: null, wire }
    all.set(wire.id, { ...known, wire, ...change })
  }
  for (const wire of started) add(wire, { startedAt: instantOf(wire.startTime) })
  for (const wire of ended) add(wire, { endedAt: instantOf(wire.endTime) })
  return [...all.values()]
}

function activityEntries(context: RemoteContext, { kind, at, activity: { wire } }: Moment<MovedActivity>): readonly FeedEntry[] {
  const { taskId } = wire
  const activity: FeedEntry = {
    key: `${kind === 'started' ? 'a+' : 'a-'}${wire.id}`,
    at,
    make: () => activityEvent(context, wire, kind === 'started' ? 'activity-started' : 'activity-ended', at),
  }
  if (taskId === null) return [activity]
  if (kind === 'started') return [activity, { key: taskCreatedKey(taskId), at, make: () => taskCreated(context, taskId, at) }]
  const reason = wire.canceled ? 'cancelled' : 'completed'
  return [{ key: taskEndedKey(taskId), at, make: () => taskEnded(context, taskId, wire, reason, at) }, activity]
}

export async function taskCreated(context: RemoteContext, taskId: string, at: number): Promise<EngineEvent | null> {
  const open = await context.rest.find<WireTask>(`/task/${taskId}`)
  return open && { kind: 'task-created', task: await toTask(open, context), at }
}

export async function taskEnded(
  { aliases }: RemoteContext,
  taskId: string,
  owner: { readonly activityId: string; readonly processInstanceId: string },
  reason: 'completed' | 'cancelled',
  at: number,
): Promise<EngineEvent> {
  return {
    kind: 'task-ended',
    taskId: await aliases.localOf(taskId),
    taskDefinitionKey: owner.activityId,
    processInstanceId: await aliases.localOf(owner.processInstanceId),
    reason,
    at,
  }
}

function instanceStarted({ aliases }: RemoteContext, instance: HistoricInstance): FeedEntry {
  const at = instantOf(instance.startTime) ?? 0
  return {
    key: `i+${instance.id}`,
    at,
    make: async () => ({ kind: 'instance-started', instance: await toInstance(instance, aliases), at }),
  }
}

function instanceEnded({ aliases }: RemoteContext, instance: HistoricInstance): FeedEntry {
  const at = instantOf(instance.endTime) ?? 0
  return {
    key: `i-${instance.id}`,
    at,
    make: async () => ({
      kind: 'instance-ended',
      processInstanceId: await aliases.localOf(instance.id),
      definitionKey: instance.processDefinitionKey,
      businessKey: instance.businessKey,
      tenantId: instance.tenantId,
      state: instance.state,
      at,
    }),
  }
}

async function activityEvent(
  { origin, aliases }: RemoteContext,
  activity: WireActivity,
  kind: 'activity-started' | 'activity-ended',
  at: number,
): Promise<EngineEvent> {
  const owner = await origin(activity.processInstanceId)
  return {
    kind,
    activityId: activity.activityId,
    activityType: activity.activityType,
    activityInstanceId: activity.id,
    processInstanceId: await aliases.localOf(activity.processInstanceId),
    rootProcessInstanceId: await aliases.localOf(owner?.rootProcessInstanceId ?? activity.processInstanceId),
    definitionId: activity.processDefinitionId,
    businessKey: owner?.businessKey ?? null,
    tenantId: activity.tenantId,
    cancelled: activity.canceled,
    at,
  }
}
