import type { Variables } from '../../core/value.ts'
import type { FetchedTask, FetchTopic } from '../../runtime/external-tasks.ts'
import { toWireDate } from '../../wire/date-time.ts'
import { reachOf } from '../access/reach.ts'
import { type Body, bodyOf, type Call, flagOf, json, numberOf, objectsOf, textOf, textsOf } from '../http/call.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { readVariables, variablesOut } from '../variable.ts'

const MAX_WAIT_MS = 1_800_000

/** Locks tasks for a worker; with `asyncResponseTimeout` it waits for some to come. */
export async function fetchAndLock(call: Call) {
  const body = bodyOf(call)
  const workerId = textOf(body, 'workerId')
  if (workerId === null) throw new Problem(500, 'NullValueException', 'workerId is null', { code: 0 })
  const maxTasks = numberOf(body, 'maxTasks') ?? 0
  if (maxTasks < 0) throw new Problem(500, 'ProcessEngineException', 'The maximum number of tasks is not greater than 0')
  const waitMs = numberOf(body, 'asyncResponseTimeout') ?? 0
  if (waitMs > MAX_WAIT_MS)
    throw invalidRequest(`The asynchronous response timeout cannot be set to a value greater than ${MAX_WAIT_MS} milliseconds`)
  const wanted = objectsOf(body, 'topics').map(readTopic)
  const sorting = objectsOf(body, 'sorting')
  if (sorting.some(({ sortBy, sortOrder }) => sortBy !== 'createTime' || (sortOrder !== 'asc' && sortOrder !== 'desc')))
    throw invalidRequest('Cannot sort by anything but createTime, asc or desc')
  const order = sorting[0]?.sortOrder
  const byTopic = new Map(wanted.map((topic) => [topic.fetch.topicName, topic]))
  const within = reachOf(call.caller)
  const request = {
    workerId,
    maxTasks,
    topics: wanted.map(({ fetch }) => fetch),
    usePriority: body.usePriority !== false,
    ...(within && { within }),
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
  if (topicName === null) throw new Problem(500, 'NullValueException', 'topicName is null')
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
