import { narrowTo } from '../access/narrow.ts'
import { nothingChosen } from '../batch/operations.ts'
import { type Body, bodyOf, type Call, json, nothing, numberOf, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, Problem, wrapExternalTask } from '../problem.ts'
import { findRow } from '../query/resource-query.ts'
import { readVariables } from '../variable.ts'
import { chosenExternalTasks } from './chosen.ts'
import { fetchAndLock } from './fetch-and-lock.ts'
import { externalTaskQuery } from './query.ts'

const workerOf = (body: Body): string => {
  const workerId = textOf(body, 'workerId')
  if (workerId === null) throw new Problem(500, 'NullValueException', 'workerId is null')
  return workerId
}

const one = { wrapping: wrapExternalTask }

export const externalTaskOperations: readonly Operation[] = [
  ...queryOperations(externalTaskQuery, { byId: false }),
  operation('POST', '/external-task/fetchAndLock', 'Locks tasks for a worker, waiting for some if asked to', fetchAndLock),
  operation(
    'POST',
    '/external-task/:id/complete',
    'Completes an external task',
    async (call) => {
      const body = bodyOf(call)
      const { variables } = readVariables(body.variables)
      const { variables: localVariables } = readVariables(body.localVariables, 'localVariables')
      await call.runtime.execute(
        { kind: 'completeExternalTask', externalTaskId: param(call, 'id'), workerId: workerOf(body), variables, localVariables },
        undefined,
        call.userId,
      )
      return nothing
    },
    one,
  ),
  operation(
    'POST',
    '/external-task/:id/failure',
    'Reports that a worker failed',
    async (call) => {
      const body = bodyOf(call)
      const retries = numberOf(body, 'retries') ?? 0
      if (retries < 0) throw new Problem(500, 'ProcessEngineException', 'the number of retries cannot be negative')
      const retryTimeoutMs = numberOf(body, 'retryTimeout') ?? 0
      if (retryTimeoutMs < 0) throw new Problem(500, 'ProcessEngineException', 'the retry duration cannot be negative')
      await call.runtime.execute(
        {
          kind: 'failExternalTask',
          externalTaskId: param(call, 'id'),
          workerId: workerOf(body),
          errorMessage: messageOf(call, textOf(body, 'errorMessage')),
          errorDetails: textOf(body, 'errorDetails'),
          retries,
          retryTimeoutMs,
          variables: readVariables(body.variables).variables,
          localVariables: readVariables(body.localVariables, 'localVariables').variables,
        },
        undefined,
        call.userId,
      )
      return nothing
    },
    one,
  ),
  operation(
    'POST',
    '/external-task/:id/bpmnError',
    'Reports a business error',
    async (call) => {
      const body = bodyOf(call)
      const errorCode = textOf(body, 'errorCode')
      const { variables } = readVariables(body.variables)
      const workerId = workerOf(body)
      if (errorCode === null || errorCode === '') throw new Problem(500, 'NullValueException', 'errorCode is null')
      await unlessMissing(call)
      await call.runtime.execute(
        {
          kind: 'externalTaskBpmnError',
          externalTaskId: param(call, 'id'),
          workerId,
          errorCode,
          errorMessage: textOf(body, 'errorMessage'),
          variables,
        },
        undefined,
        call.userId,
      )
      return nothing
    },
    one,
  ),
  operation(
    'POST',
    '/external-task/:id/lock',
    'Locks a task for a worker',
    async (call) => {
      const body = bodyOf(call)
      await call.runtime.execute(
        { kind: 'lockExternalTask', externalTaskId: param(call, 'id'), workerId: workerOf(body), lockMs: durationOf(body, 'lockDuration') },
        undefined,
        call.userId,
      )
      return nothing
    },
    one,
  ),
  operation(
    'POST',
    '/external-task/:id/extendLock',
    'Extends a lock',
    async (call) => {
      const body = bodyOf(call)
      const lockMs = durationOf(body, 'newDuration')
      await call.runtime.execute(
        {
          kind: 'extendExternalTaskLock',
          externalTaskId: param(call, 'id'),
          workerId: workerOf(body),
          lockMs,
        },
        undefined,
        call.userId,
      )
      return nothing
    },
    one,
  ),
  operation(
    'POST',
    '/external-task/:id/unlock',
    'Gives a task back',
    async (call) => {
      await call.runtime.execute({ kind: 'unlockExternalTask', externalTaskId: param(call, 'id') }, undefined, call.userId)
      return nothing
    },
    one,
  ),
  operation(
    'PUT',
    '/external-task/:id/retries',
    'Sets the retries of a task',
    async (call) => {
      await setRetries(call, param(call, 'id'), retriesOf(bodyOf(call)))
      return nothing
    },
    one,
  ),
  operation(
    'PUT',
    '/external-task/:id/priority',
    'Sets the priority of a task',
    async (call) => {
      const priority = numberOf(bodyOf(call), 'priority')
      if (priority === null) throw invalidRequest('The priority must be set.')
      await call.runtime.execute({ kind: 'setExternalTaskPriority', externalTaskId: param(call, 'id'), priority }, undefined, call.userId)
      return nothing
    },
    one,
  ),
  operation('PUT', '/external-task/retries', 'Sets the retries of several tasks', async (call) => {
    const retries = retriesOf(bodyOf(call))
    const ids = await chosenExternalTasks(call)
    if (ids.length === 0) throw nothingChosen(call, 'externalTaskIds')
    for (const id of ids) await setRetries(call, id, retries)
    return nothing
  }),
  operation('GET', '/external-task/topic-names', 'Topics of all tasks', async (call) => {
    const flag = (name: string): boolean => call.query.get(name) === 'true'
    const conditions = [
      ...(flag('withLockedTasks') ? ['lock_until > ?'] : []),
      ...(flag('withUnlockedTasks') ? ['(lock_until is null or lock_until <= ?)'] : []),
      ...(flag('withRetriesLeft') ? ['(retries is null or retries > 0)'] : []),
    ]
    const readable = externalTaskQuery.authorisedBy && narrowTo(call.caller, externalTaskQuery.authorisedBy)
    const times = conditions.filter((condition) => condition.includes('?')).map(() => call.run.now)
    if (readable) conditions.push(readable.text)
    const rows = await call.run.query<{ readonly topic: string }>(
      `select distinct topic from ru_external_task x${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''} order by topic`,
      [...times, ...(readable?.params ?? [])],
    )
    return json(rows.map(({ topic }) => topic))
  }),
  operation(
    'GET',
    '/external-task/:id/errorDetails',
    'Details of the last failure',
    async (call) => {
      const [row] = await call.run.query<{ readonly error_details: string | null }>(
        'select error_details from ru_external_task where external_task_id = ?',
        [param(call, 'id')],
      )
      if (!row) throw missing(call)
      return row.error_details === null ? nothing : { kind: 'text', text: row.error_details }
    },
    { produces: 'text/plain' },
  ),
  operation('GET', '/external-task/:id', 'An external task', async (call) => {
    const row = await findRow(externalTaskQuery, param(call, 'id'), call.run)
    if (!row) throw missing(call)
    return json(row)
  }),
]

/** `compat.shortTexts`: Camunda keeps so much of a message, and the rest in the details only. */
const messageOf = (call: Call, message: string | null): string | null =>
  call.runtime.context.settings.compat.shortTexts ? (message?.slice(0, 666) ?? null) : message

const missing = (call: Call): Problem => new Problem(404, 'RestException', `External task with id ${param(call, 'id')} does not exist`)

/** A task that does not exist is a 404 before anything else is looked at. */
async function unlessMissing(call: Call): Promise<void> {
  if (call.runtime.context.locator.recall('externalTask', param(call, 'id'))) return
  const [row] = await call.run.query('select external_task_id from ru_external_task where external_task_id = ?', [param(call, 'id')])
  if (!row) throw new Problem(404, 'RestException', `Cannot find external task with id ${param(call, 'id')}: externalTask is null`)
}

function durationOf(body: Body, name: string): number {
  const duration = numberOf(body, name)
  if (duration === null || duration <= 0) throw new Problem(400, 'RestException', `${name} is not greater than 0`)
  return duration
}

function retriesOf(body: Body): number {
  const retries = numberOf(body, 'retries')
  if (retries === null) throw invalidRequest('The number of retries cannot be null.')
  if (retries < 0) throw new Problem(400, 'BadUserRequestException', 'The number of retries cannot be negative')
  return retries
}

const setRetries = (call: Call, externalTaskId: string, retries: number) =>
  call.runtime.execute({ kind: 'setExternalTaskRetries', externalTaskId, retries }, undefined, call.userId)
