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
 */
export class CommitLane {
  private readonly queue: Waiting[] = []
  private running = false
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
      if (!this.running) {
        this.running = true
        this.context.database.outside(() => setImmediate(() => void this.drain()))
      }
    })
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) await this.runBatch(this.queue.splice(0, MAX_BATCH))
    this.running = false
  }

  private async runBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.transact(batch)
      batch.forEach((item, i) => {
        const outcome = outcomes[i] as Outcome
        if (outcome.ok) item.resolve(outcome.value)
        else item.reject(outcome.error)
      })
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const item of batch) await this.runBatch([item])
    }
  }

  private async transact(batch: readonly Waiting[]): Promise<readonly Outcome[]> {
    const { context } = this
    return context.database.transaction(async (tx) => {
      const unit = this.open(tx)
      await unit.load(batch.flatMap((item) => item.work.places))
      const outcomes: Outcome[] = []
      for (const item of batch) outcomes.push(await outcomeOf(item.work, unit, batch.length === 1))
      unit.flush()
      return outcomes
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
