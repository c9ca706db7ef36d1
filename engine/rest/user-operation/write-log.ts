import type { SqlValue } from '../../../database/database.ts'
import type { ThingKind } from '../access/thing.ts'
import type { Call } from '../http/call.ts'
import type { Logged } from './logged-operations.ts'

/** The columns that tell where an operation took place. */
type Place = Readonly<Record<string, SqlValue>>

const OF_PROCESS = ['definition_id', 'definition_key', 'instance_id', 'root_id', 'tenant_id']

/** For each kind of thing: its table, its key, the entry's own column for it, and which columns of the entry its row has. */
const SOURCES: Partial<Readonly<Record<ThingKind, readonly [table: string, key: string, own: string | null, columns: readonly string[]]>>> =
  {
    task: ['ru_task', 'task_id', 'task_id', [...OF_PROCESS, 'execution_id']],
    'process-instance': ['ru_instance', 'instance_id', null, OF_PROCESS],
    execution: ['ru_execution', 'execution_id', 'execution_id', OF_PROCESS],
    job: ['ru_job', 'job_id', 'job_id', [...OF_PROCESS, 'job_definition_id', 'deployment_id']],
    'job-definition': [
      'ru_job_definition',
      'job_definition_id',
      'job_definition_id',
      ['definition_id', 'definition_key', 'deployment_id', 'tenant_id'],
    ],
    'external-task': ['ru_external_task', 'external_task_id', 'external_task_id', [...OF_PROCESS, 'execution_id']],
    incident: ['ru_incident', 'incident_id', null, [...OF_PROCESS, 'execution_id']],
    'process-definition': ['re_definition', 'definition_id', null, ['definition_id', 'definition_key', 'deployment_id', 'tenant_id']],
    deployment: ['re_deployment', 'deployment_id', 'deployment_id', ['tenant_id']],
    batch: ['ru_batch', 'batch_id', 'batch_id', ['tenant_id']],
    'historic-batch': ['hi_batch', 'batch_id', 'batch_id', ['tenant_id']],
    'historic-process-instance': ['hi_instance', 'instance_id', null, OF_PROCESS],
    'historic-variable-instance': ['hi_variable', 'variable_id', null, OF_PROCESS],
  }

/** Where an operation takes place: looked up before it runs, for it may delete the thing. */
export async function placeOf(call: Call, { on }: Logged): Promise<Place> {
  const source = on && SOURCES[on]
  if (!source || (call.params.id === undefined && call.params.key === undefined)) return {}
  const [table, key, own, columns] = source
  const byKey = call.params.id === undefined
  const [row] = await call.run.query<Place>(
    `select ${columns.join(', ')} from ${table} where ${byKey ? 'definition_key' : key} = ?${byKey ? ' order by version desc' : ''} limit 1`,
    [call.params.id ?? call.params.key ?? ''],
  )
  return { ...row, ...(own && { [own]: call.params.id ?? null }) }
}

/**
 * Writes what a signed-in caller did, one entry for each property, after it is done. In a transaction of its own: commands share
 * theirs with others in the commit lane. Where the history level is below full nothing is written.
 */
export async function writeLog(call: Call, logged: Logged, place: Place): Promise<void> {
  const { runtime } = call
  const operationId = runtime.context.newId()
  const at = runtime.context.now()
  const properties = logged.properties(call)
  await runtime.database.transaction(async (tx) => {
    for (const [property, value] of properties) {
      const row: Readonly<Record<string, SqlValue>> = {
        ...place,
        entry_id: runtime.context.newId(),
        operation_id: operationId,
        at,
        user_id: call.caller.id,
        operation_type: typeof logged.type === 'string' ? logged.type : logged.type(call),
        entity_type: logged.entity,
        category: logged.category,
        property,
        new_value: value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value),
      }
      tx.write(
        `insert into hi_user_operation (${Object.keys(row).join(', ')}) values (${Object.keys(row)
          .map(() => '?')
          .join(', ')})`,
        Object.values(row),
      )
    }
  })
}
