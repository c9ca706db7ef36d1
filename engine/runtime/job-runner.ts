import type { Executor } from './executor.ts'
import { CommandRefused } from './failures.ts'
import { acquireDueJobs, nextDue } from './job-rows.ts'
import type { Done } from './ports.ts'
import { failTimerStart } from './timer-starts.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Refusals that are no failure of the job's work. */
const NOT_ITS_FAULT = new Set(['unknown-job', 'unknown-instance', 'job-suspended', 'instance-suspended', 'definition-suspended'])

const isNotItsFault = (error: unknown) => error instanceof CommandRefused && NOT_ITS_FAULT.has(error.code)

/** How often the pump looks whether the next job is due (the clock may be turned), and whether another node has left one. */
const TICK_MS = 200
const FOREIGN_POLL_MS = 2000
const RETRY_MS = 500

/** Executes jobs: on request, all that are due, or continuously. */
export class JobRunner {
  private readonly executor: Executor
  private readonly fireRow: (unit: UnitOfWork, jobId: string) => Promise<boolean>
  private readonly running = new Map<string, Promise<void>>()
  private timer: NodeJS.Timeout | null = null
  /** Known earliest due date; null: none known. */
  private due: number | null = null
  private pumping: Promise<void> | null = null
  private stopped = true
  private idleTicks = 0

  /** `fireRow` runs what belongs to no instance; it answers false when that is gone. */
  constructor(executor: Executor, fireRow: (unit: UnitOfWork, jobId: string) => Promise<boolean>) {
    this.executor = executor
    this.fireRow = fireRow
  }

  /** Runs one job now. Throws what its work threw; the failure has been counted then. Waits for a job that runs already. */
  execute(jobId: string): Promise<void> {
    const running = this.running.get(jobId)
    if (running) return running
    const run = this.fire(jobId).finally(() => this.running.delete(jobId))
    this.running.set(jobId, run)
    return run
  }

  /** Runs everything that is due until nothing is. */
  async runDue(): Promise<number> {
    let count = 0
    for (;;) {
      const ran = await this.runBatch()
      if (ran === 0) return count
      count += ran
    }
  }

  /** After a commit: what was scheduled. */
  note(done: readonly Done[]): void {
    if (this.stopped) return
    for (const { changes } of done)
      for (const change of changes) {
        if (change.kind !== 'job' || change.op === 'delete' || change.row.retries <= 0 || change.row.suspended) continue
        const due = change.row.due ?? Number.NEGATIVE_INFINITY
        if (this.due === null || due < this.due) this.due = due
      }
    this.pumpWhenDue()
  }

  /** Something changed that `note` does not see: look at the tables. */
  wake(): void {
    if (this.stopped) return
    this.due = Number.NEGATIVE_INFINITY
    this.pumpWhenDue()
  }

  start(): void {
    if (!this.stopped) return
    this.stopped = false
    this.timer = setInterval(() => this.tick(), TICK_MS)
    this.timer.unref()
    this.wake()
  }

  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer) clearInterval(this.timer)
    this.timer = null
    await this.pumping
    await Promise.allSettled(this.running.values())
  }

  private tick(): void {
    const sharesDatabase = this.executor.context.database.dialect === 'mariadb'
    if (sharesDatabase && ++this.idleTicks * TICK_MS >= FOREIGN_POLL_MS) this.wake()
    else this.pumpWhenDue()
  }

  private pumpWhenDue(): void {
    if (this.pumping || this.stopped || this.due === null || this.due > this.executor.context.now()) return
    this.idleTicks = 0
    const { database } = this.executor.context
    this.pumping = database
      .outside(() => this.pump())
      .finally(() => {
        this.pumping = null
        if (this.due !== null && this.due <= this.executor.context.now()) setImmediate(() => this.pumpWhenDue())
      })
  }

  private async pump(): Promise<void> {
    try {
      while (!this.stopped && (await this.runBatch()) > 0);
      this.due = null
      const due = await nextDue(this.executor.context.database)
      // What is due and could not run just now (its instance is being suspended, another node holds it) is looked at again soon.
      const next = due === null ? null : Math.max(due, this.executor.context.now() + RETRY_MS)
      if (next !== null && (this.due === null || next < this.due)) this.due = due !== null && due > this.executor.context.now() ? due : next
    } catch {
      // The database did not answer: the next tick tries again.
      this.due = Number.NEGATIVE_INFINITY
      await new Promise((done) => setTimeout(done, TICK_MS).unref())
    }
  }

  private async runBatch(): Promise<number> {
    const { context } = this.executor
    const jobs = await acquireDueJobs(context.database, context.settings.nodeId, context.now(), new Set(this.running.keys()))
    const results = await Promise.allSettled(jobs.map((job) => this.execute(job.id)))
    return results.filter((result) => result.status === 'fulfilled' || !isNotItsFault(result.reason)).length
  }

  private async fire(jobId: string): Promise<void> {
    const { executor } = this
    const place = await executor.context.locator.find((sql, params) => executor.context.database.query(sql, params), 'job', jobId)
    try {
      if (place) await executor.execute({ kind: 'fireJob', jobId, instanceId: place.instanceId })
      else if (!(await executor.lane.submit({ places: [], run: (unit) => this.fireRow(unit, jobId) })))
        throw new CommandRefused({ code: 'unknown-job', data: { jobId }, message: `There is no job ${jobId}.` })
    } catch (error) {
      await this.countFailure(jobId, place !== null, error)
      throw error
    }
  }

  private async countFailure(jobId: string, ofInstance: boolean, error: unknown): Promise<void> {
    const refused = error instanceof CommandRefused ? error : null
    if (isNotItsFault(error)) return this.release(jobId)
    const message = error instanceof Error ? error.message : String(error)
    const stack = error instanceof Error ? (error.stack ?? null) : null
    const { executor } = this
    try {
      if (ofInstance)
        await executor.execute({ kind: 'jobFailed', jobId, message, stack, failedActivityId: refused?.failedActivityId ?? null })
      else await executor.lane.submit({ places: [], run: (unit) => failTimerStart(unit, jobId, message, stack) })
    } finally {
      await this.release(jobId)
    }
  }

  /** Gives back the lock of a job that stays. */
  private async release(jobId: string): Promise<void> {
    const { database, settings } = this.executor.context
    if (database.dialect === 'mariadb')
      await database.outside(() =>
        database.query('update ru_job set lock_owner = null, lock_until = null where job_id = ? and lock_owner = ?', [
          jobId,
          settings.nodeId,
        ]),
      )
  }
}
