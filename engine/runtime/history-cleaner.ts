import type { Database, Tx } from '../../database/database.ts'
import { forgetInstances } from './forget-history.ts'

export interface CleanupSettings {
  /** Local times of day `HH:mm` between which history is removed; null: at any time. */
  readonly window: { readonly start: string; readonly end: string } | null
  /** Instances that one transaction forgets. */
  readonly batchSize: number
}

export const defaultCleanup: CleanupSettings = { window: null, batchSize: 100 }

/** The clean-up as the API shows it: a job. `dueAt` null: it waits to be asked for. */
export interface CleanupJob {
  readonly id: string
  readonly createdAt: number
  readonly dueAt: number | null
}

const PROPERTY = 'history-cleanup'
const LOOK_MS = 60_000
const EVERY_MS = 3_600_000

interface CleanerContext {
  readonly database: Database
  now(): number
  newId(): string
  readonly zone: string
  readonly settings: CleanupSettings
}

/**
 * Forgets instances whose removal time has come, root by root with what they called: in small transactions, so that nobody waits
 * long, by itself once an hour (within the window, if there is one) and when it is asked to.
 */
export class HistoryCleaner {
  private readonly context: CleanerContext
  private timer: NodeJS.Timeout | null = null
  private running: Promise<number> | null = null
  private lastRun: number | null = null
  private stopped = false

  constructor(context: CleanerContext) {
    this.context = context
  }

  get settings(): CleanupSettings {
    return this.context.settings
  }

  start(): void {
    this.stopped = false
    this.timer ??= setInterval(() => void this.look(), LOOK_MS)
    this.timer.unref()
  }

  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer) clearInterval(this.timer)
    this.timer = null
    await this.running?.catch(() => undefined)
  }

  /** Removes everything that is due, batch after batch; answers how many roots. A second call joins the first. */
  run(): Promise<number> {
    this.running ??= this.removeAll().finally(() => {
      this.running = null
    })
    return this.running
  }

  /** Asks for a clean-up: at once, or in the next window. */
  async request(immediately: boolean): Promise<CleanupJob> {
    const { now, newId } = this.context
    const known = await this.job()
    const job = {
      id: known?.id ?? newId(),
      createdAt: known?.createdAt ?? now(),
      dueAt: immediately ? now() : this.nextWindow(),
    }
    await this.keep(job)
    if (immediately)
      setImmediate(
        () =>
          void this.context.database
            .outside(() => this.run())
            .then(() => this.keep({ ...job, dueAt: this.nextWindow() }))
            .catch(() => undefined),
      )
    return job
  }

  /** The job as it was last asked for; null: never. */
  async job(): Promise<CleanupJob | null> {
    const [row] = await this.context.database.query<{ readonly value: string }>('select value from engine_property where name = ?', [
      PROPERTY,
    ])
    return row ? (JSON.parse(row.value) as CleanupJob) : null
  }

  private async keep(job: CleanupJob): Promise<void> {
    await this.context.database.transaction(async (tx) => {
      tx.write('delete from engine_property where name = ?', [PROPERTY])
      tx.write('insert into engine_property (name, value) values (?, ?)', [PROPERTY, JSON.stringify(job)])
    })
  }

  private async look(): Promise<void> {
    const now = this.context.now()
    const isIdle = this.lastRun === null || now < this.lastRun || now - this.lastRun >= EVERY_MS
    if (!isIdle || !this.isOpen(now)) return
    this.lastRun = now
    // Whatever went wrong: the next round tries again.
    await this.context.database.outside(() => this.run()).catch(() => undefined)
  }

  private async removeAll(): Promise<number> {
    let removed = 0
    for (const some of [(tx: Tx) => this.removeInstances(tx), (tx: Tx) => this.removeDecisions(tx), (tx: Tx) => this.removeBatches(tx)])
      for (let count = this.context.settings.batchSize; count >= this.context.settings.batchSize && !this.stopped; ) {
        count = await this.context.database.transaction(some)
        removed += count
      }
    return removed
  }

  /** Decisions that were evaluated by hand; those of an instance go with it. */
  private async removeDecisions(tx: Tx): Promise<number> {
    const rows = await tx.query<{ readonly decision_instance_id: string }>(
      `select decision_instance_id from hi_decision where instance_id is null and removal_at <= ? limit ${this.context.settings.batchSize}`,
      [this.context.now()],
    )
    const ids = rows.map((row) => row.decision_instance_id)
    for (const table of ids.length === 0 ? [] : ['hi_decision_value', 'hi_decision'])
      tx.write(`delete from ${table} where decision_instance_id in (${ids.map(() => '?').join(', ')})`, ids)
    return ids.length
  }

  private async removeBatches(tx: Tx): Promise<number> {
    const rows = await tx.query<{ readonly batch_id: string }>(
      `select batch_id from hi_batch where ended_at is not null and removal_at <= ? limit ${this.context.settings.batchSize}`,
      [this.context.now()],
    )
    const ids = rows.map((row) => row.batch_id)
    if (ids.length > 0) tx.write(`delete from hi_batch where batch_id in (${ids.map(() => '?').join(', ')})`, ids)
    return ids.length
  }

  private async removeInstances(tx: Tx): Promise<number> {
    const { database, settings, now } = this.context
    const skip = database.dialect === 'mariadb' ? ' for update skip locked' : ''
    const roots = await tx.query<{ readonly instance_id: string }>(
      `select instance_id from hi_instance where removal_at <= ? order by removal_at limit ${settings.batchSize}${skip}`,
      [now()],
    )
    if (roots.length === 0) return 0
    const ids = roots.map(({ instance_id }) => instance_id)
    const members = await tx.query<{ readonly instance_id: string }>(
      `select instance_id from hi_instance where root_id in (${ids.map(() => '?').join(', ')})`,
      ids,
    )
    forgetInstances(tx, [...new Set([...ids, ...members.map(({ instance_id }) => instance_id)])])
    return roots.length
  }

  private isOpen(now: number): boolean {
    const { window } = this.context.settings
    if (!window) return true
    const time = this.timeOfDay(now)
    const [start, end] = [minutesOf(window.start), minutesOf(window.end)]
    return start <= end ? time >= start && time < end : time >= start || time < end
  }

  /** When the window opens next; null without one. */
  private nextWindow(): number | null {
    const { window } = this.context.settings
    if (!window) return null
    const now = this.context.now()
    const ahead = (minutesOf(window.start) - this.timeOfDay(now) + 1440) % 1440
    return now - (now % 60_000) + ahead * 60_000
  }

  private timeOfDay(at: number): number {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: this.context.zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    return minutesOf(parts.format(at))
  }
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}
