import type { HistoryEvent } from '../core/history-event.ts'
import type { EntityChange, IncidentRow, TaskRow } from '../core/projection-rows.ts'
import type { Family } from '../core/state.ts'
import type { EngineEvent, IncidentInfo, InstanceInfo, TaskInfo } from '../process-engine.ts'
import type { Done } from './ports.ts'

/** What listeners learn of a command, in the order in which it happened. */
export function engineEvents(before: Family | null, done: Done, definitionKey: (definitionId: string) => string): EngineEvent[] {
  const rows = new Map<string, EntityChange>()
  for (const change of done.changes) if (change.op !== 'delete') rows.set(`${change.kind}:${change.id}`, change)
  const events: EngineEvent[] = []
  let at = 0
  for (const event of done.history) {
    at = event.at
    const told = translate(event, rows, before, done, definitionKey)
    if (told) events.push(told)
  }
  if (hasNew(done, 'job')) events.push({ kind: 'jobs-created', at })
  if (hasNew(done, 'externalTask')) events.push({ kind: 'external-tasks-created', at })
  return events
}

const hasNew = (done: Done, kind: 'job' | 'externalTask') => done.changes.some((change) => change.kind === kind && change.op === 'insert')

function translate(
  event: HistoryEvent,
  rows: ReadonlyMap<string, EntityChange>,
  before: Family | null,
  done: Done,
  definitionKey: (definitionId: string) => string,
): EngineEvent | null {
  const { at, instanceId: processInstanceId } = event
  const instance = () => done.family.instances.get(processInstanceId) ?? before?.instances.get(processInstanceId)
  const businessKey = () => instance()?.businessKey ?? null
  switch (event.kind) {
    case 'instance-started': {
      const info: InstanceInfo = {
        id: processInstanceId,
        definitionId: event.definitionId,
        definitionKey: definitionKey(event.definitionId),
        businessKey: event.businessKey,
        rootProcessInstanceId: event.rootId,
        superProcessInstanceId: event.superInstanceId,
        tenantId: event.tenantId,
        suspended: false,
        ended: done.ended.includes(processInstanceId),
      }
      return { kind: 'instance-started', instance: info, at }
    }
    case 'instance-ended':
      return {
        kind: 'instance-ended',
        processInstanceId,
        definitionKey: definitionKey(event.definitionId),
        businessKey: businessKey() ?? startedKey(done, processInstanceId),
        tenantId: event.tenantId,
        state: event.state,
        at,
      }
    case 'activity-started':
    case 'activity-ended':
      return {
        kind: event.kind,
        activityId: event.activityId,
        activityType: event.kind === 'activity-started' ? event.activityType : typeOf(done, event.activityInstanceId),
        activityInstanceId: event.activityInstanceId,
        processInstanceId,
        rootProcessInstanceId: event.rootId,
        definitionId: event.definitionId,
        businessKey: businessKey() ?? startedKey(done, processInstanceId),
        tenantId: event.tenantId,
        cancelled: event.kind === 'activity-ended' && event.canceled,
        at,
      }
    case 'task-created': {
      const change = rows.get(`task:${event.taskId}`)
      // A task that ended in the same step was nobody's work.
      return change?.kind === 'task' && change.op !== 'delete' ? { kind: 'task-created', task: taskInfo(change.row), at } : null
    }
    case 'task-ended':
      return {
        kind: 'task-ended',
        taskId: event.taskId,
        taskDefinitionKey: event.activityId,
        processInstanceId,
        reason: event.reason === 'completed' ? 'completed' : 'cancelled',
        at,
      }
    case 'incident-created': {
      const change = rows.get(`incident:${event.incidentId}`)
      return change?.kind === 'incident' && change.op !== 'delete'
        ? { kind: 'incident-created', incident: incidentInfo(change.row), at }
        : null
    }
    default:
      return null
  }
}

/** The business key of an instance that started and ended in one step. */
function startedKey(done: Done, instanceId: string): string | null {
  for (const event of done.history) if (event.kind === 'instance-started' && event.instanceId === instanceId) return event.businessKey
  return null
}

function typeOf(done: Done, activityInstanceId: string): string {
  for (const event of done.history)
    if (event.kind === 'activity-started' && event.activityInstanceId === activityInstanceId) return event.activityType
  return ''
}

/** A task's index row as the port shows it. */
export const taskInfo = (row: TaskRow): TaskInfo => ({
  id: row.id,
  name: row.name,
  taskDefinitionKey: row.activityId,
  processInstanceId: row.instanceId,
  rootProcessInstanceId: row.rootId,
  processDefinitionId: row.definitionId,
  processDefinitionKey: row.definitionKey,
  executionId: row.executionId,
  businessKey: row.businessKey,
  tenantId: row.tenantId,
  assignee: row.assignee,
  formKey: row.formKey,
  created: row.createdAt,
  due: row.due,
})

const incidentInfo = (row: IncidentRow): IncidentInfo => ({
  id: row.id,
  type: row.type,
  message: row.message,
  processInstanceId: row.instanceId,
  activityId: row.activityId,
  jobOrTaskId: row.configuration,
  tenantId: row.tenantId,
  at: row.createdAt,
})
