import type { Tx } from '../../database/database.ts'
import { EngineError } from '../process-engine.ts'
import type { EngineContext } from './engine-context.ts'
import type { Place } from './ports.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Engine-only work: which instances it will need, as far as is known, and what to do with them. */
export interface LaneWork<T> {
  readonly places: readonly Place[]
  run(unit: UnitOfWork): Promise<T>
}

interface Waiting {
  readonly work: LaneWork<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const MAX_BATCH = 32

/**
 * One lane per node: works that wait at the same moment share a transaction. Their families are loaded by one query, locked in the
 * order of their ids; they run one after the other in memory; everything is written by one set of multi-row statements. Work that is
 * refused falls out alone, before anything is written. A batch that fails as a whole is taken apart and run one by one.
 *
 * Batches follow each other: one sends nothing before the one before it has been committed. While that waits for the database, what
 * needs nothing loaded is already run.
 */
export class CommitLane {
  private readonly queue: Waiting[] = []
  private running = false
  private arrived: () => void = () => undefined
  private readonly context: EngineContext
  private readonly open: (tx: Tx) => UnitOfWork

  /** `open` makes the one unit of a transaction: listeners that call the engine within it work on the same one. */
  constructor(context: EngineContext, open: (tx: Tx) => UnitOfWork) {
    this.context = context
    this.open = open
  }

  submit<T>(work: LaneWork<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
      this.arrived()
      if (!this.running) {
        this.running = true
        this.context.database.outside(() => setImmediate(() => void this.drain()))
      }
    })
  }

  private async drain(): Promise<void> {
    let ended: Promise<void> = Promise.resolve()
    for (;;) {
      if (this.queue.length === 0) await Promise.race([ended, this.arrival()])
      if (this.queue.length === 0) break
      const before = ended
      await new Promise<void>((hasRun) => {
        ended = this.runBatch([], before, hasRun).finally(hasRun)
      })
    }
    this.running = false
  }

  /** `hasRun` is called when only the commit is left. An empty batch takes what waits. */
  private async runBatch(batch: Waiting[], before: Promise<void>, hasRun: () => void): Promise<void> {
    try {
      const outcomes = await this.transact(batch, before, hasRun)
      batch.forEach((item, i) => {
        const outcome = outcomes[i] as Outcome
        if (outcome.ok) item.resolve(outcome.value)
        else item.reject(outcome.error)
      })
    } catch (error) {
      // Without a database nothing was taken yet.
      if (batch.length === 0) for (const item of this.queue.splice(0, MAX_BATCH)) item.reject(error)
      else if (batch.length === 1) batch[0]?.reject(error)
      else for (const item of batch) await this.runBatch([item], before, hasRun)
    }
  }

  private async transact(batch: Waiting[], before: Promise<void>, hasRun: () => void): Promise<readonly Outcome[]> {
    // SQLite has one connection, which the batch before may need once more.
    if (this.context.database.dialect === 'sqlite') await before
    return this.context.database.transaction(async (tx) => {
      const unit = this.open(tx)
      const outcomes: Outcome[] = []
      // A transaction that runs again has its batch already.
      const takes = batch.length === 0
      if (takes) await this.runAhead(batch, outcomes, unit, before)
      await before
      if (takes) batch.push(...this.queue.splice(0, MAX_BATCH - batch.length))
      const rest = batch.slice(outcomes.length)
      await unit.load(rest.flatMap((item) => item.work.places))
      for (const { work } of rest) outcomes.push(await outcomeOf(work, unit, batch.length === 1))
      unit.flush()
      hasRun()
      return outcomes
    }, before)
  }

  /** Runs what comes and needs nothing loaded until the batch before has ended. Listeners may need anything. */
  private async runAhead(batch: Waiting[], outcomes: Outcome[], unit: UnitOfWork, before: Promise<void>): Promise<void> {
    if (!this.context.listeners.none) return
    let hasEnded = false
    const end = before.then(() => {
      hasEnded = true
    })
    while (!hasEnded) {
      const next = batch.length < MAX_BATCH ? this.queue.findIndex(({ work }) => work.places.length === 0) : -1
      if (next < 0) await Promise.race([end, this.arrival()])
      else {
        const [item] = this.queue.splice(next, 1) as [Waiting]
        batch.push(item)
        outcomes.push(await outcomeOf(item.work, unit, false))
      }
    }
  }

  private arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = resolve
    })
  }
}

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }

async function outcomeOf(work: LaneWork<unknown>, unit: UnitOfWork, alone: boolean): Promise<Outcome> {
  const before = unit.done.length
  try {
    return { ok: true, value: await work.run(unit) }
  } catch (error) {
    // Refused before anything of it was done: the others go on. Otherwise nothing of this transaction may stay.
    if (error instanceof EngineError && unit.done.length === before && !alone) return { ok: false, error }
    throw error
  }
}
