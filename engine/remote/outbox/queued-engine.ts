import type { Tx } from '../../../database/database.ts'
import type { InstanceInfo, Variables } from '../../process-engine.ts'
import { callNow, type DirectEngine, type OutboxCallName, type StartRequest } from './outbox-calls.ts'
import type { OutboxEntry, OutboxStore } from './outbox-store.ts'
import { makeStartLater, type StartLaterParts } from './start-later.ts'

export interface QueuedParts extends Omit<StartLaterParts, 'enqueue'> {
  readonly direct: DirectEngine
  readonly outbox: OutboxStore
  /** Tells an event again that failed; false when there is none of this key. */
  tellAgain(key: string): Promise<boolean>
  flush(): Promise<number>
  wake(): void
}

/**
 * The port over the direct calls: inside a transaction a call becomes an entry of the outbox, outside it is made at once. Who reads
 * in between sees what waits as if it had been done, as far as instances and their variables go.
 */
export function queuedEngine(parts: QueuedParts): DirectEngine {
  const { direct, database, aliases, outbox, newId, now } = parts

  const enqueue = async (
    tx: Tx,
    call: OutboxCallName,
    args: readonly unknown[],
    of: { readonly instanceId?: string; readonly tenantId?: string | null } = {},
  ): Promise<void> => {
    await outbox.add(tx, { id: newId(), call, args, instanceId: of.instanceId ?? null, tenantId: of.tenantId ?? null }, now())
    tx.afterCommit(parts.wake)
  }
  const act = (tx: Tx | undefined, call: OutboxCallName, args: readonly unknown[], of?: Parameters<typeof enqueue>[3]): Promise<void> => {
    const joined = tx ?? database.current()
    return joined ? enqueue(joined, call, args, of) : callNow(direct, call, args)
  }
  const startLater = makeStartLater({
    ...parts,
    enqueue: (tx, args) => enqueue(tx, 'instances.start', args, { instanceId: args[2].id, tenantId: args[2].tenantId }),
  })
  /** Answers `empty` for an instance, or a task, that the other server does not have yet. */
  const known = async <T>(id: string | undefined, empty: T, read: () => Promise<T>): Promise<T> =>
    id !== undefined && (await aliases.isPending(id)) ? empty : read()

  return {
    instances: {
      start: (request, tx) => {
        const joined = tx ?? database.current()
        return joined ? startLater(joined, request) : direct.instances.start(request)
      },
      byId: async (id) => {
        const start = (await outbox.waitingFor(id)).find((entry) => entry.call === 'instances.start')
        return start ? (start.args[2] as InstanceInfo) : direct.instances.byId(id)
      },
      list: (filter) => direct.instances.list(filter),
      variables: async (id) => {
        const waiting = await outbox.waitingFor(id)
        const stored = await known<Variables>(id, {}, () => direct.instances.variables(id))
        return Object.assign({}, stored, ...waiting.map(variablesOf)) as Variables
      },
      setVariables: (id, variables, tx) => act(tx, 'instances.setVariables', [id, variables], { instanceId: id }),
      activityTree: (id) => known(id, null, () => direct.instances.activityTree(id)),
      modify: (id, instructions, tx) => act(tx, 'instances.modify', [id, instructions], { instanceId: id }),
      delete: (id, reason, tx) => act(tx, 'instances.delete', [id, reason], { instanceId: id }),
    },
    tasks: {
      byId: (id) => known(id, null, () => direct.tasks.byId(id)),
      list: (filter) => known(filter.processInstanceId, [], () => direct.tasks.list(filter)),
      complete: (id, variables, tx) => act(tx, 'tasks.complete', [id, variables]),
      setAssignee: (id, assignee, tx) => act(tx, 'tasks.setAssignee', [id, assignee]),
    },
    externalTasks: {
      // A lock ends by itself: it needs no transaction.
      fetchAndLock: (request) => direct.externalTasks.fetchAndLock(request),
      complete: (id, request, tx) => act(tx, 'externalTasks.complete', [id, request]),
      failure: (id, request, tx) => act(tx, 'externalTasks.failure', [id, request]),
      bpmnError: (id, request, tx) => act(tx, 'externalTasks.bpmnError', [id, request]),
      setRetries: (id, retries, tx) => act(tx, 'externalTasks.setRetries', [id, retries]),
    },
    messages: {
      correlate: async (request, tx) => {
        const joined = tx ?? database.current()
        if (!joined) return direct.messages.correlate(request)
        await enqueue(joined, 'messages.correlate', [request], { tenantId: request.tenantId ?? null })
        // Who receives it is known when it has gone out.
        return []
      },
    },
    signals: {
      broadcast: (request, tx) => act(tx, 'signals.broadcast', [request], { tenantId: request.tenantId ?? null }),
    },
    jobs: {
      list: (filter) => known(filter.rootProcessInstanceId ?? filter.processInstanceId, [], () => direct.jobs.list(filter)),
      setDue: (id, due, tx) => act(tx, 'jobs.setDue', [id, due]),
      // A call or an event that failed stands among the incidents, and is tried again by the same verb.
      setRetries: async (id, retries, tx) => {
        if (retries > 0 && ((await outbox.again(id)) || (await parts.tellAgain(id)))) parts.wake()
        else await act(tx, 'jobs.setRetries', [id, retries])
      },
      execute: (id) => direct.jobs.execute(id),
      runDue: async () => (await parts.flush()) + (await direct.jobs.runDue()) + (await parts.flush()),
    },
  }
}

function variablesOf({ call, args }: OutboxEntry): Variables {
  if (call === 'instances.start') return (args[0] as StartRequest).variables ?? {}
  return call === 'instances.setVariables' ? (args[1] as Variables) : {}
}
