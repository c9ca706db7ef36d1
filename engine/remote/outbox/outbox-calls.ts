import type { Tx } from '../../../database/database.ts'
import type { ActivityInstanceNode, ModificationInstruction, ProcessEngine, Variables } from '../../process-engine.ts'
import type { Aliases } from '../aliases.ts'
import type { RestClient } from '../rest-client.ts'
import type { OutboxEntry } from './outbox-store.ts'

/** What a call is sent with. */
export interface Sending {
  /** The other server, every call at once. */
  readonly direct: DirectEngine
  readonly rest: RestClient
  readonly aliases: Aliases
  /** The listeners know of this task already. */
  taskIsTold(tx: Tx, remoteTaskId: string): Promise<void>
}

export type DirectEngine = Pick<ProcessEngine, 'instances' | 'tasks' | 'externalTasks' | 'messages' | 'signals' | 'jobs'>

/** Writes what the answer told, in the transaction that takes the entry out of the outbox. */
type Finish = (tx: Tx) => Promise<void>

interface OutboxCall {
  send(sending: Sending, entry: OutboxEntry): Promise<Finish | undefined>
  /**
   * Whether the other server has done it already: asked before a call is repeated, and when it was refused. Absent where doing it
   * twice is doing it once.
   */
  wasDone?(sending: Sending, entry: OutboxEntry): Promise<boolean>
}

/** The variable by which an instance tells which call began it or reached it last. */
const REQUEST = 'bihuanRequest'

const marked = (variables: Variables | undefined, { id }: OutboxEntry): Variables => ({ ...variables, [REQUEST]: { t: 'String', v: id } })

export type StartRequest = Parameters<DirectEngine['instances']['start']>[0]

/** The first user task of an instance that is to be started, known before the other server has it. */
export interface PromisedTask {
  readonly taskId: string
  readonly activityId: string
}

/** Makes a call of the port by its name. */
export async function callNow(direct: DirectEngine, name: string, args: readonly unknown[]): Promise<void> {
  const [resource = '', verb = ''] = name.split('.')
  const verbs = direct[resource as keyof DirectEngine] as unknown as Readonly<
    Record<string, (...args: readonly unknown[]) => Promise<unknown>>
  >
  await verbs[verb]?.(...args)
}

const plain: OutboxCall['send'] = async ({ direct }, { call, args }) => {
  await callNow(direct, call, args)
  return undefined
}

const externalTaskIsGone: OutboxCall['wasDone'] = async ({ rest, aliases }, { args: [id] }) =>
  (await rest.find(`/external-task/${await aliases.remoteOf(String(id))}`)) === null

/** The one registry of calls that can wait in the outbox, by resource and verb of the port. */
export const OUTBOX_CALLS = {
  'instances.start': {
    async send({ direct, rest, aliases, taskIsTold }, entry) {
      const [request, first] = entry.args as [StartRequest, PromisedTask | null]
      const known = entry.attempts > 0 ? await startedBy(rest, entry.id) : null
      const remoteId = known ?? (await direct.instances.start({ ...request, variables: marked(request.variables, entry) })).id
      const [task] = first ? await direct.tasks.list({ processInstanceId: remoteId, taskDefinitionKey: first.activityId }) : []
      return async (tx) => {
        await aliases.keep(tx, entry.instanceId ?? '', remoteId)
        if (!first || !task) return
        await aliases.keep(tx, first.taskId, task.id)
        await taskIsTold(tx, task.id)
      }
    },
  },
  'instances.setVariables': { send: plain },
  'instances.modify': {
    send: plain,
    async wasDone({ direct }, { args }) {
      const [id, instructions] = args as [string, ModificationInstruction[]]
      const cancelled = instructions.flatMap((one) => (one.type === 'cancel' && one.activityInstanceId ? [one.activityInstanceId] : []))
      const tree = await direct.instances.activityTree(id)
      const present = new Set(tree ? idsIn(tree) : [])
      return cancelled.length > 0 && cancelled.every((one) => !present.has(one))
    },
  },
  'instances.delete': {
    send: plain,
    wasDone: async ({ direct }, { args: [id] }) => (await direct.instances.byId(String(id))) === null,
  },
  'tasks.complete': {
    send: plain,
    async wasDone({ rest, aliases }, { args: [id] }) {
      const taskId = await aliases.remoteOf(String(id))
      const [task] = await rest.get<{ deleteReason: string | null }[]>('/history/task', { taskId })
      return task?.deleteReason === 'completed'
    },
  },
  'tasks.setAssignee': { send: plain },
  'externalTasks.complete': { send: plain, wasDone: externalTaskIsGone },
  'externalTasks.failure': { send: plain },
  'externalTasks.bpmnError': { send: plain, wasDone: externalTaskIsGone },
  'externalTasks.setRetries': { send: plain },
  'messages.correlate': {
    async send({ direct }, entry) {
      const [request] = entry.args as [Parameters<DirectEngine['messages']['correlate']>[0]]
      await direct.messages.correlate({ ...request, variables: marked(request.variables, entry) })
      return undefined
    },
    wasDone: async ({ rest }, { id }) =>
      (await rest.get<unknown[]>('/history/variable-instance', { variableName: REQUEST, variableValue: id, maxResults: 1 })).length > 0,
  },
  // The protocol cannot be asked who heard a signal: it may be heard twice after a lost answer.
  'signals.broadcast': { send: plain },
  'jobs.setDue': { send: plain },
  'jobs.setRetries': { send: plain },
} satisfies Readonly<Record<string, OutboxCall>>

export type OutboxCallName = keyof typeof OUTBOX_CALLS

export const outboxCall = (name: string): OutboxCall | undefined =>
  Object.hasOwn(OUTBOX_CALLS, name) ? OUTBOX_CALLS[name as OutboxCallName] : undefined

async function startedBy(rest: RestClient, requestId: string): Promise<string | null> {
  const [found] = await rest.get<{ id: string }[]>('/history/process-instance', { variables: `${REQUEST}_eq_${requestId}`, maxResults: 1 })
  return found?.id ?? null
}

const idsIn = (node: ActivityInstanceNode): readonly string[] => [node.id, ...node.childActivityInstances.flatMap(idsIn)]
