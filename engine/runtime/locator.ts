import type { Done, EngineStore, LocatedKind, Place, Query } from './ports.ts'
import { RecentMap } from './recent-map.ts'

const LIMIT = 50_000

/**
 * Where tasks, jobs and so on live. What this node has created it remembers, so that a command on it needs no query to find its root:
 * a place never changes, only its end makes it useless.
 */
export class Locator {
  private readonly known = new RecentMap<Place>(LIMIT)
  private readonly store: EngineStore

  constructor(store: EngineStore) {
    this.store = store
  }

  recall(kind: LocatedKind, id: string): Place | undefined {
    return this.known.get(`${kind}:${id}`)
  }

  async find(query: Query, kind: LocatedKind, id: string): Promise<Place | null> {
    const known = this.recall(kind, id)
    if (known) return known
    const place = (await this.store.locate(query, kind, [id])).get(id)
    if (!place) return null
    this.remember(kind, id, place)
    return place
  }

  /** After a commit: what came into being and what ended. */
  note(done: Done): void {
    const { rootId } = done.family
    for (const change of done.changes) {
      if (change.kind !== 'task' && change.kind !== 'job' && change.kind !== 'externalTask' && change.kind !== 'instance') continue
      if (change.op === 'insert')
        this.remember(change.kind, change.id, { rootId, instanceId: change.kind === 'instance' ? change.id : change.row.instanceId })
      else if (change.op === 'delete') this.known.delete(`${change.kind}:${change.id}`)
    }
  }

  forget(kind: LocatedKind, id: string): void {
    this.known.delete(`${kind}:${id}`)
  }

  private remember(kind: LocatedKind, id: string, place: Place): void {
    this.known.set(`${kind}:${id}`, place)
  }
}
