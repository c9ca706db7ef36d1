import type { Variables } from '../../core/value.ts'
import type { DefinitionRow } from '../../runtime/definition-store.ts'
import { decodeValue } from '../../runtime/value-columns.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { bodyOf, type Call, flagOf, json, nothing, numberOf, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, Problem, wrapAll } from '../problem.ts'
import { readInstructions } from '../process-instance/instructions.ts'
import { findRow } from '../query/resource-query.ts'
import { readVariables, variablesOut } from '../variable.ts'
import { findDefinition, type Selector, selectors } from './find-definition.ts'
import { processDefinitionQuery } from './query.ts'
import { activityStatistics, definitionStatistics } from './statistics.ts'

export const processDefinitionOperations: readonly Operation[] = [
  ...queryOperations(processDefinitionQuery, { post: false, byId: false }),
  operation('GET', '/process-definition/statistics', 'Counts instances, failed jobs and incidents by definition', async (call) =>
    json(await definitionStatistics(call)),
  ),
  operation('PUT', '/process-definition/suspended', 'Suspends or activates definitions', async (call) => {
    const body = bodyOf(call)
    const key = textOf(body, 'processDefinitionKey')
    const id = textOf(body, 'processDefinitionId')
    if (id !== null) throw invalidRequest('Only processDefinitionKey can be set to update the suspension state.')
    if (key === null) throw invalidRequest('processDefinitionKey should be set to update the suspension state.')
    await suspend(call, await versionsOf(call, key))
    return nothing
  }),
  ...selectors.flatMap(({ selector, prefix }) => operationsBy(selector, prefix('process-definition'))),
]

const withTenant = (selector: Selector): boolean => selector === 'tenant'

function operationsBy(selector: Selector, prefix: string): readonly Operation[] {
  const find = (call: Call): Promise<DefinitionRow> => findDefinition(call, selector)
  return [
    operation('GET', prefix, 'A process definition', async (call) =>
      json(await findRow(processDefinitionQuery, (await find(call)).id, call.run)),
    ),
    operation('GET', `${prefix}/xml`, 'The BPMN file of a definition', async (call) => {
      const row = await find(call)
      return json({ id: row.id, bpmn20Xml: await call.engine.definitions.xml(row.id) })
    }),
    operation(
      'GET',
      `${prefix}/diagram`,
      'The picture of a definition, if one was deployed',
      async (call) => {
        await find(call)
        return nothing
      },
      { binary: true },
    ),
    operation('GET', `${prefix}/statistics`, 'Counts instances, failed jobs and incidents by activity', async (call) =>
      json(await activityStatistics(call, (await find(call)).id)),
    ),
    operation(
      'POST',
      `${prefix}/start`,
      'Starts an instance',
      async (call) => {
        if (selector === 'id') return start(call, { definitionId: param(call, 'id') })
        const row = await find(call)
        return start(call, { definitionId: row.id })
      },
      { wrapping: wrapAll(500) },
    ),
    operation('PUT', `${prefix}/suspended`, 'Suspends or activates a definition', async (call) => {
      const rows =
        selector === 'id'
          ? [await find(call)]
          : await versionsOf(call, param(call, 'key'), withTenant(selector) ? param(call, 'tenantId') : null)
      await suspend(call, rows)
      return nothing
    }),
    operation('PUT', `${prefix}/history-time-to-live`, 'Sets how long history is kept', async (call) => {
      const row = await find(call)
      const days = numberOf(bodyOf(call), 'historyTimeToLive')
      if (days !== null && days < 0)
        throw new Problem(400, 'BadUserRequestException', 'historyTimeToLive must be greater than or equal to 0')
      await call.runtime.database.transaction(async (tx) => {
        tx.write('update re_definition set history_ttl = ? where definition_id = ?', [days, row.id])
        call.runtime.definitionsChanged(tx)
      })
      return nothing
    }),
    operation('DELETE', prefix, 'Deletes a definition', async (call) => {
      await remove(call, [await find(call)])
      return nothing
    }),
    ...(selector === 'id'
      ? []
      : [
          operation('DELETE', `${prefix}/delete`, 'Deletes all versions of a definition', async (call) => {
            await find(call)
            await remove(call, await versionsOf(call, param(call, 'key'), withTenant(selector) ? param(call, 'tenantId') : null))
            return nothing
          }),
        ]),
  ]
}

/** Starts an instance and answers it as Camunda does; also what `submit-form` does. */
export async function start(call: Call, { definitionId }: { readonly definitionId: string }, more: Variables = {}) {
  const body = bodyOf(call)
  const { variables, transient } = readVariables(body.variables)
  const businessKey = textOf(body, 'businessKey')
  const instructions = readInstructions(body.startInstructions)
  const { instanceId, definition, done } = await call.runtime.startInstance(
    {
      definitionId,
      businessKey,
      variables: { ...variables, ...more },
      transient,
      ...(instructions.length > 0 && { instructions }),
      ...(flagOf(body, 'skipCustomListeners') && { skipCustomListeners: true }),
      ...(flagOf(body, 'skipIoMappings') && { skipIoMappings: true }),
    },
    undefined,
    call.userId,
  )
  const instance = done.family.instances.get(instanceId)
  return json({
    links: [{ method: 'GET', href: `${call.base}/process-instance/${instanceId}`, rel: 'self' }],
    id: instanceId,
    definitionId: definition.id,
    definitionKey: definition.key,
    businessKey: instance ? instance.businessKey : businessKey,
    caseInstanceId: null,
    ended: !instance,
    suspended: instance?.suspended ?? false,
    tenantId: definition.tenantId,
    ...(flagOf(body, 'withVariablesInReturn') && {
      variables: variablesOut(instance ? visibleVariables(instance, instanceId) : await lastVariables(call, instanceId)),
    }),
  })
}

/** The variables with which an instance ended. */
async function lastVariables(call: Call, instanceId: string): Promise<Variables> {
  const rows = await call.run.query<{ readonly name: string; readonly json_value: string }>(
    "select name, json_value from hi_variable where instance_id = ? and execution_id = ? and task_id is null and state <> 'DELETED'",
    [instanceId, instanceId],
  )
  return Object.fromEntries(rows.map((row) => [row.name, decodeValue(row.json_value)]))
}

async function versionsOf(call: Call, key: string, tenantId?: string | null): Promise<readonly DefinitionRow[]> {
  const condition = tenantId === undefined ? '' : tenantId === null ? ' and tenant_id is null' : ' and tenant_id = ?'
  const ids = await call.run.query<{ readonly definition_id: string }>(
    `select definition_id from re_definition where definition_key = ?${condition} order by version`,
    tenantId === undefined || tenantId === null ? [key] : [key, tenantId],
  )
  const rows: DefinitionRow[] = []
  for (const { definition_id } of ids) {
    const row = await call.runtime.definitionRow(definition_id)
    if (row) rows.push(row)
  }
  return rows
}

const suspend = (call: Call, rows: readonly DefinitionRow[]): Promise<void> => {
  const body = bodyOf(call)
  const ids = rows.map(({ id }) => id)
  return call.runtime.repository.setDefinitionsSuspended(ids, flagOf(body, 'suspended'), flagOf(body, 'includeProcessInstances'))
}

const remove = (call: Call, rows: readonly DefinitionRow[]): Promise<void> =>
  call.runtime.repository.deleteDefinitions(rows, call.query.get('cascade') === 'true')
