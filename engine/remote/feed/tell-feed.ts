import type { Database, Tx } from '../../../database/database.ts'
import type { EngineEvent } from '../../process-engine.ts'
import type { RemoteContext } from '../remote-context.ts'
import { isOutage } from '../rest-client.ts'
import type { FeedStore } from './feed-store.ts'
import { type FeedEntry, readFeed, taskCreated, taskCreatedKey, taskEnded, taskEndedKey } from './read-feed.ts'

export interface Feed {
  readonly database: Database
  readonly context: RemoteContext
  readonly store: FeedStore
  /** Epoch ms from which a feed that was never read tells. */
  readonly since: number
  now(): number
  tell(event: EngineEvent, tx: Tx): Promise<void>
  onFault(error: unknown): void
}

/** How far behind the cursor a look reaches, for commits that became visible late. */
const OVERLAP_MS = 5_000
/** How far a comparison reaches back: further than the longest transaction of the other server lasts. */
const FAR_MS = 900_000
/** How often listeners may fail before the others go on without this event. */
const ATTEMPTS = 3
const PAGE = 500

/** Remembers where the feed begins, before the first call goes out: what that call causes is told even after a crash. */
export async function beginFeed({ store, since }: Feed): Promise<void> {
  if ((await store.cursor()) === null) await store.move(since)
}

/** Tells what is new. Each event once, in a transaction of its own with all that its listeners do. Answers how many. */
export async function tellFeed(feed: Feed): Promise<number> {
  const cursor = (await feed.store.cursor()) ?? feed.since
  const entries = await readFeed(feed.context, cursor - OVERLAP_MS)
  const count = await tellEntries(feed, entries)
  const next = entries.reduce((latest, { at }) => Math.max(latest, at), cursor)
  if (next > cursor) await feed.store.move(next)
  return count
}

/**
 * Compares the tasks that are open there with those that were told, and tells what is missing: after an outage, a restored backup, or
 * a look that came too late. Looks further back than usual, too, for what became visible very late.
 */
export async function reconcile(feed: Feed): Promise<number> {
  const { context, store } = feed
  const late = await tellEntries(feed, await readFeed(context, ((await store.cursor()) ?? feed.since) - FAR_MS))
  const open = new Set<string>()
  for (let first = 0; ; first += PAGE) {
    const page = await context.rest.get<{ id: string }[]>('/task', { firstResult: first, maxResults: PAGE, sortBy: 'id', sortOrder: 'asc' })
    for (const { id } of page) open.add(id)
    if (page.length < PAGE) break
  }
  const known = new Set(await store.openTasks())
  const created = [...open].filter((id) => !known.has(id)).map((id) => createdEntry(feed, id))
  const ended = [...known].filter((id) => !open.has(id)).map((id) => endedEntry(feed, id))
  return late + (await tellEntries(feed, [...ended, ...created]))
}

/** Tells an event again that a listener could not handle. Answers false when there is none of this key. */
export async function tellAgain(feed: Feed, key: string): Promise<boolean> {
  const failed = (await feed.store.failed()).find((one) => one.key === key)
  if (!failed) return false
  await tellOne(feed, { key, at: failed.at, make: async () => failed.event })
  return true
}

/** A task that was promised, and told, is there now: it is not told again. */
export async function taskIsTold({ store, now }: Feed, tx: Tx, remoteTaskId: string): Promise<void> {
  await store.tell(tx, taskCreatedKey(remoteTaskId), now())
  await store.openTask(tx, remoteTaskId)
}

async function tellEntries(feed: Feed, entries: readonly FeedEntry[]): Promise<number> {
  const told = await feed.store.told(entries.map(({ key }) => key))
  let count = 0
  for (const entry of entries) {
    if (told.has(entry.key)) continue
    await tellOne(feed, entry)
    count++
  }
  return count
}

async function tellOne(feed: Feed, entry: FeedEntry): Promise<void> {
  const { database, store } = feed
  const event = await entry.make()
  for (let attempt = 1; ; attempt++) {
    try {
      await database.transaction(async (tx) => {
        await store.tell(tx, entry.key, entry.at)
        if (entry.key.startsWith(taskCreatedKey('')) && event) await store.openTask(tx, entry.key.slice(2))
        if (entry.key.startsWith(taskEndedKey(''))) await store.closeTask(tx, entry.key.slice(2))
        if (event) await feed.tell(event, tx)
      })
      return
    } catch (error) {
      if (!event || isOutage(error)) throw error
      if (attempt < ATTEMPTS) continue
      feed.onFault(error)
      await store.fail(entry.key, entry.at, event, error instanceof Error ? error.message : String(error), feed.now())
      return
    }
  }
}

const createdEntry = (feed: Feed, taskId: string): FeedEntry => {
  const at = feed.now()
  return { key: taskCreatedKey(taskId), at, make: () => taskCreated(feed.context, taskId, at) }
}

const endedEntry = (feed: Feed, taskId: string): FeedEntry => {
  const at = feed.now()
  return {
    key: taskEndedKey(taskId),
    at,
    make: async () => {
      const [task] = await feed.context.rest.get<{ taskDefinitionKey: string; processInstanceId: string; deleteReason: string | null }[]>(
        '/history/task',
        { taskId },
      )
      const owner = { activityId: task?.taskDefinitionKey ?? '', processInstanceId: task?.processInstanceId ?? '' }
      return taskEnded(feed.context, taskId, owner, task?.deleteReason === 'completed' ? 'completed' : 'cancelled', at)
    },
  }
}
