import type { SqlValue } from '../../database/database.ts'
import type { ActivityHistory, IncidentInfo, InstanceInfo, InstanceState, JobInfo, TaskInfo } from '../process-engine.ts'
import type { Query } from './ports.ts'

/** Conditions of a where clause that are put together from what a filter names. */
class Conditions {
  readonly params: SqlValue[] = []
  private readonly parts: string[] = []

  equal(column: string, value: SqlValue | undefined): this {
    if (value === undefined) return this
    if (value === null) return this.add(`${column} is null`)
    return this.add(`${column} = ?`, value)
  }

  add(condition: string, ...values: SqlValue[]): this {
    this.parts.push(condition)
    this.params.push(...values)
    return this
  }

  get where(): string {
    return this.parts.length === 0 ? '' : `where ${this.parts.join(' and ')}`
  }
}

interface InstanceColumns {
  readonly instance_id: string
  readonly definition_id: string
  readonly definition_key: string
  readonly business_key: string | null
  readonly root_id: string
  readonly super_instance_id: string | null
  readonly tenant_id: string | null
  readonly suspended: number
}

export async function listInstances(
  query: Query,
  filter: {
    id?: string
    businessKey?: string
    definitionKey?: string
    tenantId?: string | null
    superProcessInstanceId?: string
    rootProcessInstanceId?: string
  },
): Promise<readonly InstanceInfo[]> {
  const conditions = new Conditions()
    .equal('instance_id', filter.id)
    .equal('business_key', filter.businessKey)
    .equal('definition_key', filter.definitionKey)
    .equal('tenant_id', filter.tenantId)
    .equal('super_instance_id', filter.superProcessInstanceId)
    .equal('root_id', filter.rootProcessInstanceId)
  const rows = await query<InstanceColumns>(
    `select instance_id, definition_id, definition_key, business_key, root_id, super_instance_id, tenant_id, suspended
     from ru_instance ${conditions.where} order by instance_id`,
    conditions.params,
  )
  return rows.map((row) => ({
    id: row.instance_id,
    definitionId: row.definition_id,
    definitionKey: row.definition_key,
    businessKey: row.business_key,
    rootProcessInstanceId: row.root_id,
    superProcessInstanceId: row.super_instance_id,
    tenantId: row.tenant_id,
    suspended: row.suspended === 1,
    ended: false,
  }))
}

interface TaskColumns {
  readonly task_id: string
  readonly name: string | null
  readonly task_definition_key: string
  readonly instance_id: string
  readonly root_id: string
  readonly definition_id: string
  readonly definition_key: string
  readonly execution_id: string
  readonly business_key: string | null
  readonly tenant_id: string | null
  readonly assignee: string | null
  readonly form_key: string | null
  readonly created_at: number
  readonly due_at: number | null
}

export async function listTasks(
  query: Query,
  filter: {
    id?: string
    processInstanceId?: string
    rootProcessInstanceId?: string
    businessKey?: string
    taskDefinitionKey?: string
    tenantId?: string | null
  },
): Promise<readonly TaskInfo[]> {
  const conditions = new Conditions()
    .equal('task_id', filter.id)
    .equal('instance_id', filter.processInstanceId)
    .equal('root_id', filter.rootProcessInstanceId)
    .equal('business_key', filter.businessKey)
    .equal('task_definition_key', filter.taskDefinitionKey)
    .equal('tenant_id', filter.tenantId)
    .add('instance_id is not null')
  const rows = await query<TaskColumns>(
    `select task_id, name, task_definition_key, instance_id, root_id, definition_id, definition_key, execution_id, business_key, tenant_id,
     assignee, form_key, created_at, due_at from ru_task ${conditions.where} order by created_at, task_id`,
    conditions.params,
  )
  return rows.map((row) => ({
    id: row.task_id,
    name: row.name,
    taskDefinitionKey: row.task_definition_key,
    processInstanceId: row.instance_id,
    rootProcessInstanceId: row.root_id,
    processDefinitionId: row.definition_id,
    processDefinitionKey: row.definition_key,
    executionId: row.execution_id,
    businessKey: row.business_key,
    tenantId: row.tenant_id,
    assignee: row.assignee,
    formKey: row.form_key,
    created: row.created_at,
    due: row.due_at,
  }))
}

export async function listJobs(
  query: Query,
  filter: { processInstanceId?: string; rootProcessInstanceId?: string; activityId?: string; withException?: boolean },
): Promise<readonly JobInfo[]> {
  const conditions = new Conditions()
    .equal('instance_id', filter.processInstanceId)
    .equal('root_id', filter.rootProcessInstanceId)
    .equal('activity_id', filter.activityId)
  if (filter.withException) conditions.add('exception_message is not null')
  const rows = await query<{
    job_id: string
    instance_id: string | null
    activity_id: string
    handler: string
    due_at: number | null
    retries: number
    exception_message: string | null
  }>(
    `select job_id, instance_id, activity_id, handler, due_at, retries, exception_message from ru_job ${conditions.where} order by created_at, job_id`,
    conditions.params,
  )
  return rows.map((row) => ({
    id: row.job_id,
    processInstanceId: row.instance_id,
    activityId: row.activity_id,
    kind: row.handler === 'async-continuation' ? 'async' : row.handler === 'timer-start-event' ? 'timer-start' : 'timer',
    due: row.due_at,
    retries: row.retries,
    error: row.exception_message,
  }))
}

export async function listIncidents(
  query: Query,
  filter: { processInstanceId?: string; tenantId?: string | null },
): Promise<readonly IncidentInfo[]> {
  const conditions = new Conditions().equal('instance_id', filter.processInstanceId).equal('tenant_id', filter.tenantId)
  const rows = await query<{
    incident_id: string
    type: string
    message: string | null
    instance_id: string | null
    activity_id: string | null
    configuration: string | null
    tenant_id: string | null
    created_at: number
  }>(
    `select incident_id, type, message, instance_id, activity_id, configuration, tenant_id, created_at from ru_incident ${conditions.where}
     order by created_at, incident_id`,
    conditions.params,
  )
  return rows.map((row) => ({
    id: row.incident_id,
    type: row.type,
    message: row.message,
    processInstanceId: row.instance_id,
    activityId: row.activity_id,
    jobOrTaskId: row.configuration,
    tenantId: row.tenant_id,
    at: row.created_at,
  }))
}

export async function listActivities(
  query: Query,
  filter: { processInstanceId?: string; rootProcessInstanceId?: string },
): Promise<readonly ActivityHistory[]> {
  const conditions = new Conditions()
  if (filter.rootProcessInstanceId !== undefined)
    conditions.add('instance_id in (select instance_id from hi_instance where root_id = ?)', filter.rootProcessInstanceId)
  conditions.equal('instance_id', filter.processInstanceId)
  const rows = await query<{
    activity_instance_id: string
    activity_id: string
    activity_type: string
    activity_name: string | null
    instance_id: string
    started_at: number
    ended_at: number | null
    canceled: number
    seq: number
  }>(
    `select activity_instance_id, activity_id, activity_type, activity_name, instance_id, started_at, ended_at, canceled, seq
     from hi_activity ${conditions.where} order by started_at, seq`,
    conditions.params,
  )
  return rows.map((row) => ({
    activityInstanceId: row.activity_instance_id,
    activityId: row.activity_id,
    activityType: row.activity_type,
    activityName: row.activity_name,
    processInstanceId: row.instance_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    cancelled: row.canceled === 1,
    seq: row.seq,
  }))
}

export async function historicInstance(query: Query, id: string) {
  const [row] = await query<{
    instance_id: string
    definition_id: string
    definition_key: string
    business_key: string | null
    state: string
    started_at: number
    ended_at: number | null
  }>(
    'select instance_id, definition_id, definition_key, business_key, state, started_at, ended_at from hi_instance where instance_id = ?',
    [id],
  )
  if (!row) return null
  return {
    id: row.instance_id,
    definitionId: row.definition_id,
    definitionKey: row.definition_key,
    businessKey: row.business_key,
    state: row.state as InstanceState,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}
