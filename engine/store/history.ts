import type { HistoricTask, HistoryEvent } from '../core/history-event.ts'
import { writeDecisions } from './decision-history.ts'
import { writeRemoval, writeVariable } from './variable-history.ts'
import type { WriteSet } from './write-set.ts'

export interface HistoryContext {
  definitionKey(definitionId: string): string
  /** Days. */
  historyTtl(definitionId: string): number | null
  newId(): string
  /** Each change of a variable has a row of its own: history level full. */
  readonly keepsDetails: boolean
}

/** Writes one event to the tables of history. */
export function writeHistory(writes: WriteSet, event: HistoryEvent, context: HistoryContext): void {
  const definitionKey = context.definitionKey(event.definitionId)
  switch (event.kind) {
    case 'instance-started':
      writes.insert('hi_instance', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        super_instance_id: event.superInstanceId,
        business_key: event.businessKey,
        started_at: event.at,
        ended_at: null,
        start_user_id: event.startUserId,
        start_activity_id: event.startActivityId,
        end_activity_id: null,
        delete_reason: null,
        state: 'ACTIVE',
      })
      return
    case 'instance-migrated':
      writes.update('hi_instance', { instance_id: event.instanceId, definition_id: event.definitionId, definition_key: definitionKey })
      return
    case 'activity-migrated':
      writes.update('hi_activity', {
        instance_id: event.instanceId,
        activity_instance_id: event.activityInstanceId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        parent_activity_instance_id: event.parentActivityInstanceId,
        activity_id: event.activityId,
        activity_name: event.activityName,
        activity_type: event.activityType,
        execution_id: event.executionId,
      })
      return
    case 'task-migrated':
      writes.update('hi_task', {
        task_id: event.taskId,
        instance_id: event.instanceId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        task_definition_key: event.activityId,
      })
      return
    case 'instance-updated':
      writes.update('hi_instance', { instance_id: event.instanceId, state: event.state, business_key: event.businessKey })
      return
    case 'instance-ended':
      writes.update('hi_instance', {
        instance_id: event.instanceId,
        ended_at: event.at,
        state: event.state,
        end_activity_id: event.endActivityId,
        delete_reason: event.deleteReason,
        ...removal(event, context),
      })
      return
    case 'activity-started':
      writes.insert('hi_activity', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        activity_instance_id: event.activityInstanceId,
        seq: event.seq,
        parent_activity_instance_id: event.parentActivityInstanceId,
        execution_id: event.executionId,
        activity_id: event.activityId,
        activity_name: event.activityName,
        activity_type: event.activityType,
        task_id: null,
        assignee: null,
        called_instance_id: null,
        started_at: event.at,
        ended_at: null,
        canceled: 0,
        complete_scope: 0,
      })
      return
    case 'activity-updated':
      writes.update('hi_activity', {
        instance_id: event.instanceId,
        activity_instance_id: event.activityInstanceId,
        ...(event.executionId !== undefined && { execution_id: event.executionId }),
        ...(event.taskId !== undefined && { task_id: event.taskId }),
        ...(event.assignee !== undefined && { assignee: event.assignee }),
        ...(event.calledInstanceId !== undefined && { called_instance_id: event.calledInstanceId }),
      })
      return
    case 'activity-ended':
      writes.update('hi_activity', {
        instance_id: event.instanceId,
        activity_instance_id: event.activityInstanceId,
        ended_at: event.at,
        canceled: event.canceled ? 1 : 0,
        complete_scope: event.completeScope ? 1 : 0,
      })
      return
    case 'task-created':
      writes.insert('hi_task', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        task_id: event.taskId,
        execution_id: event.executionId,
        activity_instance_id: event.activityInstanceId,
        task_definition_key: event.activityId,
        name: event.task.name,
        name_lower: event.task.name?.toLowerCase() ?? null,
        description: event.task.description,
        owner: event.task.owner,
        assignee: event.task.assignee,
        priority: event.task.priority,
        due_at: event.task.due,
        follow_up_at: event.task.followUp,
        parent_task_id: event.task.parentTaskId,
        started_at: event.at,
        ended_at: null,
        delete_reason: null,
      })
      return
    case 'task-updated':
      writes.update('hi_task', { task_id: event.taskId, ...taskColumns(event.task) })
      return
    case 'task-ended':
      writes.update('hi_task', { task_id: event.taskId, ended_at: event.at, delete_reason: event.deleteReason })
      return
    case 'identity-link-added':
    case 'identity-link-deleted':
      writes.insert('hi_identity_link', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        task_id: event.taskId,
        log_id: context.newId(),
        at: event.at,
        operation: event.kind === 'identity-link-added' ? 'add' : 'delete',
        type: event.linkType,
        user_id: event.userId,
        group_id: event.groupId,
      })
      return
    case 'variable-created':
    case 'variable-updated':
      writeVariable(writes, event, definitionKey, context.keepsDetails ? context.newId() : null)
      return
    case 'variable-deleted':
      if (event.removed) writeRemoval(writes, event, definitionKey, context.keepsDetails ? context.newId() : null)
      return
    case 'incident-created':
      writes.insert('hi_incident', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        incident_id: event.incidentId,
        type: event.type,
        message: event.message,
        created_at: event.at,
        ended_at: null,
        state: 'open',
        execution_id: event.executionId,
        activity_id: event.activityId,
        failed_activity_id: event.failedActivityId,
        cause_incident_id: event.causeIncidentId,
        root_cause_incident_id: event.rootCauseIncidentId,
        configuration: event.configuration,
        job_definition_id: event.jobDefinitionId,
      })
      return
    case 'incident-ended':
      writes.update('hi_incident', { incident_id: event.incidentId, ended_at: event.at, state: event.state })
      return
    case 'incident-annotated':
      writes.update('hi_incident', { incident_id: event.incidentId, annotation: event.annotation })
      return
    case 'external-task-log':
      writes.insert('hi_external_task_log', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        external_task_id: event.externalTaskId,
        log_id: context.newId(),
        at: event.at,
        event: event.state,
        seq: event.seq,
        topic: event.topic,
        worker_id: event.workerId,
        priority: event.priority,
        retries: event.retries,
        error_message: event.errorMessage,
        error_details: event.errorDetails,
        activity_id: event.activityId,
        activity_instance_id: event.activityInstanceId,
        execution_id: event.executionId,
      })
      return
    case 'job-log':
      writes.insert('hi_job_log', {
        instance_id: event.instanceId,
        root_id: event.rootId,
        definition_id: event.definitionId,
        definition_key: definitionKey,
        tenant_id: event.tenantId,
        job_id: event.jobId,
        log_id: context.newId(),
        at: event.at,
        event: event.state,
        seq: event.seq,
        job_due_at: event.due,
        job_retries: event.retries,
        job_priority: event.priority,
        job_definition_id: event.jobDefinitionId,
        handler: event.handler,
        exception_message: event.errorMessage,
        exception_stack: event.errorStack,
        activity_id: event.activityId,
        failed_activity_id: event.failedActivityId,
        execution_id: event.executionId,
      })
      return
    case 'decision-evaluated':
      writeDecisions(writes, event, definitionKey, context)
      return
  }
}

/** History goes with its root: only the root's row says when. */
function removal(event: Extract<HistoryEvent, { kind: 'instance-ended' }>, context: HistoryContext): { readonly removal_at?: number } {
  const days = event.instanceId === event.rootId ? context.historyTtl(event.definitionId) : null
  return days === null ? {} : { removal_at: event.at + days * 86_400_000 }
}

const taskColumns = (task: HistoricTask) => ({
  name: task.name,
  name_lower: task.name?.toLowerCase() ?? null,
  description: task.description,
  owner: task.owner,
  assignee: task.assignee,
  priority: task.priority,
  due_at: task.due,
  follow_up_at: task.followUp,
  parent_task_id: task.parentTaskId,
})
