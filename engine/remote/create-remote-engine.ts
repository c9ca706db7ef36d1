import type { Database, Tx } from '../../database/database.ts'
import type { EngineEvent, ProcessEngine } from '../process-engine.ts'
import { remoteMessages, remoteSignals } from './correlation.ts'
import { remoteDefinitions, remoteDeployments } from './deployments.ts'
import { type FeedState, readFeed } from './event-feed.ts'
import { remoteExternalTasks } from './external-tasks.ts'
import { remoteHistory } from './history.ts'
import { remoteInstances } from './instances.ts'
import { remoteIncidents, remoteJobs } from './jobs.ts'
import type { HistoricInstance, RemoteContext } from './remote-context.ts'
import { makeRestClient, type RestClientOptions } from './rest-client.ts'
import { remoteTasks } from './tasks.ts'

interface RemoteEngineOptions extends RestClientOptions {
  /** Where the listeners' transactions run. */
  readonly database: Database
  /** Epoch ms from which the feed tells; the engine's time. */
  readonly since: number
  /** Between two looks while nothing happens, in ms; after a call of ours it looks at once. */
  readonly pollMs?: number
  /** Told when the other server did not answer; the feed goes on by itself. */
  readonly onOutage?: (error: unknown) => void
}

type Listener = Parameters<ProcessEngine['onEvent']>[0]

/** How many instances' unchanging facts are kept. */
const KEPT = 10_000

/**
 * The engine behind a Camunda-7-compatible REST API (architecture.md D3). Calls are made at once and never inside a
 * transaction of ours (`remote-in-transaction`); events arrive at least once, late, each in a transaction of its own.
 */
export function createRemoteEngine(options: RemoteEngineOptions): ProcessEngine & { poll(): Promise<number> } {
  const rest = makeRestClient(options)
  const ended = new Map<string, HistoricInstance>()
  const listeners = new Set<Listener>()
  let feed: FeedState = { cursor: options.since, told: new Set() }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false
  let polling: Promise<number> | undefined

  const context: RemoteContext = {
    rest,
    instance: async (id) => {
      const kept = ended.get(id)
      if (kept) return kept
      const found = await rest.find<HistoricInstance>(`/history/process-instance/${id}`)
      if (found?.endTime) {
        if (ended.size >= KEPT) ended.clear()
        ended.set(id, found)
      }
      return found
    },
    changed: () => {
      if (running) schedule(0)
    },
  }

  const look = async (): Promise<number> => {
    const { events, next } = await readFeed(context, feed)
    for (const event of events) await options.database.transaction((tx) => tell(event, tx))
    feed = next
    return events.length
  }
  const tell = async (event: EngineEvent, tx: Tx) => {
    for (const listener of listeners) await listener(event, tx)
  }
  const poll = (): Promise<number> => {
    polling ??= look().finally(() => {
      polling = undefined
    })
    return polling
  }
  const schedule = (delayMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      poll()
        .catch((error: unknown) => {
          options.onOutage?.(error)
          return 0
        })
        .then((count) => running && schedule(count > 0 ? 0 : (options.pollMs ?? 1_000)))
    }, delayMs)
  }

  return {
    kind: 'remote',
    deployments: remoteDeployments(context),
    definitions: remoteDefinitions(context),
    instances: remoteInstances(context),
    tasks: remoteTasks(context),
    externalTasks: remoteExternalTasks(context),
    messages: remoteMessages(context),
    signals: remoteSignals(context),
    jobs: remoteJobs(context),
    incidents: remoteIncidents(context),
    history: remoteHistory(context),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    poll,
    start: async () => {
      running = true
      schedule(0)
    },
    stop: async () => {
      running = false
      clearTimeout(timer)
      await polling?.catch(() => 0)
    },
  }
}
