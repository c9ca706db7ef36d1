import { ChunkedMap, entityMap, indexByOwner, type OwnerOf } from '../chunked-map.ts'

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
  private readonly ownerOf: OwnerOf<E>
  // Made when they are needed: a step has seven tables for each instance, and changes two or three.
  private own: Map<string, Mutable<E>> = NO_MAP
  private gone: Set<string> = NO_SET
  /** How many more hang on an owner than in the snapshot. */
  private more: Map<string, number> = NO_MAP
  /** Own copies that hang on an owner and did not in the snapshot. */
  private arrived: Map<string, Set<string>> = NO_MAP
  private added = 0
  private index: ReadonlyMap<string, string[]> | null = null

  constructor(base: ReadonlyMap<string, E>, ownerOf: OwnerOf<E>) {
    this.base = base
    this.ownerOf = ownerOf
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
    this.keep(id, copy)
    return copy
  }

  insert(entity: E): Mutable<E> {
    const copy = entity as Mutable<E>
    this.put(copy)
    return copy
  }

  remove(id: string): void {
    const entity = this.get(id)
    if (!entity) return
    this.unlink(entity)
    this.take(id)
  }

  /** The entity goes on under another id. */
  rename(id: string, newId: string): void {
    const entity = this.edit(id)
    if (!entity) return
    this.unlink(entity as E)
    this.take(id)
    ;(entity as Mutable<Identified>).id = newId
    this.put(entity)
  }

  /** The entity's owner changes: run the change in here. */
  move(entity: Mutable<E>, change: () => void): void {
    this.unlink(entity as E)
    change()
    this.link(entity as E)
  }

  isAlive(entity: E | Mutable<E>): boolean {
    return this.own.get(entity.id) === entity
  }

  /** All that hang on an owner, in order of creation, to be changed. */
  of(owner: string): Mutable<E>[] {
    return this.idsOf(owner).map((id) => this.edit(id) as Mutable<E>)
  }

  /** The same to look at: costs no copies. */
  peek(owner: string): E[] {
    return this.idsOf(owner).map((id) => this.get(id) as E)
  }

  countOf(owner: string): number {
    const { base } = this
    const before = base instanceof ChunkedMap ? base.countOf(owner) : this.indexed().get(owner)?.length
    return (before ?? 0) + (this.more.get(owner) ?? 0)
  }

  *all(): Iterable<E> {
    for (const [id, entity] of this.base) {
      const own = this.own.get(id)
      if (own) yield own as E
      else if (!this.gone.has(id)) yield entity
    }
    for (const [id, entity] of this.own) if (!this.base.has(id)) yield entity as E
  }

  get size(): number {
    return this.base.size - this.gone.size + this.added
  }

  get isTouched(): boolean {
    return this.own.size > 0 || this.gone.size > 0
  }

  /** Ids that were looked at for writing, or removed. */
  *touched(): Iterable<string> {
    yield* this.own.keys()
    yield* this.gone
  }

  /** The next snapshot: the same map when nothing was changed. */
  result(): ReadonlyMap<string, E> {
    const { base, gone } = this
    if (!this.isTouched) return base
    const changed = new Map<string, E>()
    for (const [id, own] of this.own) {
      const before = base.get(id)
      if (!before || !isSame(before, own as E)) changed.set(id, own as E)
    }
    if (changed.size === 0 && gone.size === 0) return base
    if (base instanceof ChunkedMap) return base.with(changed, gone)
    const next = new Map<string, E>()
    for (const [id, entity] of base) if (!gone.has(id)) next.set(id, changed.get(id) ?? entity)
    for (const [id, entity] of changed) next.set(id, entity)
    return entityMap(next, this.ownerOf)
  }

  private idsOf(owner: string): string[] {
    const { base, gone } = this
    const before = base instanceof ChunkedMap ? base.idsOf(owner) : this.indexed().get(owner)
    const ids: string[] = []
    for (const id of before ?? []) {
      const own = this.own.get(id)
      if (own ? this.ownerOf(own as E) === owner : !gone.has(id)) ids.push(id)
    }
    for (const id of this.arrived.get(owner) ?? []) ids.push(id)
    return ids
  }

  /** Of a snapshot that is small enough to be kept whole. */
  private indexed(): ReadonlyMap<string, string[]> {
    if (this.base.size === 0) return NO_MAP
    this.index ??= indexByOwner(this.base, this.ownerOf)
    return this.index
  }

  private put(entity: Mutable<E>): void {
    const { id } = entity
    const replaced = this.get(id)
    if (replaced) this.unlink(replaced)
    else if (!this.gone.delete(id)) this.added += 1
    this.keep(id, entity)
    this.link(entity as E)
  }

  private keep(id: string, copy: Mutable<E>): void {
    if (this.own === NO_MAP) this.own = new Map()
    this.own.set(id, copy)
  }

  private take(id: string): void {
    this.own.delete(id)
    if (!this.base.has(id)) this.added -= 1
    else if (this.gone === NO_SET) this.gone = new Set([id])
    else this.gone.add(id)
  }

  private link(entity: E): void {
    const owner = this.ownerOf(entity)
    this.count(owner, 1)
    if (this.hungOn(entity.id) === owner) return
    const ids = this.arrived.get(owner)
    if (ids) ids.add(entity.id)
    else if (this.arrived === NO_MAP) this.arrived = new Map([[owner, new Set([entity.id])]])
    else this.arrived.set(owner, new Set([entity.id]))
  }

  private unlink(entity: E): void {
    const owner = this.ownerOf(entity)
    this.count(owner, -1)
    this.arrived.get(owner)?.delete(entity.id)
  }

  private count(owner: string, by: number): void {
    if (this.more === NO_MAP) this.more = new Map()
    this.more.set(owner, (this.more.get(owner) ?? 0) + by)
  }

  /** Its owner in the snapshot. */
  private hungOn(id: string): string | undefined {
    const before = this.base.get(id)
    return before && this.ownerOf(before)
  }
}

/** Never written to. */
const NO_MAP = new Map<never, never>() as Map<string, never>
const NO_SET = new Set<never>() as Set<string>

function isSame<E extends object>(a: E, b: E): boolean {
  for (const key in b) if (a[key] !== b[key]) return false
  for (const key in a) if (!(key in b)) return false
  return true
}
