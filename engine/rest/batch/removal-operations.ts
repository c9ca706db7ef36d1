import { bodyOf, type Call, dateOf, flagOf, json } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { chosen } from '../query/chosen.ts'
import { historicDecisions, historicInstances, startBatch } from './operations.ts'
import { historicBatchQuery } from './query.ts'
import type { Removal } from './removal.ts'

const badRequest = (message: string): Problem => new Problem(400, 'BadUserRequestException', message, { code: 0 })

/** When history is removed: set in the background. */
export const removalOperations: readonly Operation[] = [
  operation('POST', '/history/process-instance/set-removal-time', 'Sets when history is removed, in the background', async (call) => {
    const removal = readRemoval(call)
    const hierarchical = flagOf(bodyOf(call), 'hierarchical')
    const ids = await known(call, 'historicProcessInstance', await historicInstances(call), 'hi_instance', 'instance_id')
    return startBatch(call, { kind: 'process-set-removal-time', removal, hierarchical }, ids, 'historicProcessInstances')
  }),
  operation(
    'POST',
    '/history/decision-instance/set-removal-time',
    'Sets when history of decisions is removed, in the background',
    async (call) => {
      const removal = readRemoval(call)
      const hierarchical = flagOf(bodyOf(call), 'hierarchical')
      const ids = await known(call, 'historicDecisionInstance', await historicDecisions(call), 'hi_decision', 'decision_instance_id')
      return startBatch(call, { kind: 'decision-set-removal-time', removal, hierarchical }, ids, 'historicDecisionInstances')
    },
  ),
  operation('POST', '/history/batch/set-removal-time', 'Sets when history of batches is removed, in the background', async (call) => {
    const removal = readRemoval(call)
    const ids = await known(call, 'historicBatch', await chosen(call, 'historicBatchIds', { historicBatchQuery }), 'hi_batch', 'batch_id')
    return startBatch(call, { kind: 'batch-set-removal-time', removal }, ids, 'historicBatches')
  }),
  operation('GET', '/history/batch/cleanable-batch-report', 'Batches whose history may be removed, by type', async (call) =>
    json(await report(call)),
  ),
  operation('GET', '/history/batch/cleanable-batch-report/count', 'Counts the entries of that report', async (call) =>
    json({ count: (await report(call)).length }),
  ),
]

/** Those of the ids that history has. */
async function known(call: Call, what: string, ids: readonly string[], table: string, key: string): Promise<readonly string[]> {
  const body = bodyOf(call)
  if (!body[`${what}Ids`] && !body[`${what}Query`]) throw badRequest('Neither query nor ids provided.')
  const found: string[] = []
  for (const id of ids) if ((await call.run.query(`select ${key} from ${table} where ${key} = ?`, [id])).length > 0) found.push(id)
  return found
}

function readRemoval(call: Call): Removal {
  const body = bodyOf(call)
  const at = dateOf(body, 'absoluteRemovalTime')
  const modes: Removal[] = [
    ...(at === null ? [] : [{ mode: 'at', at } as const]),
    ...(flagOf(body, 'clearedRemovalTime') ? [{ mode: 'cleared' } as const] : []),
    ...(flagOf(body, 'calculatedRemovalTime') ? [{ mode: 'calculated' } as const] : []),
  ]
  const [mode] = modes
  if (!mode) throw badRequest('removalTime is null')
  if (modes.length > 1) throw badRequest('The removal time modes are mutually exclusive: mode is not null')
  return mode
}

async function report(call: Call): Promise<readonly unknown[]> {
  const [sortBy, sortOrder] = [call.query.get('sortBy'), call.query.get('sortOrder')]
  if ((sortBy === null) !== (sortOrder === null) || (sortBy !== null && sortBy !== 'finished'))
    throw invalidRequest(`Cannot set query parameter 'sortBy' to value '${sortBy}'`)
  const rows = await call.run.query<{ readonly type: string; readonly finished: number; readonly cleanable: number }>(
    `select type, sum(case when ended_at is not null then 1 else 0 end) as finished,
     sum(case when ended_at is not null and removal_at <= ? then 1 else 0 end) as cleanable from hi_batch group by type
     order by ${sortBy === null ? 'type' : `finished ${sortOrder === 'desc' ? 'desc' : 'asc'}, type`}`,
    [call.run.now],
  )
  return rows.map(({ type, finished, cleanable }) => ({
    batchType: type,
    historyTimeToLive: null,
    finishedBatchesCount: Number(finished),
    cleanableBatchesCount: Number(cleanable),
  }))
}
