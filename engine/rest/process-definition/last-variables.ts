import type { Variables } from '../../core/value.ts'
import type { Query } from '../../runtime/ports.ts'
import { decodeValue } from '../../runtime/value-columns.ts'

/** The variables of an instance itself as history knows them last. */
export async function lastVariables(query: Query, instanceId: string): Promise<Variables> {
  const rows = await query<{ readonly name: string; readonly json_value: string }>(
    "select name, json_value from hi_variable where instance_id = ? and execution_id = ? and task_id is null and state <> 'DELETED'",
    [instanceId, instanceId],
  )
  return Object.fromEntries(rows.map((row) => [row.name, decodeValue(row.json_value)]))
}
