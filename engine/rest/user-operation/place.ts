import type { SqlValue } from '../../../database/database.ts'
import type { ThingKind } from '../access/thing.ts'
import type { Call } from '../http/call.ts'
import type { Logged, Row, Where } from './logged.ts'

/** The columns that tell where an operation took place. */
export type Place = Readonly<Record<string, SqlValue>>

const OF_PROCESS = ['definition_id', 'definition_key', 'instance_id', 'root_id', 'tenant_id']

/** For each kind of thing: its table, its key, the entry's own column for it, and which columns of the entry its row has. */
const SOURCES: Partial<Readonly<Record<ThingKind, readonly [table: string, key: string, own: string | null, columns: readonly string[]]>>> =
  {
    task: ['ru_task', 'task_id', 'task_id', [...OF_PROCESS, 'execution_id']],
    'historic-task': ['hi_task', 'task_id', 'task_id', [...OF_PROCESS, 'execution_id']],
    'process-instance': ['ru_instance', 'instance_id', null, OF_PROCESS],
    execution: ['ru_execution', 'execution_id', null, OF_PROCESS],
    job: ['ru_job', 'job_id', 'job_id', [...OF_PROCESS, 'job_definition_id']],
    'job-definition': [
      'ru_job_definition',
      'job_definition_id',
      'job_definition_id',
      ['definition_id', 'definition_key', 'deployment_id', 'tenant_id'],
    ],
    'external-task': ['ru_external_task', 'external_task_id', 'external_task_id', OF_PROCESS],
    incident: ['ru_incident', 'incident_id', null, OF_PROCESS],
    'process-definition': ['re_definition', 'definition_id', null, ['definition_id', 'definition_key', 'deployment_id', 'tenant_id']],
    deployment: ['re_deployment', 'deployment_id', 'deployment_id', ['tenant_id']],
    batch: ['ru_batch', 'batch_id', 'batch_id', ['tenant_id']],
    'historic-batch': ['hi_batch', 'batch_id', 'batch_id', ['tenant_id']],
    'historic-process-instance': ['hi_instance', 'instance_id', null, OF_PROCESS],
    'historic-variable-instance': ['hi_variable', 'variable_id', null, [...OF_PROCESS, 'execution_id']],
  }

/** Where an operation takes place: looked up before it runs, for it may delete the thing. */
export async function placeOf(call: Call, { on }: Logged): Promise<Place> {
  if (on === undefined) return {}
  if (typeof on === 'function') return placeAt(call, on(call))
  const { id, key } = call.params
  if (id !== undefined) return placeAt(call, { kind: on, id })
  return key === undefined ? {} : placeAt(call, await newest(call, key))
}

/** The newest version of a process. */
async function newest(call: Call, key: string): Promise<Where | null> {
  const [row] = await call.run.query<{ readonly definition_id: string }>(
    'select definition_id from re_definition where definition_key = ? order by version desc limit 1',
    [key],
  )
  return row ? { kind: 'process-definition', id: row.definition_id } : null
}

export async function placeAt(call: Call, where: Where | null): Promise<Place> {
  if (where === null) return {}
  if ('key' in where) return { definition_key: where.key }
  const source = SOURCES[where.kind]
  if (!source) return {}
  const [table, key, own, columns] = source
  const [row] = await call.run.query<Place>(`select ${columns.join(', ')} from ${table} where ${key} = ?`, [where.id])
  return { ...row, ...(row && (await deploymentOf(call, row))), ...(own && { [own]: where.id }) }
}

async function deploymentOf(call: Call, row: Row): Promise<Row | undefined> {
  if (row.deployment_id !== undefined || !row.definition_id) return undefined
  const [found] = await call.run.query<Row>('select deployment_id from re_definition where definition_id = ?', [row.definition_id])
  return found
}
