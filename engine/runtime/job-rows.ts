import type { Database, Tx } from '../../database/database.ts'

/** A job that is due. */
export interface DueJob {
  readonly id: string
  /** null: it starts an instance. */
  readonly rootId: string | null
}

/** How long a node may work on a job before another one takes it over. */
const LOCK_MS = 5 * 60_000
/** Among thousands that are due the most urgent have to be found again for each batch. */
const BATCH = 256

const DUE = `runnable = 1 and (due_at is null or due_at <= ?)
    and (lock_until is null or lock_until < ? or lock_owner = ?)`

/**
 * The jobs that are due, the most urgent first. Where several nodes share the database they are locked, after a look without locks: of
 * all that are due only those that are taken, and without waiting for another node that takes them too.
 */
export async function acquireDueJobs(
  database: Database,
  nodeId: string,
  now: number,
  busy: ReadonlySet<string>,
): Promise<readonly DueJob[]> {
  const params = [now, now, nodeId]
  const seen = await database.query<JobColumns>(
    `select job_id, root_id from ru_job where ${DUE} order by priority desc, due_at, job_id limit ${BATCH + busy.size}`,
    params,
  )
  const wanted = chosen(seen, busy)
  if (database.dialect === 'sqlite' || wanted.length === 0) return wanted
  return database.transaction(async (tx: Tx) => {
    const marks = wanted.map(() => '?').join(', ')
    const free = await tx.query<{ job_id: string }>(
      `select job_id from ru_job where job_id in (${marks}) and ${DUE} for update skip locked`,
      [...wanted.map((job) => job.id), ...params],
    )
    const taken = new Set(free.map((row) => row.job_id))
    if (taken.size > 0)
      tx.write(`update ru_job set lock_owner = ?, lock_until = ? where job_id in (${free.map(() => '?').join(', ')})`, [
        nodeId,
        now + LOCK_MS,
        ...taken,
      ])
    return wanted.filter((job) => taken.has(job.id))
  })
}

interface JobColumns {
  readonly job_id: string
  readonly root_id: string | null
}

const chosen = (rows: readonly JobColumns[], busy: ReadonlySet<string>): DueJob[] =>
  rows
    .filter((row) => !busy.has(row.job_id))
    .slice(0, BATCH)
    .map((row) => ({ id: row.job_id, rootId: row.root_id }))

/** When the next job falls due; -Infinity when one without a date waits; null when none waits. */
export async function nextDue(database: Database): Promise<number | null> {
  const [undated] = await database.query('select job_id from ru_job where runnable = 1 and due_at is null and lock_until is null limit 1')
  if (undated) return Number.NEGATIVE_INFINITY
  const [row] = await database.query<{ due: number | null }>(
    'select due_at as due from ru_job where runnable = 1 and due_at is not null and lock_until is null order by due_at limit 1',
  )
  return row?.due ?? null
}
