import type { Tx } from '../../database/database.ts'
import type { EngineEvent } from '../process-engine.ts'

type Listener = (event: EngineEvent, tx: Tx) => Promise<void>

/** Who wants to know what happens, inside the transaction in which it happens. */
export class Listeners {
  private readonly all = new Set<Listener>()

  get none(): boolean {
    return this.all.size === 0
  }

  add(listener: Listener): () => void {
    this.all.add(listener)
    return () => {
      this.all.delete(listener)
    }
  }

  async tell(events: readonly EngineEvent[], tx: Tx): Promise<void> {
    for (const event of events) for (const listener of this.all) await listener(event, tx)
  }
}
