import { EngineError } from '../../process-engine.ts'
import type { DefinitionRow } from '../../runtime/definition-store.ts'
import type { Suspension } from '../../runtime/delayed-suspension.ts'
import { bodyOf, type Call, flagOf, json, nothing, numberOf, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { executionDateOf } from '../job/due-date.ts'
import { invalidRequest, Problem, wrapAll } from '../problem.ts'
import { findRow } from '../query/resource-query.ts'
import { findDefinition, type Selector, selectors } from './find-definition.ts'
import { processDefinitionQuery } from './query.ts'
import { instancesToRestart, readRestart, restartInstance } from './restart.ts'
import { start } from './start.ts'
import { staticCalls } from './static-calls.ts'
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
    await suspend(call, await versionsOf(call, key), { key })
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
      json(await activityStatistics(call, selector === 'id' ? param(call, 'id') : (await find(call)).id)),
    ),
    operation(
      'POST',
      `${prefix}/start`,
      'Starts an instance',
      async (call) => {
        if (selector === 'id') return start(call, param(call, 'id'))
        const row = await find(call)
        return start(call, row.id)
      },
      { wrapping: wrapAll(500) },
    ),
    operation('GET', `${prefix}/static-called-process-definitions`, 'Definitions that a definition calls by name', async (call) =>
      json(await staticCalls(call, await find(call))),
    ),
    ...(selector === 'id'
      ? [
          operation('POST', `${prefix}/restart`, 'Starts ended instances anew', async (call) => {
            try {
              const restart = readRestart(call, param(call, 'id'))
              if (restart.instructions.some(({ type }) => type === 'cancel'))
                throw invalidRequest('an instance cannot start with a cancellation')
              const ids = await instancesToRestart(call)
              await call.runtime.database.transaction(async (tx) => {
                for (const id of ids) await restartInstance(call.runtime, restart, id, tx, call.userId)
              })
            } catch (error) {
              // Whatever is wrong, Camunda calls the request invalid.
              if ((error instanceof Problem && error.status < 500) || error instanceof EngineError) throw invalidRequest(error.message)
              throw error
            }
            return nothing
          }),
        ]
      : []),
    operation('PUT', `${prefix}/suspended`, 'Suspends or activates a definition', async (call) => {
      // By id, what does not exist is passed over.
      const row = selector === 'id' ? await call.runtime.definitionRow(param(call, 'id')) : await find(call)
      if (!row) return nothing
      const process = { key: param(call, 'key'), tenantId: withTenant(selector) ? param(call, 'tenantId') : null }
      if (selector === 'id') await suspend(call, [row])
      else await suspend(call, await versionsOf(call, process.key, process.tenantId), process)
      return nothing
    }),
    operation('PUT', `${prefix}/history-time-to-live`, 'Sets how long history is kept', async (call) => {
      const days = numberOf(bodyOf(call), 'historyTimeToLive')
      refuseNoTtl(call, days)
      if (days !== null && days < 0)
        throw new Problem(400, 'BadUserRequestException', 'historyTimeToLive must be greater than or equal to 0')
      const row = await find(call)
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

/** `compat.historyTtlRequired` */
export function refuseNoTtl(call: Call, days: number | null): void {
  if (days === null && call.runtime.context.settings.compat.historyTtlRequired)
    throw new Problem(400, 'NotAllowedException', 'Null historyTimeToLive values are not allowed', { code: 0 })
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

const suspend = (call: Call, rows: readonly DefinitionRow[], process?: Suspension['process']): Promise<void> => {
  const body = bodyOf(call)
  const suspension = {
    of: 'process-definition',
    ids: rows.map(({ id }) => id),
    ...(process && { process }),
    suspended: flagOf(body, 'suspended'),
    includesRunning: flagOf(body, 'includeProcessInstances'),
  } as const
  return call.runtime.repository.suspend(suspension, undefined, executionDateOf(body))
}

const remove = (call: Call, rows: readonly DefinitionRow[]): Promise<void> =>
  call.runtime.repository.deleteDefinitions(rows, call.query.get('cascade') === 'true')
