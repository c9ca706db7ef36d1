import type { Variables } from '../../core/value.ts'
import type { FetchedTask, FetchTopic } from '../../runtime/external-tasks.ts'
import { toWireDate } from '../../wire/date-time.ts'
import { type Body, bodyOf, type Call, flagOf, json, nothing, numberOf, objectsOf, param, textOf, textsOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, Problem, wrapExternalTask } from '../problem.ts'
import { findRow } from '../query/resource-query.ts'
import { readVariables, variablesOut } from '../variable.ts'
import { chosenExternalTasks } from './chosen.ts'
import { externalTaskQuery } from './query.ts'

const MAX_WAIT_MS = 1_800_000

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
          errorMessage: textOf(body, 'errorMessage'),
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
      const workerId = workerOf(body)
      await unlessMissing(call)
      if (errorCode === null || errorCode === '') throw new Problem(500, 'NullValueException', 'errorCode is null')
      const { variables } = readVariables(body.variables)
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
      await call.runtime.execute(
        {
          kind: 'extendExternalTaskLock',
          externalTaskId: param(call, 'id'),
          workerId: workerOf(body),
          lockMs: durationOf(body, 'newDuration'),
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
    if (ids.length === 0) throw new Problem(400, 'BadUserRequestException', 'externalTaskIds is empty')
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
    const rows = await call.run.query<{ readonly topic: string }>(
      `select distinct topic from ru_external_task${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''} order by topic`,
      conditions.filter((condition) => condition.includes('?')).map(() => call.run.now),
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
    { binary: true },
  ),
  operation('GET', '/external-task/:id', 'An external task', async (call) => {
    const row = await findRow(externalTaskQuery, param(call, 'id'), call.run)
    if (!row) throw missing(call)
    return json(row)
  }),
]

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

async function fetchAndLock(call: Call) {
  const body = bodyOf(call)
  const workerId = textOf(body, 'workerId')
  if (workerId === null) throw new Problem(500, 'ProcessEngineException', 'The worker id is null')
  const maxTasks = numberOf(body, 'maxTasks') ?? 0
  if (maxTasks < 0) throw new Problem(500, 'ProcessEngineException', 'The maximum number of tasks is not greater than 0')
  const waitMs = numberOf(body, 'asyncResponseTimeout') ?? 0
  if (waitMs > MAX_WAIT_MS)
    throw invalidRequest(`The asynchronous response timeout cannot be set to a value greater than ${MAX_WAIT_MS} milliseconds`)
  const wanted = objectsOf(body, 'topics').map(readTopic)
  const order = objectsOf(body, 'sorting').find((sorting) => sorting.sortBy === 'createTime')?.sortOrder
  const byTopic = new Map(wanted.map((topic) => [topic.fetch.topicName, topic]))
  const request = {
    workerId,
    maxTasks,
    topics: wanted.map(({ fetch }) => fetch),
    usePriority: body.usePriority !== false,
    ...((order === 'asc' || order === 'desc') && ({ createTimeOrder: order } as const)),
  }
  const tasks =
    waitMs > 0 ? await call.runtime.externalTasks.poll(request, waitMs, call.gone) : await call.runtime.externalTasks.fetchAndLock(request)
  const answers: unknown[] = []
  for (const task of tasks) answers.push(await fetchedOut(call, task, byTopic.get(task.topic.topicName)))
  return json(answers)
}

interface WantedTopic {
  readonly fetch: FetchTopic
  /** Null: all of them. */
  readonly names: readonly string[] | null
  readonly localOnly: boolean
  readonly deserialize: boolean
  readonly extensions: boolean
}

function readTopic(body: Body): WantedTopic {
  const topicName = textOf(body, 'topicName')
  if (topicName === null) throw new Problem(500, 'ProcessEngineException', 'The topic name is null')
  const lockMs = numberOf(body, 'lockDuration') ?? 0
  if (lockMs <= 0) throw new Problem(500, 'ProcessEngineException', 'The lock duration is not greater than 0')
  const text = (name: 'businessKey' | 'processDefinitionId' | 'processDefinitionKey' | 'processDefinitionVersionTag') => {
    const value = textOf(body, name)
    return value === null ? {} : { [name]: value }
  }
  const list = (name: 'processDefinitionIdIn' | 'processDefinitionKeyIn' | 'tenantIdIn') => {
    const values = textsOf(body, name)
    return values === null ? {} : { [name]: values }
  }
  const processVariables = plainVariables(body.processVariables)
  return {
    fetch: {
      topicName,
      lockMs,
      ...text('businessKey'),
      ...text('processDefinitionId'),
      ...text('processDefinitionKey'),
      ...text('processDefinitionVersionTag'),
      ...list('processDefinitionIdIn'),
      ...list('processDefinitionKeyIn'),
      ...list('tenantIdIn'),
      ...(flagOf(body, 'withoutTenantId') && { withoutTenantId: true }),
      ...(processVariables && { processVariables }),
    },
    names: textsOf(body, 'variables'),
    localOnly: flagOf(body, 'localVariables'),
    deserialize: flagOf(body, 'deserializeValues'),
    extensions: flagOf(body, 'includeExtensionProperties'),
  }
}

/** `processVariables` of a topic are plain JSON values. */
function plainVariables(json: unknown): Variables | null {
  if (typeof json !== 'object' || json === null || Object.keys(json).length === 0) return null
  return readVariables(Object.fromEntries(Object.entries(json).map(([name, value]) => [name, { value }]))).variables
}

async function fetchedOut(call: Call, { task, instance, variables, localVariables }: FetchedTask, topic: WantedTopic | undefined) {
  const definition = await call.runtime.definitions.get(call.run.query, instance.definitionId, false)
  const seen = topic?.localOnly ? localVariables : variables
  const names = topic?.names
  const chosen = names ? Object.fromEntries(Object.entries(seen).filter(([name]) => names.includes(name))) : seen
  const node = definition?.definition.model.nodes.get(task.node)
  return {
    activityId: task.node,
    activityInstanceId: task.activityInstanceId,
    errorMessage: task.errorMessage,
    errorDetails: task.errorDetails,
    executionId: task.executionId,
    id: task.id,
    lockExpirationTime: task.lockExpiresAt === null ? null : toWireDate(task.lockExpiresAt),
    createTime: toWireDate(task.createdAt),
    processDefinitionId: instance.definitionId,
    processDefinitionKey: definition?.row.key ?? null,
    processDefinitionVersionTag: definition?.row.versionTag ?? null,
    processInstanceId: instance.id,
    retries: task.retries,
    suspended: instance.suspended,
    workerId: task.workerId,
    topicName: task.topic,
    tenantId: instance.tenantId,
    variables: variablesOut(chosen, topic?.deserialize ?? false),
    priority: task.priority,
    businessKey: instance.businessKey,
    extensionProperties: topic?.extensions ? (node?.properties ?? {}) : {},
  }
}
