import type { SqlValue, Tx } from '../../database/database.ts'
import type { Variables } from '../core/value.ts'
import { EngineError } from '../process-engine.ts'
import type { Executor } from './executor.ts'
import type { Place, Query } from './ports.ts'
import type { Reach } from './reach.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { valueColumns } from './value-columns.ts'

export interface Correlation {
  readonly name: string
  /** undefined: any; null: only receivers without one. */
  readonly businessKey?: string | null
  /** Variables of the process instance that must be equal, type and value. */
  readonly correlationKeys?: Variables
  /** Variables of the waiting execution itself. */
  readonly localCorrelationKeys?: Variables
  readonly processInstanceId?: string
  /** undefined: any tenant; null: only without one. */
  readonly tenantId?: string | null
  readonly variables?: Variables
  readonly localVariables?: Variables
  /** Local to what the message opens; of an instance that it starts, the instance's. */
  readonly triggeredVariables?: Variables
  readonly transient?: readonly string[]
  /** To every receiver; none is fine. */
  readonly all?: boolean
  /** Only to executions (`execution`) or only to start events (`definition`). */
  readonly only?: 'execution' | 'definition'
  readonly processDefinitionId?: string
  /** Only to what the caller may touch. */
  readonly within?: Reach
}

export interface Correlated {
  readonly kind: 'execution' | 'definition'
  readonly processInstanceId: string
  readonly rootId: string
  readonly executionId: string | null
  readonly definitionId: string
  readonly activityId: string
}

/** `encode` gives a value as json_value holds it: equal text means equal type and value. */
export function correlate(
  executor: Executor,
  encode: (value: Variables[string]) => string,
  request: Correlation,
  tx?: Tx,
): Promise<readonly Correlated[]> {
  const joined = tx ?? executor.context.database.current()
  if (joined) return executor.perform({ places: [], run: (unit) => deliver(unit, encode, request, []) }, joined)
  return correlateAlone(executor, encode, request)
}

/** Who waits is looked up before the commit lane is entered: many look at the same time, and the lane loads all receivers at once. */
async function correlateAlone(
  executor: Executor,
  encode: (value: Variables[string]) => string,
  request: Correlation,
): Promise<readonly Correlated[]> {
  const expected = request.only === 'definition' ? [] : await waitingExecutions(executor.query(), encode, request)
  return executor.perform({
    places: expected.length === 1 ? expected.map(placeOf) : [],
    run: (unit) => deliver(unit, encode, request, expected),
  })
}

async function deliver(
  unit: UnitOfWork,
  encode: (value: Variables[string]) => string,
  request: Correlation,
  expected: readonly Receiver[],
): Promise<readonly Correlated[]> {
  // Candidates are read without a lock: the second look is for those that another command has served meanwhile.
  for (let attempt = 0; attempt < 3; attempt++) {
    // The one that was expected, if it still waits, need not be looked for again.
    const known = attempt === 0 && !request.all && expected.length === 1 ? expected.filter((receiver) => isAlive(unit, receiver)) : []
    const waiting = known.length > 0 || request.only === 'definition' ? known : await waitingExecutions(unit.query, encode, request)
    if (!request.all && waiting.length > 1)
      throw mismatch(request, `${waiting.length} executions wait for it`, { executions: waiting.length })
    await unit.load(waiting.map(placeOf))
    const alive = waiting.filter((receiver) => isAlive(unit, receiver))
    if (alive.length < waiting.length && !request.all) continue
    const result: Correlated[] = []
    for (const receiver of alive) if (isAlive(unit, receiver)) result.push(await deliverTo(unit, receiver, request))
    // Camunda tries the start events whatever else was given, an instance or local keys.
    const mayStart = request.only !== 'execution'
    if (mayStart && (request.all || result.length === 0)) result.push(...(await start(unit, request)))
    if (result.length === 0 && !request.all) throw mismatch(request, 'nobody waits for it', { executions: 0 })
    return result
  }
  throw mismatch(request, 'nobody waits for it any more', { executions: 0 })
}

/** Clients know the refusal by its first three words. */
const mismatch = (request: Correlation, reason: string, data: Readonly<Record<string, unknown>>) =>
  new EngineError('message-mismatch', `Cannot correlate message '${request.name}': ${reason}`, { name: request.name, ...data })

interface Receiver {
  readonly subscription_id: string
  readonly root_id: string
  readonly instance_id: string
  readonly execution_id: string
  readonly definition_id: string
  readonly activity_id: string
}

const placeOf = (receiver: Receiver): Place => ({ rootId: receiver.root_id, instanceId: receiver.instance_id })

const isAlive = (unit: UnitOfWork, receiver: Receiver) =>
  unit.family(receiver.root_id)?.instances.get(receiver.instance_id)?.subscriptions.has(receiver.subscription_id) ?? false

async function deliverTo(unit: UnitOfWork, receiver: Receiver, request: Correlation): Promise<Correlated> {
  await unit.run(receiver.root_id, {
    kind: 'deliver',
    instanceId: receiver.instance_id,
    subscriptionId: receiver.subscription_id,
    variables: request.variables ?? {},
    ...(request.localVariables && { localVariables: request.localVariables }),
    ...(request.triggeredVariables && { triggeredVariables: request.triggeredVariables }),
    ...(request.transient && { transient: request.transient }),
  })
  return {
    kind: 'execution',
    processInstanceId: receiver.instance_id,
    rootId: receiver.root_id,
    executionId: receiver.execution_id,
    definitionId: receiver.definition_id,
    activityId: receiver.activity_id,
  }
}

async function waitingExecutions(
  query: Query,
  encode: (value: Variables[string]) => string,
  request: Correlation,
): Promise<readonly Receiver[]> {
  const global = Object.entries(request.correlationKeys ?? {})
  const local = Object.entries(request.localCorrelationKeys ?? {})
  const driver = [...global, ...local].flatMap(([name, value]) => byValue(name, value) ?? [])[0]
  // The plus: where an instance or a value is named, many may wait for the message but few have that.
  const narrowed = request.processInstanceId !== undefined || driver
  const conditions = ["s.type = 'message'", `${narrowed ? '+' : ''}s.name = ?`, 's.instance_id is not null', 's.suspended = 0']
  const params: SqlValue[] = [request.name]
  const and = (condition: string, ...values: SqlValue[]) => {
    conditions.push(condition)
    params.push(...values)
  }
  if (request.businessKey === null) and('s.business_key is null')
  else if (request.businessKey !== undefined) and('s.business_key = ?', request.businessKey)
  if (request.processInstanceId !== undefined) and('s.instance_id = ?', request.processInstanceId)
  else if (driver) and(`s.instance_id in (select v.instance_id from ru_variable v where ${driver.text})`, ...driver.params)
  if (request.processDefinitionId !== undefined) and('s.definition_id = ?', request.processDefinitionId)
  if (request.tenantId === null) and('s.tenant_id is null')
  else if (request.tenantId !== undefined) and('s.tenant_id = ?', request.tenantId)
  if (request.within?.running) and(request.within.running.text, ...request.within.running.params)
  const variable =
    'select 1 from ru_variable v where v.instance_id = s.instance_id and v.task_id is null and +v.name = ? and v.json_value = ?'
  for (const [name, value] of global) and(`(${variable} limit 1) is not null`, name, encode(value))
  for (const [name, value] of local) and(`(${variable} and v.execution_id = s.execution_id limit 1) is not null`, name, encode(value))
  return query<Receiver>(
    `select s.subscription_id, s.root_id, s.instance_id, s.execution_id, s.definition_id, s.activity_id from ru_subscription s
     where ${conditions.join(' and ')} order by s.created_at, s.seq, s.subscription_id`,
    params,
  )
}

/** What the index over names and values answers; undefined: a value of this type does not stand in it. */
function byValue(name: string, value: Variables[string]): { readonly text: string; readonly params: readonly SqlValue[] } | undefined {
  const { text_value: text, double_value: number } = valueColumns(value)
  if (text !== null) return { text: 'v.name = ? and v.text_value = ?', params: [name, text] }
  if (number !== null) return { text: 'v.name = ? and v.text_value is null and v.double_value = ?', params: [name, number] }
  return undefined
}

async function start(unit: UnitOfWork, request: Correlation): Promise<readonly Correlated[]> {
  // The plus: more wait for the message than start with it.
  const conditions = ["type = 'message'", '+name = ?', 'instance_id is null']
  const params: SqlValue[] = [request.name]
  if (request.tenantId === null) conditions.push('tenant_id is null')
  else if (request.tenantId !== undefined) {
    conditions.push('tenant_id = ?')
    params.push(request.tenantId)
  }
  if (request.processDefinitionId !== undefined) {
    conditions.push('definition_id = ?')
    params.push(request.processDefinitionId)
  }
  if (request.within?.starts) {
    conditions.push(request.within.starts.text)
    params.push(...request.within.starts.params)
  }
  const starts = await unit.query<{ definition_id: string; activity_id: string }>(
    `select definition_id, activity_id from ru_subscription where ${conditions.join(' and ')} order by created_at, subscription_id`,
    params,
  )
  if (!request.all && starts.length > 1)
    throw mismatch(request, `${starts.length} definitions start with it`, { definitions: starts.length })
  const result: Correlated[] = []
  for (const row of starts) {
    const definition = await unit.definition(row.definition_id)
    if (!definition || definition.suspended) continue
    const instanceId = unit.context.newId()
    unit.expectNew(instanceId)
    await unit.run(instanceId, {
      kind: 'start',
      definitionId: definition.id,
      instanceId,
      businessKey: request.businessKey ?? null,
      variables: { ...request.correlationKeys, ...request.variables, ...request.localVariables, ...request.triggeredVariables },
      ...(request.transient && { transient: request.transient }),
      startNode: row.activity_id,
    })
    result.push({
      kind: 'definition',
      processInstanceId: instanceId,
      rootId: instanceId,
      executionId: null,
      definitionId: definition.id,
      activityId: row.activity_id,
    })
  }
  return result
}
