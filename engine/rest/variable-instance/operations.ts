import { decodeValue } from '../../runtime/value-columns.ts'
import { type Call, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { notFound } from '../problem.ts'
import { contentOf } from '../variable-operations.ts'
import { variableInstanceQuery } from './query.ts'

export const variableInstanceOperations: readonly Operation[] = [
  ...queryOperations(variableInstanceQuery),
  operation('GET', '/variable-instance/:id/data', 'Content of a variable', (call) => variableContent(call, 'ru_variable'), {
    binary: true,
  }),
]

export async function variableContent(call: Call, table: 'ru_variable' | 'hi_variable' | 'hi_detail', key = 'variable_id') {
  const [row] = await call.run.query<{ readonly json_value: string }>(`select json_value from ${table} where ${key} = ?`, [
    param(call, 'id'),
  ])
  if (!row) throw notFound(`Variable instance with Id '${param(call, 'id')}' does not exist.`)
  return contentOf(decodeValue(row.json_value))
}
