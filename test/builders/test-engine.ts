import type { Database } from '../../database/database.ts'
import { createEmbeddedEngine, type EmbeddedEngineOptions } from '../../engine/index.ts'

/** A clock that stands still until it is turned. */
export class TurnedClock {
  private at: number

  constructor(at = Date.UTC(2026, 0, 1)) {
    this.at = at
  }

  readonly now = () => this.at

  advance(ms: number): void {
    this.at += ms
  }
}

/** Ids in the order in which they are minted, in the form of a UUIDv7. `node` tells the ids of one process from another's. */
export function countedIds(node = 0): () => string {
  let count = 0
  return () => {
    const digits = (++count).toString(16).padStart(20, '0')
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(12, 15)}-8${digits.slice(15, 18)}-${digits.slice(18)}${node.toString(16).padStart(10, '0')}`
  }
}

/** An engine on a migrated database whose clock the test turns; jobs run only when the test says so. */
export function testEngine(database: Database, options: Partial<EmbeddedEngineOptions> = {}) {
  const clock = new TurnedClock()
  const engine = createEmbeddedEngine({ database, now: clock.now, newId: countedIds(), pump: false, ...options })
  return { engine, clock }
}
