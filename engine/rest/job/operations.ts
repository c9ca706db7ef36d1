import { EngineError } from '../../process-engine.ts'
import type { UnplacedCommand } from '../../runtime/placed-command.ts'
import { endTimerStartIncident, recalculateTimerStart } from '../../runtime/timer-starts.ts'
import { fromWireDate } from '../../wire/date-time.ts'
import { type Body, bodyOf, type Call, flagOf, nothing, numberOf, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, notFound, Problem } from '../problem.ts'
import { keysOf, readPost } from '../query/resource-query.ts'
import { dueDateOf } from './due-date.ts'
import { jobQuery } from './query.ts'

export const jobOperations: readonly Operation[] = [
  ...queryOperations(jobQuery),
  operation('POST', '/job/:id/execute', 'Executes a job now', async (call) => {
    try {
      await call.runtime.jobs.execute(param(call, 'id'))
    } catch (error) {
      // Camunda answers 404 for whatever the engine refused: no such job, suspended, or its work failed.
      if (error instanceof EngineError) throw notFound(error.message)
      throw new Problem(500, 'RestException', error instanceof Error ? error.message : String(error))
    }
    return nothing
  }),
  operation('PUT', '/job/:id/duedate', 'Sets the due date of a job', async (call) => {
    const body = bodyOf(call)
    const text = textOf(body, 'duedate')
    const due = text === null ? null : fromWireDate(text)
    if (due === undefined) throw invalidRequest(`Cannot read duedate '${text}'`)
    const [row] = await call.run.query('select job_id from ru_job where job_id = ?', [param(call, 'id')])
    if (!row) throw new Problem(500, 'InvalidRequestException', `No job found with id '${param(call, 'id')}'.`)
    await change(call, param(call, 'id'), (jobId) => ({ kind: 'setJobDue', jobId, due, cascade: flagOf(body, 'cascade') }), 'due_at', due)
    return nothing
  }),
  operation('POST', '/job/:id/duedate/recalculate', 'Calculates the due date of a timer again', async (call) => {
    const creationDateBased = call.query.get('creationDateBased') !== 'false'
    const { ofInstance } = await known(call, param(call, 'id'))
    if (!ofInstance) {
      await call.runtime.executor.perform({ places: [], run: (unit) => recalculateTimerStart(unit, param(call, 'id'), creationDateBased) })
      call.runtime.jobs.wake()
      return nothing
    }
    await call.runtime.execute({ kind: 'recalculateJobDue', jobId: param(call, 'id'), creationDateBased }, undefined, call.userId)
    return nothing
  }),
  operation('PUT', '/job/:id/retries', 'Sets the retries of a job', async (call) => {
    await setRetries(call, param(call, 'id'), retriesOf(bodyOf(call)), dueDateOf(bodyOf(call)))
    return nothing
  }),
  operation('PUT', '/job/:id/priority', 'Sets the priority of a job', async (call) => {
    const priority = numberOf(bodyOf(call), 'priority')
    if (priority === null) throw new Problem(400, 'RestException', 'Priority for job cannot be null.')
    await change(call, param(call, 'id'), (jobId) => ({ kind: 'setJobPriority', jobId, priority }), 'priority', priority)
    return nothing
  }),
  operation('PUT', '/job/:id/suspended', 'Suspends or activates a job', async (call) => {
    // What does not exist is passed over.
    const [row] = await call.run.query('select job_id from ru_job where job_id = ?', [param(call, 'id')])
    if (!row) return nothing
    await setSuspended(call, param(call, 'id'), flagOf(bodyOf(call), 'suspended'))
    return nothing
  }),
  operation('PUT', '/job/suspended', 'Suspends or activates several jobs', async (call) => {
    const body = bodyOf(call)
    const criteria: Record<string, unknown> = {}
    for (const name of ['jobDefinitionId', 'processInstanceId', 'processDefinitionId', 'processDefinitionKey'])
      if (textOf(body, name) !== null) criteria[name] = textOf(body, name)
    if (textOf(body, 'jobId') !== null)
      throw invalidRequest(
        'Either jobDefinitionId, processInstanceId, processDefinitionId or processDefinitionKey can be set to update the suspension state.',
      )
    if (Object.keys(criteria).length !== 1)
      throw invalidRequest(
        'Either jobDefinitionId, processInstanceId, processDefinitionId or processDefinitionKey should be set to update the suspension state.',
      )
    const suspended = flagOf(body, 'suspended')
    for (const id of await keysOf(jobQuery, readPost(jobQuery, criteria, new URLSearchParams()), call.run))
      await setSuspended(call, id, suspended)
    return nothing
  }),
  operation(
    'GET',
    '/job/:id/stacktrace',
    'Why a job failed',
    async (call) => {
      const [row] = await call.run.query<{ readonly exception_stack: string | null }>(
        'select exception_stack from ru_job where job_id = ?',
        [param(call, 'id')],
      )
      if (!row) throw notFound(`No job found with id ${param(call, 'id')}`)
      return { kind: 'text', text: row.exception_stack ?? '' }
    },
    { produces: 'text/plain' },
  ),
  operation('DELETE', '/job/:id', 'Deletes a job', async (call) => {
    const id = param(call, 'id')
    const { ofInstance } = await known(call, id)
    if (ofInstance) await call.runtime.execute({ kind: 'deleteJob', jobId: id }, undefined, call.userId)
    else await call.runtime.database.transaction(async (tx) => tx.write('delete from ru_job where job_id = ?', [id]))
    return nothing
  }),
]

async function known(call: Call, id: string): Promise<{ readonly ofInstance: boolean }> {
  const [row] = await call.run.query<{ readonly instance_id: string | null }>('select instance_id from ru_job where job_id = ?', [id])
  if (!row) throw notFound(`No job found with id '${id}'`)
  return { ofInstance: row.instance_id !== null }
}

/** A command on a job of an instance; timers that start instances are rows only. */
async function change(
  call: Call,
  id: string,
  command: (jobId: string) => UnplacedCommand,
  column: 'due_at' | 'retries' | 'priority' | 'suspended',
  value: number | null,
): Promise<void> {
  const { ofInstance } = await known(call, id)
  if (ofInstance) await call.runtime.execute(command(id), undefined, call.userId)
  else
    await call.runtime.database.transaction(async (tx) => {
      tx.write(`update ru_job set ${column} = ? where job_id = ?`, [value, id])
      if (column === 'retries' && value !== null && value > 0) endTimerStartIncident(tx, id, call.run.now)
      tx.afterCommit(() => call.runtime.jobs.wake())
    })
}

const setRetries = async (call: Call, id: string, retries: number, due: number | null | undefined): Promise<void> => {
  const [row] = await call.run.query('select job_id from ru_job where job_id = ?', [id])
  if (!row) throw new Problem(500, 'InvalidRequestException', `No job found with id '${id}'.`)
  await change(call, id, (jobId) => ({ kind: 'setJobRetries', jobId, retries, ...(due !== undefined && { due }) }), 'retries', retries)
  // Of a timer that starts instances there is the row alone.
  if (due !== undefined)
    await call.runtime.database.transaction(async (tx) =>
      tx.write('update ru_job set due_at = ? where job_id = ? and instance_id is null', [due, id]),
    )
}

const setSuspended = (call: Call, id: string, suspended: boolean): Promise<void> =>
  change(call, id, (jobId) => ({ kind: 'setJobSuspended', jobId, suspended }), 'suspended', suspended ? 1 : 0)

function retriesOf(body: Body): number {
  const retries = numberOf(body, 'retries')
  if (retries === null) throw invalidRequest('retries must be set')
  if (retries < 0)
    throw new Problem(
      500,
      'InvalidRequestException',
      "The number of job retries must be a non-negative Integer, but '-1' has been provided.",
    )
  return retries
}
