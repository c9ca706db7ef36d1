import type { Database, Tx } from '../../../database/database.ts'
import type { EngineEvent } from '../../process-engine.ts'

/** An event that a listener could not handle. */
export interface FailedEvent {
  readonly key: string
  readonly at: number
  readonly event: EngineEvent
  readonly error: string
}

/** How far the other server's events have been told: a cursor, and the events told since a while before it. */
export interface FeedStore {
  /** Epoch ms of the other server's clock; null before the first look. */
  cursor(): Promise<number | null>
  move(cursor: number): Promise<void>
  /** Which of these have been told. */
  told(keys: readonly string[]): Promise<ReadonlySet<string>>
  /** In the transaction of the listeners: an event is told if and only if what they did stands. */
  tell(tx: Tx, key: string, at: number): Promise<void>
  fail(key: string, at: number, event: EngineEvent, error: string, failedAt: number): Promise<void>
  failed(): Promise<readonly FailedEvent[]>
  /** A failed event counts as told. Answers false when there is none of this key. */
  giveUp(key: string): Promise<boolean>
  /** Tasks that were told as created and not as ended. */
  openTasks(): Promise<readonly string[]>
  openTask(tx: Tx, remoteTaskId: string): Promise<void>
  closeTask(tx: Tx, remoteTaskId: string): Promise<void>
}

const CURSOR = 'remote-feed-cursor'
/** Told events are remembered this long behind the cursor, far longer than a look reaches back. */
const REMEMBERED_MS = 3_600_000
const PAGE = 500

export function makeFeedStore(database: Database): FeedStore {
  return {
    cursor: async () => {
      const [row] = await database.query<{ value: string }>('select value from engine_property where name = ?', [CURSOR])
      return row ? Number(row.value) : null
    },
    move: (cursor) =>
      database.transaction(async (tx) => {
        await tx.query('delete from engine_property where name = ?', [CURSOR])
        await tx.query('insert into engine_property (name, value) values (?, ?)', [CURSOR, String(cursor)])
        await tx.query('delete from engine_feed_event where at < ? and failed_at is null', [cursor - REMEMBERED_MS])
      }),
    told: async (keys) => {
      const told = new Set<string>()
      for (let from = 0; from < keys.length; from += PAGE) {
        const page = keys.slice(from, from + PAGE)
        const rows = await database.query<{ event_key: string }>(
          `select event_key from engine_feed_event where event_key in (${page.map(() => '?').join(', ')})`,
          page,
        )
        for (const row of rows) told.add(row.event_key)
      }
      return told
    },
    tell: async (tx, key, at) => {
      await tx.query('delete from engine_feed_event where event_key = ? and failed_at is not null', [key])
      await tx.query('insert into engine_feed_event (event_key, at) values (?, ?)', [key, at])
    },
    fail: (key, at, event, error, failedAt) =>
      database.transaction(async (tx) => {
        await tx.query('delete from engine_feed_event where event_key = ?', [key])
        await tx.query('insert into engine_feed_event (event_key, at, event, error, failed_at) values (?, ?, ?, ?, ?)', [
          key,
          at,
          JSON.stringify(event),
          error,
          failedAt,
        ])
      }),
    failed: async () =>
      (
        await database.query<{ event_key: string; at: number; event: string; error: string }>(
          'select event_key, at, event, error from engine_feed_event where failed_at is not null order by at, event_key',
        )
      ).map((row) => ({ key: row.event_key, at: row.at, event: JSON.parse(row.event) as EngineEvent, error: row.error })),
    giveUp: (key) =>
      database.transaction(async (tx) => {
        const [failed] = await tx.query('select event_key from engine_feed_event where event_key = ? and failed_at is not null', [key])
        if (failed) await tx.query('update engine_feed_event set event = null, error = null, failed_at = null where event_key = ?', [key])
        return failed !== undefined
      }),
    openTasks: async () => (await database.query<{ task_id: string }>('select task_id from engine_open_task')).map((row) => row.task_id),
    openTask: async (tx, remoteTaskId) => {
      await tx.query('delete from engine_open_task where task_id = ?', [remoteTaskId])
      await tx.query('insert into engine_open_task (task_id) values (?)', [remoteTaskId])
    },
    closeTask: async (tx, remoteTaskId) => {
      await tx.query('delete from engine_open_task where task_id = ?', [remoteTaskId])
    },
  }
}
