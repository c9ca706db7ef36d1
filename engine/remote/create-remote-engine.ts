import type { Database, Tx } from '../../database/database.ts'
import type { Deployments, EngineEvent, ProcessEngine } from '../process-engine.ts'
import { makeAliases } from './aliases.ts'
import { withBorderIncidents } from './border-incidents.ts'
import { remoteMessages, remoteSignals } from './correlation.ts'
import { remoteDefinitions, remoteDeployments } from './deployments.ts'
import { remoteExternalTasks } from './external-tasks.ts'
import { makeFeedStore } from './feed/feed-store.ts'
import { beginFeed, type Feed, reconcile, taskIsTold, tellAgain, tellFeed } from './feed/tell-feed.ts'
import { makeFirstTask } from './first-task.ts'
import { remoteHistory } from './history.ts'
import { remoteInstances } from './instances.ts'
import { remoteIncidents, remoteJobs } from './jobs.ts'
import { makeLease } from './lease.ts'
import { makeOutboxStore } from './outbox/outbox-store.ts'
import { queuedEngine } from './outbox/queued-engine.ts'
import { sendOutbox } from './outbox/send-outbox.ts'
import { makeRemoteContext } from './remote-context.ts'
import { makeRestClient, type RestClientOptions } from './rest-client.ts'
import { remoteTasks } from './tasks.ts'
import { makeTraffic } from './traffic.ts'

export interface RemoteEngineOptions extends RestClientOptions {
  /** Migrated already: the outbox and how far the feed was told are kept there, and the listeners' transactions run there. */
  readonly database: Database
  /** The engine's time, epoch ms. */
  now(): number
  /** UUIDv7 text: what is sent goes out in the order of these ids. */
  newId(): string
  /** Between two looks while nothing happens, in ms; after a call of ours it looks at once. */
  readonly pollMs?: number
  /** Told when the other server did not answer, and when a listener could not handle an event; it goes on by itself. */
  readonly onFault?: (error: unknown) => void
  /** What is wrong with models that are not deployed: the protocol has no way to ask. */
  readonly check: Deployments['check']
}

/** How long before its first look the other server's events may lie, in ms: clocks differ. */
const FIRST_LOOK_MS = 60_000

/**
 * The engine behind a Camunda-7-compatible REST API (architecture.md D3, §3). What is called inside a transaction goes into the outbox
 * and out after the commit, once; events arrive late, each once, in a transaction of its own.
 */
export function createRemoteEngine(options: RemoteEngineOptions): ProcessEngine {
  const { database, now, newId, onFault = () => undefined } = options
  const rest = makeRestClient(options)
  const aliases = makeAliases(database)
  const outbox = makeOutboxStore(database)
  const listeners = new Set<Parameters<ProcessEngine['onEvent']>[0]>()
  const context = makeRemoteContext(rest, aliases, () => traffic.wake())
  const tell = async (event: EngineEvent, tx: Tx) => {
    for (const listener of listeners) await listener(event, tx)
  }

  const direct = {
    deployments: remoteDeployments(context, options.check),
    definitions: remoteDefinitions(context),
    instances: remoteInstances(context),
    tasks: remoteTasks(context),
    externalTasks: remoteExternalTasks(context),
    messages: remoteMessages(context),
    signals: remoteSignals(context),
    jobs: remoteJobs(context),
    incidents: remoteIncidents(context),
    history: remoteHistory(context),
  }
  const feed: Feed = { database, context, store: makeFeedStore(database), since: now() - FIRST_LOOK_MS, now, tell, onFault }
  const traffic = makeTraffic({
    lease: makeLease(database, 'remote-engine', newId(), Date.now),
    send: () => sendOutbox({ direct, rest, aliases, taskIsTold: (tx, id) => taskIsTold(feed, tx, id), database, outbox, now }),
    tell: () => tellFeed(feed),
    prepare: () => beginFeed(feed),
    reconcile: () => reconcile(feed),
    isIdle: async () => (await outbox.waiting(1)).length === 0,
    pollMs: options.pollMs ?? 1_000,
    onFault,
    outside: database.outside,
  })
  const queued = queuedEngine({
    direct,
    definitions: direct.definitions,
    database,
    aliases,
    outbox,
    firstTask: makeFirstTask(direct.definitions),
    now,
    newId,
    tell,
    tellAgain: (key) => tellAgain(feed, key),
    flush: traffic.flush,
    wake: traffic.wake,
  })

  return {
    ...direct,
    ...queued,
    incidents: withBorderIncidents(direct.incidents, outbox, feed.store, now),
    kind: 'remote',
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    caughtUp: traffic.caughtUp,
    start: traffic.start,
    stop: traffic.stop,
  }
}
