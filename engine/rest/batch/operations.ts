import { chosenExternalTasks } from '../external-task/chosen.ts'
import { historicDecisionInstanceQuery } from '../history/decision-query.ts'
import { historicProcessInstanceQuery } from '../history/process-instance-query.ts'
import { type Answer, bodyOf, type Call, flagOf, json, nothing, numberOf, param, textOf, textsOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { dueDateOf } from '../job/due-date.ts'
import { jobQuery } from '../job/query.ts'
import { chosenInstances, readModification } from '../modification/operations.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { instancesToRestart, readRestart } from '../process-definition/restart.ts'
import { readInstructions } from '../process-instance/instructions.ts'
import { chosen } from '../query/chosen.ts'
import { findRow, keysOf, listRows, readGet, readPost, unrestricted } from '../query/resource-query.ts'
import { countRows } from '../query/select-rows.ts'
import { readVariables } from '../variable.ts'
import type { BatchRequest } from './batch-request.ts'
import { batchQuery, batchStatisticsQuery, historicBatchQuery } from './query.ts'

/** Starts a batch and answers it as it begins. */
export async function startBatch(call: Call, request: BatchRequest, items: readonly string[], empty: string): Promise<Answer> {
  if (items.length === 0) throw nothingChosen(call, empty)
  const id = await call.batches.create(request, [...new Set(items)], call.userId)
  const run = unrestricted(call.run)
  const row = await findRow(batchQuery, id, run)
  // A batch may be done before it is read: history has it for certain.
  // It is shown as it begins, whatever has been done since.
  return json({ ...(row ?? (await findRow(historicBatchQuery, id, run))), suspended: false, jobsCreated: 0, executionStartTime: null })
}

/** Nothing was said to be worked on (an invalid request), or what was said is nothing. */
export function nothingChosen(call: Call, name: string): Problem {
  const isSaid = Object.entries(bodyOf(call)).some(([member, value]) => /Ids?$|Query$/.test(member) && value !== null)
  return isSaid ? new Problem(400, 'BadUserRequestException', `${name} is empty`) : invalidRequest(`${name} must be set`)
}

export const batchOperations: readonly Operation[] = [
  ...queryOperations(batchQuery, { post: false }),
  ...queryOperations(historicBatchQuery, { post: false }),
  operation('GET', '/batch/statistics', 'Lists batches with their progress', async (call) =>
    json(await listRows(batchStatisticsQuery, readGet(batchStatisticsQuery, call.query), call.run)),
  ),
  operation('GET', '/batch/statistics/count', 'Counts batches', async (call) =>
    json({ count: await countRows(batchStatisticsQuery, readGet(batchStatisticsQuery, call.query), call.run) }),
  ),
  operation('PUT', '/batch/:id/suspended', 'Suspends or activates a batch', async (call) => {
    await known(call)
    await call.runtime.database.transaction(async (tx) => {
      tx.write('update ru_batch set suspended = ? where batch_id = ?', [flagOf(bodyOf(call), 'suspended') ? 1 : 0, param(call, 'id')])
      tx.afterCommit(() => call.batches.wake())
    })
    return nothing
  }),
  operation('DELETE', '/batch/:id', 'Deletes a batch', async (call) => {
    await known(call)
    await call.runtime.database.transaction(async (tx) => {
      const tables = ['ru_batch_item', 'ru_batch', ...(call.query.get('cascade') === 'true' ? ['hi_batch'] : [])]
      for (const table of tables) tx.write(`delete from ${table} where batch_id = ?`, [param(call, 'id')])
    })
    return nothing
  }),
  operation('DELETE', '/history/batch/:id', 'Deletes the history of a batch', async (call) => {
    if (!(await findRow(historicBatchQuery, param(call, 'id'), call.run)))
      throw invalidRequest(`Historic batch with id '${param(call, 'id')}' does not exist`)
    await call.runtime.database.transaction(async (tx) => tx.write('delete from hi_batch where batch_id = ?', [param(call, 'id')]))
    return nothing
  }),
  operation('POST', '/job/retries', 'Sets the retries of jobs in the background', async (call) => {
    const jobs = await chosen(call, 'jobIds', { jobQuery })
    if (numberOf(bodyOf(call), 'retries') === null) throw invalidRequest('retries must be set')
    if (jobs.length === 0) throw new Problem(500, 'ProcessEngineException', 'jobIds is empty')
    return startBatch(call, jobRetries(call), jobs, 'jobIds')
  }),
  operation('POST', '/process-instance/job-retries', 'Sets the retries of all jobs of instances in the background', async (call) => {
    const jobs: string[] = []
    const chosen = await instances(call, 'processInstances')
    if (chosen.length === 0) throw new Problem(500, 'ProcessEngineException', 'processInstanceIds is empty')
    for (const processInstanceId of chosen)
      jobs.push(...(await keysOf(jobQuery, readPost(jobQuery, { processInstanceId }, new URLSearchParams()), call.run)))
    if (numberOf(bodyOf(call), 'retries') === null) throw invalidRequest('retries must be set')
    if (jobs.length === 0) throw invalidRequest('jobIds is empty')
    return startBatch(call, jobRetries(call), jobs, 'jobIds')
  }),
  operation('POST', '/external-task/retries-async', 'Sets the retries of external tasks in the background', async (call) =>
    startBatch(call, { kind: 'set-external-task-retries', retries: retriesOf(call) }, await chosenExternalTasks(call), 'externalTaskIds'),
  ),
  operation('POST', '/process-instance/delete', 'Deletes instances in the background', async (call) => {
    const body = bodyOf(call)
    const request: BatchRequest = {
      kind: 'instance-deletion',
      reason: textOf(body, 'deleteReason'),
      skipCustomListeners: flagOf(body, 'skipCustomListeners'),
      skipSubprocesses: flagOf(body, 'skipSubprocesses'),
    }
    return startBatch(call, request, await instances(call), 'processInstanceIds')
  }),
  operation('POST', '/history/process-instance/delete', 'Deletes the history of instances in the background', async (call) =>
    startBatch(call, { kind: 'historic-instance-deletion' }, await historicInstances(call), 'historicProcessInstanceIds'),
  ),
  operation('POST', '/history/decision-instance/delete', 'Deletes the history of decisions in the background', async (call) => {
    const ids = await historicDecisions(call)
    if (ids.length === 0) throw invalidRequest('historicDecisionInstanceIds is empty')
    return startBatch(call, { kind: 'historic-decision-instance-deletion' }, ids, 'historicDecisionInstanceIds')
  }),
  operation('POST', '/process-instance/delete-historic-query-based', 'Deletes instances that a query of history finds', async (call) => {
    const body = bodyOf(call)
    const skipCustomListeners = flagOf(body, 'skipCustomListeners')
    const skipSubprocesses = flagOf(body, 'skipSubprocesses')
    const ids = await instances(call)
    if (ids.length === 0) throw invalidRequest('processInstanceIds is empty')
    const reason = textOf(body, 'deleteReason')
    return startBatch(call, { kind: 'instance-deletion', reason, skipCustomListeners, skipSubprocesses }, ids, 'processInstanceIds')
  }),
  operation('POST', '/process-instance/suspended-async', 'Suspends or activates instances in the background', async (call) =>
    startBatch(
      call,
      { kind: 'instance-update-suspension-state', suspended: flagOf(bodyOf(call), 'suspended') },
      await instances(call),
      'processInstanceIds',
    ),
  ),
  operation('POST', '/process-instance/variables-async', 'Sets variables of instances in the background', async (call) => {
    const given = bodyOf(call).variables
    if (given === undefined || given === null || Object.keys(given).length === 0) throw invalidRequest('variables must be set')
    return startBatch(
      call,
      { kind: 'set-variables', variables: readVariables(bodyOf(call).variables).variables },
      await instances(call),
      'processInstanceIds',
    )
  }),
  operation('POST', '/process-instance/message-async', 'Correlates a message with instances in the background', async (call) => {
    const { variables } = readVariables(bodyOf(call).variables)
    const request: BatchRequest = { kind: 'correlate-message', messageName: textOf(bodyOf(call), 'messageName'), variables }
    return startBatch(call, request, await instances(call), 'processInstanceIds')
  }),
  operation('POST', '/process-instance/:id/modification-async', 'Modifies an instance in the background', async (call) => {
    const body = bodyOf(call)
    const instructions = readInstructions(body)
    if (instructions.length === 0) throw invalidRequest('Instructions must be set')
    return startBatch(
      call,
      {
        kind: 'instance-modification',
        instructions,
        skipCustomListeners: flagOf(body, 'skipCustomListeners'),
        skipIoMappings: flagOf(body, 'skipIoMappings'),
      },
      [param(call, 'id')],
      'processInstanceIds',
    )
  }),
  operation('POST', '/modification/executeAsync', 'Modifies instances in the background', async (call) => {
    const { instructions, ids } = await readModification(call)
    const body = bodyOf(call)
    return startBatch(
      call,
      {
        kind: 'instance-modification',
        instructions,
        skipCustomListeners: flagOf(body, 'skipCustomListeners'),
        skipIoMappings: flagOf(body, 'skipIoMappings'),
      },
      ids,
      'processInstanceIds',
    )
  }),
  operation('POST', '/process-definition/:id/restart-async', 'Starts ended instances anew in the background', async (call) =>
    startBatch(
      call,
      { kind: 'instance-restart', restart: readRestart(call, param(call, 'id')) },
      await instancesToRestart(call),
      'processInstanceIds',
    ),
  ),
]

async function known(call: Call): Promise<void> {
  const [row] = await call.run.query('select batch_id from ru_batch where batch_id = ?', [param(call, 'id')])
  if (!row) throw new Problem(400, 'InvalidRequestException', `Batch for id '${param(call, 'id')}' cannot be found: batch is null`)
}

function jobRetries(call: Call): BatchRequest {
  const due = dueDateOf(bodyOf(call))
  return { kind: 'set-job-retries', retries: retriesOf(call), ...(due !== undefined && { due }) }
}

function retriesOf(call: Call): number {
  const retries = numberOf(bodyOf(call), 'retries')
  if (retries === null) throw invalidRequest('retries must be set')
  if (retries < 0) throw new Problem(400, 'BadUserRequestException', 'The number of retries cannot be negative')
  return retries
}

export const historicInstances = (call: Call) => chosen(call, 'historicProcessInstanceIds', { historicProcessInstanceQuery })

export const historicDecisions = (call: Call) => chosen(call, 'historicDecisionInstanceIds', { historicDecisionInstanceQuery })

/** Instances by ids or queries; `ids` is what this body calls the list. */
async function instances(call: Call, ids = 'processInstanceIds'): Promise<readonly string[]> {
  const listed = ids === 'processInstanceIds' ? null : textsOf(bodyOf(call), ids)
  return [...new Set([...(listed ?? []), ...(await chosenInstances(call))])]
}
