import type { SqlValue } from '../../database/database.ts'
import type { ExternalTask, Instance } from '../core/state.ts'
import type { Value, Variables } from '../core/value.ts'
import { EngineError } from '../process-engine.ts'
import type { Executor } from './executor.ts'
import type { Done } from './ports.ts'
import type { Reach } from './reach.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { localVariables, visibleVariables } from './visible-variables.ts'

export interface FetchTopic {
  readonly topicName: string
  readonly lockMs: number
  readonly businessKey?: string
  readonly processDefinitionId?: string
  readonly processDefinitionIdIn?: readonly string[]
  readonly processDefinitionKey?: string
  readonly processDefinitionKeyIn?: readonly string[]
  readonly processDefinitionVersionTag?: string
  readonly tenantIdIn?: readonly string[]
  readonly withoutTenantId?: boolean
  /** Variables of the process instance that must be equal. */
  readonly processVariables?: Variables
}

export interface FetchRequest {
  readonly workerId: string
  readonly maxTasks: number
  readonly topics: readonly FetchTopic[]
  readonly usePriority?: boolean
  /** By creation time; before it, when `usePriority`, by priority. */
  readonly createTimeOrder?: 'asc' | 'desc'
  /** Only what the caller may touch. */
  readonly within?: Reach
}

/** A task that the worker now holds, with the instance as it is. */
export interface FetchedTask {
  readonly task: ExternalTask
  readonly instance: Instance
  readonly rootId: string
  readonly topic: FetchTopic
  /** What the task sees, and what its own execution holds. */
  readonly variables: Readonly<Record<string, Value>>
  readonly localVariables: Readonly<Record<string, Value>>
}

interface Waiter {
  readonly request: FetchRequest
  readonly topics: ReadonlySet<string>
  readonly give: (tasks: readonly FetchedTask[]) => void
  readonly fail: (error: unknown) => void
  trying: boolean
  again: boolean
}

const MAX_WAITERS = 1000
/** Locks that run out, and tasks of other nodes, are noticed so late. */
const POLL_MS = 1000

/** Locks external tasks for workers, at once or when some come (long poll). */
export class ExternalTaskQueue {
  private readonly executor: Executor
  private readonly encode: (value: Value) => string
  private readonly waiters = new Set<Waiter>()
  /** One fetch at a time on this node: two would choose the same tasks. */
  private turn: Promise<unknown> = Promise.resolve()
  private timer: NodeJS.Timeout | null = null

  constructor(executor: Executor, encode: (value: Value) => string) {
    this.executor = executor
    this.encode = encode
  }

  async fetchAndLock(request: FetchRequest): Promise<readonly FetchedTask[]> {
    if (request.topics.length === 0 || request.maxTasks <= 0) return []
    const fetched = this.turn.then(() => this.executor.perform({ places: [], run: (unit) => this.lock(unit, request) }))
    this.turn = fetched.catch(() => undefined)
    return fetched
  }

  /** Waits until there is a task or `timeoutMs` is over. `onClose` tells when the worker has gone: then nothing is locked for it. */
  async poll(request: FetchRequest, timeoutMs: number, signal: AbortSignal): Promise<readonly FetchedTask[]> {
    const now = await this.fetchAndLock(request)
    if (now.length > 0 || timeoutMs <= 0 || signal.aborted) return now
    if (this.waiters.size >= MAX_WAITERS) throw new EngineError('too-many-polls', `More than ${MAX_WAITERS} workers wait already.`)
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timeout)
        signal.removeEventListener('abort', nothing)
        this.waiters.delete(waiter)
        settle()
      }
      const nothing = () => end(() => resolve([]))
      const timeout = setTimeout(nothing, timeoutMs)
      const waiter: Waiter = {
        request,
        topics: new Set(request.topics.map((topic) => topic.topicName)),
        give: (tasks) => end(() => resolve(tasks)),
        fail: (error) => end(() => reject(error)),
        trying: false,
        again: false,
      }
      signal.addEventListener('abort', nothing)
      this.waiters.add(waiter)
      void this.attempt(waiter)
    })
  }

  /** After a commit: tasks that came or became free. */
  note(done: readonly Done[]): void {
    if (this.waiters.size === 0) return
    const topics = new Set<string>()
    for (const { changes } of done)
      for (const change of changes)
        if (change.kind === 'externalTask' && change.op !== 'delete' && change.row.lockExpiresAt === null) topics.add(change.row.topic)
    if (topics.size === 0) return
    for (const waiter of this.waiters) for (const topic of waiter.topics) if (topics.has(topic)) void this.attempt(waiter)
  }

  start(): void {
    this.timer ??= setInterval(() => void this.look(), POLL_MS)
    this.timer.unref()
  }

  /** One query for all who wait: locks that ran out, tasks that another node has made. */
  private async look(): Promise<void> {
    if (this.waiters.size === 0) return
    const { database, now } = this.executor.context
    const wanted = [...new Set([...this.waiters].flatMap(({ topics }) => [...topics]))]
    try {
      const rows = await database.outside(() =>
        database.query<{ topic: string }>(
          `select distinct topic from ru_external_task where topic in (${wanted.map(() => '?').join(', ')}) and fetchable = 1
           and (lock_until is null or lock_until <= ?)`,
          [...wanted, now()],
        ),
      )
      const topics = new Set(rows.map((row) => row.topic))
      for (const waiter of this.waiters) if ([...waiter.topics].some((topic) => topics.has(topic))) void this.attempt(waiter)
    } catch {
      // The database does not answer; the next round asks again.
    }
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer)
    this.timer = null
    for (const waiter of [...this.waiters]) waiter.fail(new EngineError('shutting-down', 'The engine is shutting down.'))
  }

  private async attempt(waiter: Waiter): Promise<void> {
    if (waiter.trying) {
      waiter.again = true
      return
    }
    waiter.trying = true
    try {
      do {
        waiter.again = false
        if (!this.waiters.has(waiter)) return
        const tasks = await this.executor.context.database.outside(() => this.fetchForWaiter(waiter))
        if (tasks.length > 0) return waiter.give(tasks)
      } while (waiter.again)
    } catch (error) {
      waiter.fail(error)
    } finally {
      waiter.trying = false
    }
  }

  /** A worker may leave while it waits for its turn: nothing may be locked for it then. */
  private fetchForWaiter(waiter: Waiter): Promise<readonly FetchedTask[]> {
    const fetched = this.turn.then(() =>
      this.waiters.has(waiter) ? this.executor.perform({ places: [], run: (unit: UnitOfWork) => this.lock(unit, waiter.request) }) : [],
    )
    this.turn = fetched.catch(() => undefined)
    return fetched
  }

  private async lock(unit: UnitOfWork, request: FetchRequest): Promise<readonly FetchedTask[]> {
    const candidates = await this.candidates(unit, request)
    await unit.load(candidates.map((candidate) => ({ rootId: candidate.root_id, instanceId: candidate.instance_id })))
    const fetched: FetchedTask[] = []
    for (const candidate of candidates) {
      if (fetched.length === request.maxTasks) break
      const topic = request.topics.find((one) => one.topicName === candidate.topic) as FetchTopic
      const task = await lockOne(unit, candidate, request.workerId, topic)
      if (task) fetched.push(task)
    }
    return fetched
  }

  private candidates(unit: UnitOfWork, request: FetchRequest): Promise<readonly Candidate[]> {
    const params: SqlValue[] = [unit.now]
    const topics = request.topics.map((topic) => this.topicCondition(topic, params))
    const within = request.within?.running ?? null
    if (within) params.push(...within.params)
    const order = [
      ...(request.usePriority === false ? [] : ['e.priority desc']),
      ...(request.createTimeOrder ? [`e.created_at ${request.createTimeOrder}`] : []),
      'e.external_task_id',
    ]
    // Some may be taken by another node between this read and the lock.
    const limit = request.maxTasks + (unit.context.database.dialect === 'mariadb' ? 10 : 0)
    return unit.query<Candidate>(
      `select e.external_task_id, e.root_id, e.instance_id, e.topic from ru_external_task e
       where e.fetchable = 1 and (e.lock_until is null or e.lock_until <= ?)
       and (${topics.join(' or ')})${within ? ` and ${within.text}` : ''} order by ${order.join(', ')} limit ${limit}`,
      params,
    )
  }

  private topicCondition(topic: FetchTopic, params: SqlValue[]): string {
    const conditions: string[] = []
    const and = (condition: string, ...values: SqlValue[]) => {
      conditions.push(condition)
      params.push(...values)
    }
    const oneOf = (column: string, values: readonly string[]) =>
      values.length === 0 ? and('1 = 0') : and(`${column} in (${values.map(() => '?').join(', ')})`, ...values)
    and('e.topic = ?', topic.topicName)
    if (topic.businessKey !== undefined) and('e.business_key = ?', topic.businessKey)
    if (topic.processDefinitionId !== undefined) and('e.definition_id = ?', topic.processDefinitionId)
    if (topic.processDefinitionKey !== undefined) and('e.definition_key = ?', topic.processDefinitionKey)
    if (topic.processDefinitionIdIn) oneOf('e.definition_id', topic.processDefinitionIdIn)
    if (topic.processDefinitionKeyIn) oneOf('e.definition_key', topic.processDefinitionKeyIn)
    if (topic.processDefinitionVersionTag !== undefined)
      and('e.definition_id in (select definition_id from re_definition where version_tag = ?)', topic.processDefinitionVersionTag)
    if (topic.withoutTenantId) and('e.tenant_id is null')
    if (topic.tenantIdIn) oneOf('e.tenant_id', topic.tenantIdIn)
    // As in Camunda, one that is equal is enough.
    const variables = Object.entries(topic.processVariables ?? {})
    if (variables.length > 0)
      and(
        `exists (select 1 from ru_variable v where v.instance_id = e.instance_id and v.execution_id = e.instance_id
         and v.task_id is null and (${variables.map(() => '(v.name = ? and v.json_value = ?)').join(' or ')}))`,
        ...variables.flatMap(([name, value]) => [name, this.encode(value)]),
      )
    return `(${conditions.join(' and ')})`
  }
}

interface Candidate {
  readonly external_task_id: string
  readonly root_id: string
  readonly instance_id: string
  readonly topic: string
}

async function lockOne(unit: UnitOfWork, candidate: Candidate, workerId: string, topic: FetchTopic): Promise<FetchedTask | null> {
  const { external_task_id: externalTaskId, instance_id: instanceId, root_id: rootId } = candidate
  const held = unit.family(rootId)?.instances.get(instanceId)?.externalTasks.get(externalTaskId)
  if (!held || (held.lockExpiresAt !== null && held.lockExpiresAt > unit.now)) return null
  await unit.run(rootId, { kind: 'lockExternalTask', instanceId, externalTaskId, workerId, lockMs: topic.lockMs })
  const instance = unit.family(rootId)?.instances.get(instanceId)
  const task = instance?.externalTasks.get(externalTaskId)
  if (!instance || !task) return null
  return {
    task,
    instance,
    rootId,
    topic,
    variables: visibleVariables(instance, task.executionId),
    localVariables: localVariables(instance, task.executionId),
  }
}
