import type { SqlValue } from '../../../database/database.ts'
import type { Query } from '../../runtime/ports.ts'
import type { ResourceName } from './permission.ts'

/** What an operation touches, as far as rights are about it. */
export interface Thing {
  readonly tenantId: string | null
  /** Under which id each resource's rights name it: a task is `TASK` by its own id, `PROCESS_DEFINITION` by its process' key. */
  readonly ids: Partial<Readonly<Record<ResourceName, string | null>>>
  /** Users and groups that work on it. */
  readonly people?: { readonly users: readonly string[]; readonly groups: readonly string[] }
}

interface Source {
  readonly from: string
  readonly key: string
  readonly tenant: string | null
  readonly ids: Partial<Readonly<Record<ResourceName, string>>>
}

const process = (alias: string) => ({ PROCESS_INSTANCE: `${alias}.instance_id`, PROCESS_DEFINITION: `${alias}.definition_key` })
const rows = (table: string, key: string, ids: Source['ids'] = process('t')): Source => ({
  from: `${table} t`,
  key: `t.${key}`,
  tenant: 't.tenant_id',
  ids,
})
const named = (resource: ResourceName, table: string, key: string): Source => ({
  from: `${table} t`,
  key: `t.${key}`,
  tenant: null,
  ids: { [resource]: `t.${key}` },
})
const history = (table: string, key: string): Source => rows(table, key, { PROCESS_DEFINITION: 't.definition_key' })

/** Where the facts of each kind of thing stand. */
const SOURCES = {
  'process-definition': rows('re_definition', 'definition_id', { PROCESS_DEFINITION: 't.definition_key' }),
  'decision-definition': rows('re_decision', 'decision_id', { DECISION_DEFINITION: 't.decision_key' }),
  'decision-requirements-definition': rows('re_requirements', 'requirements_id', {
    DECISION_REQUIREMENTS_DEFINITION: 't.requirements_key',
  }),
  deployment: rows('re_deployment', 'deployment_id', { DEPLOYMENT: 't.deployment_id' }),
  'process-instance': rows('ru_instance', 'instance_id'),
  execution: rows('ru_execution', 'execution_id'),
  task: rows('ru_task', 'task_id', { TASK: 't.task_id', ...process('t') }),
  'external-task': rows('ru_external_task', 'external_task_id'),
  job: rows('ru_job', 'job_id'),
  'job-definition': rows('ru_job_definition', 'job_definition_id', { PROCESS_DEFINITION: 't.definition_key' }),
  incident: rows('ru_incident', 'incident_id'),
  'variable-instance': {
    from: 'ru_variable t left join ru_instance i on i.instance_id = t.instance_id',
    key: 't.variable_id',
    tenant: 't.tenant_id',
    ids: { TASK: 't.task_id', PROCESS_INSTANCE: 't.instance_id', PROCESS_DEFINITION: 'i.definition_key' },
  },
  batch: rows('ru_batch', 'batch_id', { BATCH: 't.batch_id' }),
  filter: named('FILTER', 'ru_filter', 'filter_id'),
  user: named('USER', 'id_user', 'user_id'),
  group: named('GROUP', 'id_group', 'group_id'),
  tenant: named('TENANT', 'id_tenant', 'tenant_id'),
  authorization: named('AUTHORIZATION', 'id_authorization', 'authorization_id'),
  'historic-process-instance': history('hi_instance', 'instance_id'),
  'historic-task': rows('hi_task', 'task_id', { TASK: 't.task_id', PROCESS_DEFINITION: 't.definition_key' }),
  'historic-variable-instance': history('hi_variable', 'variable_id'),
  'historic-detail': history('hi_detail', 'detail_id'),
  'historic-job-log': history('hi_job_log', 'log_id'),
  'historic-external-task-log': history('hi_external_task_log', 'log_id'),
  'historic-batch': rows('hi_batch', 'batch_id', { BATCH: 't.batch_id' }),
  'historic-decision-instance': rows('hi_decision', 'decision_instance_id', { DECISION_DEFINITION: 't.decision_key' }),
  'user-operation': rows('hi_user_operation', 'entry_id', {
    OPERATION_LOG_CATEGORY: 't.category',
    PROCESS_DEFINITION: 't.definition_key',
  }),
} as const satisfies Readonly<Record<string, Source>>

export type ThingKind = keyof typeof SOURCES

type Row = Readonly<Record<string, string | null>>

const AT_ONCE = 500

/** The things of a kind with these ids; what does not exist is left out. */
export async function thingsById(query: Query, kind: ThingKind, ids: readonly string[]): Promise<readonly Thing[]> {
  const things: Thing[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    things.push(...(await thingsWhere(query, kind, `${SOURCES[kind].key} in (${some.map(() => '?').join(', ')})`, some)))
  }
  return things
}

/** Definitions of a key: of one tenant (null: of none), or of all. */
export function definitionsByKey(
  query: Query,
  kind: 'process-definition' | 'decision-definition' | 'decision-requirements-definition',
  key: string,
  tenantId?: string | null,
): Promise<readonly Thing[]> {
  const [column = ''] = Object.values(SOURCES[kind].ids)
  if (tenantId === undefined) return thingsWhere(query, kind, `${column} = ?`, [key])
  return tenantId === null
    ? thingsWhere(query, kind, `${column} = ? and t.tenant_id is null`, [key])
    : thingsWhere(query, kind, `${column} = ? and t.tenant_id = ?`, [key, tenantId])
}

async function thingsWhere(query: Query, kind: ThingKind, where: string, params: readonly SqlValue[]): Promise<readonly Thing[]> {
  const source: Source = SOURCES[kind]
  const names = Object.keys(source.ids) as ResourceName[]
  const columns = names.map((name, at) => `${source.ids[name]} as id_${at}`)
  const found = await query<Row>(
    `select ${columns.join(', ')}, ${source.tenant ?? 'null'} as tenant from ${source.from} where ${where}`,
    params,
  )
  const things: Thing[] = []
  for (const row of found) {
    const ids = Object.fromEntries(names.map((name, at) => [name, row[`id_${at}`] ?? null]))
    const people = kind === 'task' ? await peopleOf(query, ids.TASK ?? '') : undefined
    things.push({ tenantId: row.tenant ?? null, ids, ...(people && { people }) })
  }
  return things
}

async function peopleOf(query: Query, taskId: string): Promise<Thing['people']> {
  const links = await query<{ readonly user_id: string | null; readonly group_id: string | null }>(
    `select assignee as user_id, null as group_id from ru_task where task_id = ?
     union select owner as user_id, null as group_id from ru_task where task_id = ?
     union select user_id, group_id from ru_identity_link where task_id = ?`,
    [taskId, taskId, taskId],
  )
  const present = (values: readonly (string | null)[]): string[] => values.filter((value) => value !== null)
  return { users: present(links.map(({ user_id }) => user_id)), groups: present(links.map(({ group_id }) => group_id)) }
}
