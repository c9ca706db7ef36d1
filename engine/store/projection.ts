import type { SqlValue } from '../../database/database.ts'
import type { EntityChange, RowKind, Rows } from '../core/projection-rows.ts'
import { valueRow } from '../runtime/value-columns.ts'
import type { TableName } from './tables.ts'
import type { Row, WriteSet } from './write-set.ts'

const tableOf: Readonly<Record<RowKind, TableName>> = {
  instance: 'ru_instance',
  execution: 'ru_execution',
  variable: 'ru_variable',
  task: 'ru_task',
  identityLink: 'ru_identity_link',
  job: 'ru_job',
  subscription: 'ru_subscription',
  externalTask: 'ru_external_task',
  incident: 'ru_incident',
}

/** The column of an index row's own id. */
const idColumn: Readonly<Record<RowKind, string>> = {
  instance: 'instance_id',
  execution: 'execution_id',
  variable: 'variable_id',
  task: 'task_id',
  identityLink: 'identity_link_id',
  job: 'job_id',
  subscription: 'subscription_id',
  externalTask: 'external_task_id',
  incident: 'incident_id',
}

/** Writes one change of the core's index rows. Instances are written elsewhere, together with their snapshots. */
export function writeChange(writes: WriteSet, change: EntityChange): void {
  if (change.kind === 'instance') return
  const table = tableOf[change.kind]
  if (change.op === 'delete') {
    const key: Record<string, SqlValue> = { [idColumn[change.kind]]: change.id, instance_id: change.instanceId }
    if (change.kind === 'identityLink') key.task_id = change.taskId
    writes.delete(table, key)
    return
  }
  const row = projectionRow(change.kind, change.row)
  if (change.op === 'insert') writes.insert(table, row)
  // A job's lock belongs to the pump and stays as it is; everything else is written over.
  else if (change.kind === 'job') writes.update(table, row)
  else writes.upsert(table, row)
}

/** The table and row of an index row: what the projection of a snapshot must equal. */
export function projectionRow<K extends RowKind>(kind: K, row: Rows[K]): Row {
  return builders[kind](row)
}

export const projectionTable = (kind: RowKind): TableName => tableOf[kind]

const builders: { readonly [K in RowKind]: (row: Rows[K]) => Row } = {
  instance: (row) => ({
    instance_id: row.id,
    root_id: row.rootId,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    business_key: row.businessKey,
    super_instance_id: row.superInstanceId,
    super_execution_id: row.superExecutionId,
    tenant_id: row.tenantId,
    suspended: row.suspended,
    started_at: row.startedAt,
  }),
  execution: (row) => ({
    instance_id: row.instanceId,
    execution_id: row.id,
    root_id: row.rootId,
    parent_id: row.parentId,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    activity_id: row.activityId,
    activity_type: row.activityType,
    activity_instance_id: row.activityInstanceId,
    scope_node: row.scopeNode,
    phase: row.phase,
    is_active: row.isActive,
    is_scope: row.isScope,
    is_concurrent: row.isConcurrent,
    is_transition: row.isTransition,
    suspended: row.suspended,
    tenant_id: row.tenantId,
    seq: row.seq,
  }),
  variable: (row) => {
    const value = valueRow(row.value)
    return {
      instance_id: row.instanceId,
      variable_id: row.id,
      root_id: row.rootId,
      execution_id: row.executionId,
      task_id: row.taskId,
      activity_instance_id: row.activityInstanceId,
      name: row.name,
      type: row.value.t,
      text_value: value.text_value,
      long_value: value.long_value,
      double_value: value.double_value,
      json_value: value.json_value,
      created_at: row.createdAt,
      tenant_id: row.tenantId,
    }
  },
  task: (row) => ({
    task_id: row.id,
    instance_id: row.instanceId,
    root_id: row.rootId,
    execution_id: row.executionId,
    activity_instance_id: row.activityInstanceId,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    task_definition_key: row.activityId,
    name: row.name,
    name_lower: row.name?.toLowerCase() ?? null,
    description: row.description,
    owner: row.owner,
    assignee: row.assignee,
    delegation_state: row.delegation,
    priority: row.priority,
    due_at: row.due,
    follow_up_at: row.followUp,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    form_key: row.formKey,
    form_ref: row.formRefKey,
    form_ref_binding: row.formRefBinding,
    form_ref_version: row.formRefVersion === null ? null : String(row.formRefVersion),
    parent_task_id: row.parentTaskId,
    business_key: row.businessKey,
    tenant_id: row.tenantId,
    suspended: row.suspended,
  }),
  identityLink: (row) => ({
    task_id: row.taskId,
    identity_link_id: row.id,
    root_id: row.rootId,
    instance_id: row.instanceId,
    definition_id: null,
    type: row.type,
    user_id: row.userId,
    group_id: row.groupId,
    tenant_id: row.tenantId,
  }),
  job: (row) => ({
    job_id: row.id,
    handler: row.handler,
    declaration: row.declaration,
    job_definition_id: row.jobDefinitionId,
    instance_id: row.instanceId,
    root_id: row.rootId,
    execution_id: row.executionId,
    activity_id: row.activityId,
    failed_activity_id: row.failedActivityId,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    due_at: row.due,
    retries: row.retries,
    exclusive: row.exclusive,
    priority: row.priority,
    suspended: row.suspended,
    created_at: row.createdAt,
    exception_message: row.errorMessage,
    exception_stack: row.errorStack,
    tenant_id: row.tenantId,
  }),
  subscription: (row) => ({
    subscription_id: row.id,
    type: row.type,
    name: row.name,
    instance_id: row.instanceId,
    root_id: row.rootId,
    execution_id: row.executionId,
    activity_id: row.activityId,
    activity_instance_id: null,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    business_key: row.businessKey,
    tenant_id: row.tenantId,
    suspended: row.suspended,
    created_at: row.createdAt,
    seq: row.seq,
  }),
  externalTask: (row) => ({
    external_task_id: row.id,
    topic: row.topic,
    worker_id: row.workerId,
    lock_until: row.lockExpiresAt,
    retries: row.retries,
    error_message: row.errorMessage,
    error_details: row.errorDetails,
    instance_id: row.instanceId,
    root_id: row.rootId,
    execution_id: row.executionId,
    activity_id: row.activityId,
    activity_instance_id: row.activityInstanceId,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    business_key: row.businessKey,
    tenant_id: row.tenantId,
    priority: row.priority,
    suspended: row.suspended,
    created_at: row.createdAt,
  }),
  incident: (row) => ({
    incident_id: row.id,
    type: row.type,
    message: row.message,
    created_at: row.createdAt,
    instance_id: row.instanceId,
    root_id: row.rootId,
    execution_id: row.executionId,
    activity_id: row.activityId,
    failed_activity_id: row.failedActivityId,
    definition_id: row.definitionId,
    definition_key: row.definitionKey,
    cause_incident_id: row.causeIncidentId,
    root_cause_incident_id: row.rootCauseIncidentId,
    configuration: row.configuration,
    job_definition_id: row.jobDefinitionId,
    tenant_id: row.tenantId,
    annotation: row.annotation,
  }),
}
