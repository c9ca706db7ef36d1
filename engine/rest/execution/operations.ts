import type { Instance } from '../../core/state.ts'
import { localVariables, visibleVariables } from '../../runtime/visible-variables.ts'
import { toWireDate } from '../../wire/date-time.ts'
import { bodyOf, type Call, json, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { incidentQuery } from '../incident/query.ts'
import { notFound, Problem, wrapAll } from '../problem.ts'
import { findRow } from '../query/resource-query.ts'
import { readVariables } from '../variable.ts'
import { contentOf, type VariableHolder, variableOperations } from '../variable-operations.ts'
import { executionQuery } from './query.ts'

interface SubscriptionRow {
  readonly subscription_id: string
  readonly name: string | null
  readonly instance_id: string | null
  readonly execution_id: string | null
  readonly activity_id: string
  readonly created_at: number
  readonly tenant_id: string | null
}

/** The instance that an execution belongs to, as the snapshot has it. */
export async function instanceOfExecution(call: Call, executionId: string): Promise<Instance> {
  const [row] = await call.run.query<{ readonly instance_id: string }>('select instance_id from ru_execution where execution_id = ?', [
    executionId,
  ])
  const instance = await call.runtime.instance(row?.instance_id ?? executionId)
  if (!instance) throw new Problem(500, 'NullValueException', `execution ${executionId} doesn't exist: execution is null`, { code: 0 })
  return instance
}

async function subscriptionOf(call: Call): Promise<SubscriptionRow | undefined> {
  const [row] = await call.run.query<SubscriptionRow>(
    "select subscription_id, name, instance_id, execution_id, activity_id, created_at, tenant_id from ru_subscription where instance_id in (select e.instance_id from ru_execution e where e.execution_id = ?) and execution_id = ? and type = 'message' and +name = ? order by seq limit 1",
    [param(call, 'id'), param(call, 'id'), param(call, 'messageName')],
  )
  return row
}

const locals: VariableHolder = {
  path: '/execution/:id/localVariables',
  what: 'execution',
  wrapping: wrapAll(500),
  read: async (call, id) => localVariables(await instanceOfExecution(call, id), id),
  change: async (call, id, variables, remove, transient) => {
    await call.runtime.execute({ kind: 'setVariables', executionId: id, variables, remove, local: true, transient }, undefined, call.userId)
  },
}

export const executionOperations: readonly Operation[] = [
  ...queryOperations(executionQuery),
  operation(
    'POST',
    '/execution/:id/signal',
    'Wakes an execution that waits',
    async (call) => {
      const { variables } = readVariables(bodyOf(call).variables)
      await call.runtime.execute({ kind: 'trigger', executionId: param(call, 'id'), variables }, undefined, call.userId)
      return nothing
    },
    { wrapping: wrapAll(500) },
  ),
  operation(
    'POST',
    '/execution/:id/messageSubscriptions/:messageName/trigger',
    'Delivers a message to an execution',
    async (call) => {
      const row = await subscriptionOf(call)
      if (!row)
        throw new Problem(
          500,
          'RestException',
          `Execution with id '${param(call, 'id')}' does not have a subscription to a message event with name '${param(call, 'messageName')}'`,
        )
      const { variables } = readVariables(bodyOf(call).variables)
      await call.runtime.execute({ kind: 'deliver', subscriptionId: row.subscription_id, variables }, undefined, call.userId)
      return nothing
    },
    { wrapping: wrapAll(500) },
  ),
  operation('GET', '/execution/:id/messageSubscriptions/:messageName', 'The message that an execution waits for', async (call) => {
    const row = await subscriptionOf(call)
    if (!row)
      throw notFound(`Message event subscription for execution ${param(call, 'id')} named ${param(call, 'messageName')} does not exist`)
    return json({
      id: row.subscription_id,
      eventType: 'message',
      eventName: row.name,
      executionId: row.execution_id,
      processInstanceId: row.instance_id,
      activityId: row.activity_id,
      createdDate: toWireDate(Number(row.created_at)),
      tenantId: row.tenant_id,
    })
  }),
  operation('POST', '/execution/:id/create-incident', 'Reports an incident', async (call) => {
    const body = bodyOf(call)
    const executionId = param(call, 'id')
    const type = textOf(body, 'incidentType')
    if (type === null || type === '') throw new Problem(400, 'InvalidRequestException', 'incidentType is null')
    const [execution] = await call.run.query('select execution_id from ru_execution where execution_id = ?', [executionId])
    if (!execution) throw new Problem(400, 'InvalidRequestException', `Cannot find an execution with executionId '${executionId}'`)
    const done = await call.runtime.execute(
      { kind: 'createIncident', executionId, type, configuration: textOf(body, 'configuration'), message: textOf(body, 'message') },
      undefined,
      call.userId,
    )
    const created = done.changes.find((change) => change.kind === 'incident' && change.op === 'insert')
    return json(created ? await findRow(incidentQuery, created.id, call.run) : {})
  }),
  ...variableOperations(locals).filter(({ path, method }) => !(path.endsWith('/data') && method === 'GET')),
  // camunda-external-task-client-js asks for files with the process instance's id: variables of outer scopes are served as well.
  operation(
    'GET',
    '/execution/:id/localVariables/:varName/data',
    'Content of a variable of an execution',
    async (call) => {
      const id = param(call, 'id')
      const value = visibleVariables(await instanceOfExecution(call, id), id)[param(call, 'varName')]
      if (!value) throw notFound(`execution variable with name ${param(call, 'varName')} does not exist`)
      return contentOf(value)
    },
    { binary: true, wrapping: wrapAll(500) },
  ),
]
