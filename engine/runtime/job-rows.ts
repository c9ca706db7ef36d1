import type { Database, Tx } from '../../database/database.ts'

/** A job that is due. */
export interface DueJob {
  readonly id: string
  /** null: it starts an instance. */
  readonly rootId: string | null
}

/** How long a node may work on a job before another one takes it over. */
const LOCK_MS = 5 * 60_000
const BATCH = 64

/**
 * The jobs that are due, the most urgent first. Where several nodes share the database they are locked by one statement that skips
 * what others hold; on SQLite this process is the only one.
 */
export async function acquireDueJobs(
  database: Database,
  nodeId: string,
  now: number,
  busy: ReadonlySet<string>,
): Promise<readonly DueJob[]> {
  const due = `from ru_job where retries > 0 and suspended = 0 and (due_at is null or due_at <= ?)
    and (lock_until is null or lock_until < ? or lock_owner = ?) order by priority desc, due_at, job_id limit ${BATCH + busy.size}`
  const select = `select job_id, root_id ${due}`
  const params = [now, now, nodeId]
  if (database.dialect === 'sqlite') return chosen(await database.query<JobColumns>(select, params), busy)
  return database.transaction(async (tx: Tx) => {
    const jobs = chosen(await tx.query<JobColumns>(`${select} for update skip locked`, params), busy)
    if (jobs.length > 0)
      tx.write(`update ru_job set lock_owner = ?, lock_until = ? where job_id in (${jobs.map(() => '?').join(', ')})`, [
        nodeId,
        now + LOCK_MS,
        ...jobs.map((job) => job.id),
      ])
    return jobs
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
  const [undated] = await database.query(
    'select job_id from ru_job where retries > 0 and suspended = 0 and due_at is null and lock_until is null limit 1',
  )
  if (undated) return Number.NEGATIVE_INFINITY
  const [row] = await database.query<{ due: number | null }>(
    'select min(due_at) as due from ru_job where retries > 0 and suspended = 0 and due_at is not null and lock_until is null',
  )
  return row?.due ?? null
}
