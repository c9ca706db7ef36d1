/** What a step may change in place: its own copy. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Identified {
  readonly id: string
}

/**
 * The entities of one kind of one instance during a step: the snapshot's below, the step's own copies above. `edit` answers one
 * and the same object for the whole step, so that work on the stack may hold it; it is alive while `get(id)` answers it.
 */
export class Table<E extends Identified> {
  readonly base: ReadonlyMap<string, E>
  private readonly keyOf: (entity: E) => string
  private readonly own = new Map<string, Mutable<E>>()
  private readonly gone = new Set<string>()
  private index: Map<string, Set<string>> | null = null

  constructor(base: ReadonlyMap<string, E>, keyOf: (entity: E) => string) {
    this.base = base
    this.keyOf = keyOf
  }

  get(id: string): E | undefined {
    const own = this.own.get(id)
    if (own) return own as E
    return this.gone.has(id) ? undefined : this.base.get(id)
  }

  edit(id: string): Mutable<E> | undefined {
    const own = this.own.get(id)
    if (own) return own
    if (this.gone.has(id)) return undefined
    const base = this.base.get(id)
    if (!base) return undefined
    const copy = { ...base } as Mutable<E>
    this.own.set(id, copy)
    return copy
  }

  insert(entity: E): Mutable<E> {
    const copy = entity as Mutable<E>
    this.own.set(entity.id, copy)
    this.gone.delete(entity.id)
    this.link(entity)
    return copy
  }

  remove(id: string): void {
    const entity = this.get(id)
    if (!entity) return
    this.unlink(entity)
    this.own.delete(id)
    if (this.base.has(id)) this.gone.add(id)
  }

  /** The entity goes on under another id. */
  rename(id: string, newId: string): void {
    const entity = this.edit(id)
    if (!entity) return
    this.unlink(entity as E)
    this.own.delete(id)
    if (this.base.has(id)) this.gone.add(id)
    ;(entity as Mutable<Identified>).id = newId
    this.own.set(newId, entity)
    this.gone.delete(newId)
    this.link(entity as E)
  }

  /** The entity's key changes: run the change in here. */
  move(entity: Mutable<E>, change: () => void): void {
    this.unlink(entity as E)
    change()
    this.link(entity as E)
  }

  isAlive(entity: E | Mutable<E>): boolean {
    return this.own.get(entity.id) === entity
  }

  /** All with this key, in order of creation. */
  of(key: string): Mutable<E>[] {
    const ids = this.indexed().get(key)
    if (!ids) return []
    const found: Mutable<E>[] = []
    for (const id of ids) {
      const entity = this.edit(id)
      if (entity) found.push(entity)
    }
    return found
  }

  countOf(key: string): number {
    return this.indexed().get(key)?.size ?? 0
  }

  *all(): Iterable<E> {
    for (const [id, entity] of this.base) {
      if (!this.gone.has(id) && !this.own.has(id)) yield entity
      else if (this.own.has(id)) yield this.own.get(id) as E
    }
    for (const [id, entity] of this.own) if (!this.base.has(id)) yield entity as E
  }

  get size(): number {
    let size = this.base.size - this.gone.size
    for (const id of this.own.keys()) if (!this.base.has(id)) size += 1
    return size
  }

  get isTouched(): boolean {
    return this.own.size > 0 || this.gone.size > 0
  }

  /** Ids that were looked at for writing, or removed. */
  *touched(): Iterable<string> {
    yield* this.own.keys()
    yield* this.gone
  }

  /** The next snapshot: the same map when nothing was touched. */
  result(): ReadonlyMap<string, E> {
    if (!this.isTouched) return this.base
    const next = new Map<string, E>()
    for (const entity of this.all()) next.set(entity.id, entity)
    return next
  }

  private indexed(): Map<string, Set<string>> {
    if (this.index) return this.index
    this.index = new Map()
    for (const entity of this.all()) this.link(entity)
    return this.index
  }

  private link(entity: E): void {
    if (!this.index) return
    const key = this.keyOf(entity)
    const ids = this.index.get(key)
    if (ids) ids.add(entity.id)
    else this.index.set(key, new Set([entity.id]))
  }

  private unlink(entity: E): void {
    this.index?.get(this.keyOf(entity))?.delete(entity.id)
  }
}
