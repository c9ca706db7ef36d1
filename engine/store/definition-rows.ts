import type {
  DecisionRow,
  DefinitionRow,
  DefinitionStore,
  DeploymentKey,
  JobDefinitionRow,
  StoredResource,
  VersionChoice,
} from '../runtime/definition-store.ts'
import type { Query } from '../runtime/ports.ts'
import { definitionInserts } from './definition-inserts.ts'

/** Deployments in the tables re_*, ru_job_definition, and the starts among ru_subscription and ru_job. */
export function makeDefinitionStore(dialect: 'sqlite' | 'mariadb'): DefinitionStore {
  return {
    definition: async (query, id) => (await definitions(query, 'where definition_id = ?', [id]))[0] ?? null,
    definitionByKey: async (query, key, tenantId, choice) => {
      const { where, params } = versionCondition('definition_key', key, tenantId, choice)
      return (await definitions(query, `${where} order by version desc limit 1`, params))[0] ?? null
    },
    definitionsOf: (query, deploymentId) => definitions(query, 'where deployment_id = ? order by definition_key', [deploymentId]),
    jobDefinitions: async (query, definitionId) =>
      (await query<JobDefinitionColumns>(`select ${JOB_DEFINITION} from ru_job_definition where definition_id = ?`, [definitionId])).map(
        jobDefinition,
      ),
    decision: async (query, id) => (await decisions(query, 'where decision_id = ?', [id]))[0] ?? null,
    decisionsOf: (query, deploymentId) => decisions(query, 'where deployment_id = ? order by decision_key', [deploymentId]),
    decisionByKey: async (query, key, tenantId, choice) => {
      const { where, params } = versionCondition('decision_key', key, tenantId, choice)
      return (await decisions(query, `${where} order by version desc limit 1`, params))[0] ?? null
    },
    resource: async (query, deploymentId, name) =>
      (await resources(query, 'where deployment_id = ? and name = ?', [deploymentId, name]))[0] ?? null,
    resourcesOf: (query, deploymentId) => resources(query, 'where deployment_id = ? order by seq', [deploymentId]),
    async latestDeployment(query, like) {
      const { text, params } = among(like)
      const [row] = await query<{ deployment_id: string }>(
        `select d.deployment_id from re_deployment d where ${text} order by d.deployed_at desc, d.deployment_id desc limit 1`,
        params,
      )
      return row?.deployment_id ?? null
    },
    async latestHashes(query, like) {
      const { text, params } = among(like)
      const rows = await query<{ name: string; hash: string }>(
        `select r.name, r.content_hash as hash from re_resource r join re_deployment d on d.deployment_id = r.deployment_id
         where ${text} order by d.deployed_at, d.deployment_id`,
        params,
      )
      return new Map(rows.map((row) => [row.name, row.hash]))
    },
    async lockDeployments(tx) {
      if (dialect === 'sqlite') return
      await tx.query("insert ignore into engine_property (name, value) values ('deployment', '0')")
      await tx.query("select value from engine_property where name = 'deployment' for update")
    },
    async revision(query) {
      const [row] = await query<{ value: string }>("select value from engine_property where name = 'revision'")
      return Number(row?.value ?? 0)
    },
    raiseRevision(tx) {
      if (dialect === 'mariadb')
        tx.write("insert into engine_property (name, value) values ('revision', '1') on duplicate key update value = value + 1")
      else tx.write("insert into engine_property (name, value) values ('revision', '1') on conflict (name) do update set value = value + 1")
    },
    ...definitionInserts,
    async startMessageOwners(query, name, tenantId) {
      const rows = await query<{ definition_key: string }>(
        `select definition_key from ru_subscription where name = ? and type = 'message' and instance_id is null
         and ${tenantId === null ? 'tenant_id is null' : 'tenant_id = ?'}`,
        tenantId === null ? [name] : [name, tenantId],
      )
      return rows.map((row) => row.definition_key)
    },
    removeStarts(tx, definitionKey, tenantId) {
      const tenant = tenantId === null ? 'tenant_id is null' : 'tenant_id = ?'
      const params = tenantId === null ? [definitionKey] : [definitionKey, tenantId]
      const olderOf = `definition_id in (select definition_id from re_definition where definition_key = ? and ${tenant})`
      tx.write(`delete from ru_subscription where instance_id is null and ${olderOf}`, params)
      tx.write(`delete from ru_job where instance_id is null and handler = 'timer-start-event' and ${olderOf}`, params)
    },
  }
}

function versionCondition(keyColumn: string, key: string, tenantId: string | null, choice: VersionChoice) {
  const conditions = [`${keyColumn} = ?`, tenantId === null ? 'tenant_id is null' : 'tenant_id = ?']
  const params: (string | number)[] = tenantId === null ? [key] : [key, tenantId]
  if (choice.by === 'version') {
    conditions.push('version = ?')
    params.push(choice.version)
  } else if (choice.by === 'versionTag') {
    conditions.push('version_tag = ?')
    params.push(choice.versionTag)
  } else if (choice.by === 'deployment') {
    conditions.push('deployment_id = ?')
    params.push(choice.deploymentId)
  }
  return { where: `where ${conditions.join(' and ')}`, params }
}

interface DefinitionColumns {
  readonly id: string
  readonly definition_key: string
  readonly version: number
  readonly name: string | null
  readonly version_tag: string | null
  readonly category: string | null
  readonly description: string | null
  readonly deployment_id: string
  readonly resource_name: string
  readonly tenant_id: string | null
  readonly suspended: number
  readonly history_ttl: number | null
  readonly startable: number
  readonly start_form_key: string | null
}

interface DecisionColumns {
  readonly id: string
  readonly decision_key: string
  readonly version: number
  readonly name: string | null
  readonly version_tag: string | null
  readonly category: string | null
  readonly deployment_id: string
  readonly resource_name: string
  readonly tenant_id: string | null
  readonly history_ttl: number | null
  readonly requirements_id: string | null
  readonly requirements_key: string | null
}

interface JobDefinitionColumns {
  readonly id: string
  readonly definition_id: string
  readonly definition_key: string
  readonly deployment_id: string
  readonly activity_id: string
  readonly job_type: string
  readonly job_configuration: string | null
  readonly suspended: number
  readonly priority: number | null
  readonly tenant_id: string | null
  readonly declaration: string
}

const DEFINITION = `definition_id as id, definition_key, version, name, version_tag, category, description, deployment_id, resource_name,
  tenant_id, suspended, history_ttl, startable, start_form_key`

async function definitions(query: Query, rest: string, params: readonly (string | number)[]): Promise<DefinitionRow[]> {
  const rows = await query<DefinitionColumns>(`select ${DEFINITION} from re_definition ${rest}`, params)
  return rows.map((row) => ({
    id: row.id,
    key: row.definition_key,
    version: row.version,
    name: row.name,
    versionTag: row.version_tag,
    category: row.category,
    description: row.description,
    deploymentId: row.deployment_id,
    resourceName: row.resource_name,
    tenantId: row.tenant_id,
    suspended: Boolean(row.suspended),
    historyTtl: row.history_ttl,
    startable: Boolean(row.startable),
    startFormKey: row.start_form_key,
  }))
}

const DECISION = `decision_id as id, decision_key, version, name, version_tag, category, deployment_id, resource_name, tenant_id,
  history_ttl, requirements_id, requirements_key`

async function decisions(query: Query, rest: string, params: readonly (string | number)[]): Promise<DecisionRow[]> {
  const rows = await query<DecisionColumns>(`select ${DECISION} from re_decision ${rest}`, params)
  return rows.map((row) => ({
    id: row.id,
    key: row.decision_key,
    version: row.version,
    name: row.name,
    versionTag: row.version_tag,
    category: row.category,
    deploymentId: row.deployment_id,
    resourceName: row.resource_name,
    tenantId: row.tenant_id,
    historyTtl: row.history_ttl,
    requirementsId: row.requirements_id,
    requirementsKey: row.requirements_key,
  }))
}

const JOB_DEFINITION = `job_definition_id as id, definition_id, definition_key, deployment_id, activity_id, job_type, job_configuration,
  suspended, priority, tenant_id, declaration`

const jobDefinition = (row: JobDefinitionColumns): JobDefinitionRow => ({
  id: row.id,
  definitionId: row.definition_id,
  definitionKey: row.definition_key,
  deploymentId: row.deployment_id,
  activityId: row.activity_id,
  handler: row.job_type,
  configuration: row.job_configuration ?? '',
  suspended: Boolean(row.suspended),
  priority: row.priority,
  tenantId: row.tenant_id,
  declaration: row.declaration,
})

async function resources(query: Query, rest: string, params: readonly string[]): Promise<StoredResource[]> {
  const rows = await query<{ resource_id: string; name: string; content: Uint8Array; content_hash: string }>(
    `select resource_id, name, content, content_hash from re_resource ${rest}`,
    params,
  )
  return rows.map((row) => ({ id: row.resource_id, name: row.name, content: row.content, hash: row.content_hash }))
}

const among = ({ name, tenantId, source }: DeploymentKey): { readonly text: string; readonly params: readonly string[] } => ({
  text: `d.name = ? and ${equals('d.tenant_id', tenantId)} and ${equals('d.source', source)}`,
  params: [name, tenantId, source].filter((value) => value !== null),
})
const equals = (column: string, value: string | null): string => (value === null ? `${column} is null` : `${column} = ?`)
