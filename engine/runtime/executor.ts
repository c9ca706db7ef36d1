import type { SqlValue, Tx } from '../../database/database.ts'
import type { StartCommand } from '../core/command.ts'
import { CommitLane, type LaneWork } from './commit-lane.ts'
import type { EngineContext } from './engine-context.ts'
import { placeCommand, placedAt, recallPlace, type UnplacedCommand } from './placed-command.ts'
import type { Done, Query } from './ports.ts'
import { UnitOfWork } from './unit-of-work.ts'

/**
 * Where commands run: inside the caller's transaction when there is one, else in the commit lane. What has committed is told to
 * `afterCommit`, which wakes the job pump and the long polls.
 */
export class Executor {
  readonly context: EngineContext
  readonly lane: CommitLane
  private readonly units = new WeakMap<Tx, UnitOfWork>()
  private readonly committed: (unit: UnitOfWork) => void

  constructor(context: EngineContext, afterCommit: (done: readonly Done[]) => void) {
    this.context = context
    this.committed = (unit) => {
      for (const done of unit.done) context.locator.note(done)
      if (unit.done.length > 0) afterCommit(unit.done)
    }
    this.lane = new CommitLane(context, (tx) => this.unitOf(tx))
  }

  /** Runs `work` where it belongs. `tx`: the caller's, or the one around this call. */
  async perform<T>(work: LaneWork<T>, tx?: Tx): Promise<T> {
    const joined = tx ?? this.context.database.current()
    if (!joined) return this.lane.submit(work)
    const unit = this.unitOf(joined)
    await unit.load(work.places)
    const result = await work.run(unit)
    unit.flush()
    return result
  }

  async execute(command: UnplacedCommand, tx?: Tx, userId: string | null = null): Promise<Done> {
    const known = recallPlace(this.context, command)
    return this.perform(
      {
        places: known ? [known] : [],
        run: async (unit) => {
          const placed = known ? placedAt(known, command) : await placeCommand(this.context, unit.query, command)
          unit.userId = userId
          return unit.run(placed.rootId, placed.command)
        },
      },
      tx,
    )
  }

  start(command: StartCommand, tx?: Tx, userId: string | null = null): Promise<Done> {
    return this.perform(
      {
        places: [],
        run: (unit) => {
          unit.expectNew(command.instanceId)
          unit.userId = userId
          return unit.run(command.instanceId, command)
        },
      },
      tx,
    )
  }

  /** Reads: inside the caller's transaction when there is one. */
  query(tx?: Tx): Query {
    const joined = tx ?? this.context.database.current()
    const on = joined ? this.unitOf(joined).query : null
    return on ?? (<Row>(sql: string, params?: readonly SqlValue[]) => this.context.database.query<Row>(sql, params))
  }

  unitOf(tx: Tx): UnitOfWork {
    let unit = this.units.get(tx)
    if (!unit) {
      const made = new UnitOfWork(this.context, tx, this.context.now())
      tx.afterCommit(() => this.committed(made))
      this.units.set(tx, made)
      unit = made
    }
    return unit
  }
}
