import type { SqlValue } from '../../../database/database.ts'
import { forgetInstances } from '../../runtime/forget-history.ts'
import { decodeValue } from '../../runtime/value-columns.ts'
import { toWireDate } from '../../wire/date-time.ts'
import { type Call, json, nothing, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { notFound } from '../problem.ts'
import { listRows, readGet } from '../query/resource-query.ts'
import { variableOut } from '../variable.ts'
import { variableContent } from '../variable-instance/operations.ts'
import { historicActivityInstanceQuery } from './activity-instance-query.ts'
import { historicDecisionInstanceQuery } from './decision-query.ts'
import { historicExternalTaskLogQuery, historicIdentityLinkQuery, historicIncidentQuery, historicJobLogQuery } from './log-queries.ts'
import { historicProcessInstanceQuery } from './process-instance-query.ts'
import { historicTaskQuery } from './task-query.ts'
import { historicDetailQuery, historicVariableInstanceQuery } from './variable-queries.ts'

export const historyOperations: readonly Operation[] = [
  ...queryOperations(historicProcessInstanceQuery),
  ...queryOperations(historicActivityInstanceQuery),
  ...queryOperations(historicTaskQuery, { byId: false }),
  ...queryOperations(historicVariableInstanceQuery),
  ...queryOperations(historicDetailQuery),
  ...queryOperations(historicIncidentQuery, { post: false, byId: false }),
  ...queryOperations(historicJobLogQuery),
  ...queryOperations(historicExternalTaskLogQuery),
  ...queryOperations(historicIdentityLinkQuery, { post: false, byId: false }),
  ...queryOperations(historicDecisionInstanceQuery, { post: false, byId: false }).filter(({ path }) => path.endsWith('/count')),
  operation('GET', '/history/decision-instance', 'Lists evaluated decisions', async (call) => {
    const rows = await listRows(historicDecisionInstanceQuery, readGet(historicDecisionInstanceQuery, call.query), call.run)
    for (const row of rows) await addValues(call, row)
    return json(rows)
  }),
  operation('GET', '/history/decision-instance/:id', 'An evaluated decision', async (call) => {
    const request = readGet(historicDecisionInstanceQuery, new URLSearchParams({ decisionInstanceId: param(call, 'id') }))
    const [row] = await listRows(historicDecisionInstanceQuery, request, call.run)
    if (!row) throw notFound(`Historic decision instance with id '${param(call, 'id')}' does not exist`)
    await addValues(call, row)
    return json(row)
  }),
  operation('DELETE', '/history/process-instance/:id', 'Deletes the history of an ended instance', async (call) => {
    const id = param(call, 'id')
    const [row] = await call.run.query<{ readonly ended_at: number | null }>('select ended_at from hi_instance where instance_id = ?', [id])
    if (!row) {
      if (call.query.get('failIfNotExists') === 'false') return nothing
      throw notFound(`Historic process instance with id ${id} does not exist`)
    }
    if (row.ended_at === null) throw notFound(`Process instance is still running, cannot delete historic process instance: ${id}`)
    await call.runtime.database.transaction(async (tx) => forgetInstances(tx, [id]))
    return nothing
  }),
  operation(
    'DELETE',
    '/history/process-instance/:id/variable-instances',
    'Deletes the variables of an instance from history',
    async (call) => {
      const [row] = await call.run.query('select instance_id from hi_instance where instance_id = ?', [param(call, 'id')])
      if (!row) throw notFound(`No historic process instance found with id: ${param(call, 'id')}`)
      await write(
        call,
        ['delete from hi_detail where instance_id = ? and variable_id is not null', 'delete from hi_variable where instance_id = ?'],
        [param(call, 'id')],
      )
      return nothing
    },
  ),
  operation('DELETE', '/history/variable-instance/:id', 'Deletes a variable from history', async (call) => {
    const [row] = await call.run.query('select variable_id from hi_variable where variable_id = ?', [param(call, 'id')])
    if (!row) throw notFound(`No historic variable instance found with id: ${param(call, 'id')}`)
    await write(call, ['delete from hi_detail where variable_id = ?', 'delete from hi_variable where variable_id = ?'], [param(call, 'id')])
    return nothing
  }),
  operation('GET', '/history/variable-instance/:id/data', 'Content of a variable', (call) => variableContent(call, 'hi_variable'), {
    binary: true,
  }),
  operation(
    'GET',
    '/history/detail/:id/data',
    'Content of a variable as it was',
    (call) => variableContent(call, 'hi_detail', 'detail_id'),
    {
      binary: true,
    },
  ),
  logText('/history/job-log/:id/stacktrace', 'hi_job_log', 'exception_stack'),
  logText('/history/external-task-log/:id/error-details', 'hi_external_task_log', 'error_details'),
]

function logText(path: string, table: string, column: string): Operation {
  return operation(
    'GET',
    path,
    'Details of a failure',
    async (call) => {
      const [row] = await call.run.query<{ readonly text: string | null }>(`select ${column} as text from ${table} where log_id = ?`, [
        param(call, 'id'),
      ])
      if (!row) throw notFound(`Historic log with id ${param(call, 'id')} does not exist`)
      return { kind: 'text', text: row.text ?? '' }
    },
    { produces: 'text/plain' },
  )
}

const write = (call: Call, texts: readonly string[], params: readonly SqlValue[]): Promise<void> =>
  call.runtime.database.transaction(async (tx) => {
    for (const text of texts) tx.write(text, params)
  })

interface ValueRow {
  readonly value_id: string
  readonly direction: string
  readonly clause_id: string | null
  readonly clause_name: string | null
  readonly rule_id: string | null
  readonly rule_order: number | null
  readonly variable_name: string | null
  readonly json_value: string
  readonly at: number
}

/** Inputs and outputs of an evaluated decision, as far as they are asked for. */
async function addValues(call: Call, row: Record<string, unknown>): Promise<void> {
  const [inputs, outputs] = [call.query.get('includeInputs') === 'true', call.query.get('includeOutputs') === 'true']
  if (!inputs && !outputs) return
  const values = await call.run.query<ValueRow>(
    `select value_id, direction, clause_id, clause_name, rule_id, rule_order, variable_name, json_value, at from hi_decision_value
     where decision_instance_id = ? order by position`,
    [String(row.id)],
  )
  const present = (value: ValueRow) => ({
    id: value.value_id,
    decisionInstanceId: row.id,
    clauseId: value.clause_id,
    clauseName: value.clause_name,
    errorMessage: null,
    createTime: toWireDate(Number(value.at)),
    removalTime: row.removalTime,
    rootProcessInstanceId: row.rootProcessInstanceId,
    ...variableOut(decodeValue(value.json_value)),
    ...(value.direction === 'output' && { ruleId: value.rule_id, ruleOrder: value.rule_order, variableName: value.variable_name }),
  })
  if (inputs) row.inputs = values.filter(({ direction }) => direction === 'input').map(present)
  if (outputs) row.outputs = values.filter(({ direction }) => direction === 'output').map(present)
}
