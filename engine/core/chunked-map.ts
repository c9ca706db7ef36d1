interface Identified {
  readonly id: string
}

/** An instance keeps up to so many entities of a kind whole; more are kept in chunks. */
const MAX_WHOLE = 32
/** So many entities make a chunk: what a step that touches one of them copies, and the store writes. */
const CHUNK = 16

export type Chunk<E> = ReadonlyMap<string, E>

/** Whom an entity hangs on: a token on its scope, a task on its execution. */
export type OwnerOf<E> = (entity: E) => string

/**
 * Many entities of one kind, in order of creation, as a persistent map: the next version shares all chunks that a step did not
 * touch, so that its cost, and the store's, does not grow with the instance. A chunk is never changed.
 */
export class ChunkedMap<E extends Identified> implements ReadonlyMap<string, E> {
  readonly chunks: readonly Chunk<E>[]
  readonly size: number
  private readonly ownerOf: OwnerOf<E>
  private readonly places: Places

  /** `previous`: an earlier version, most of whose chunks these are. */
  constructor(chunks: readonly Chunk<E>[], ownerOf: OwnerOf<E>, previous: ChunkedMap<E> | null = null) {
    this.chunks = chunks
    this.ownerOf = ownerOf
    let size = 0
    for (const chunk of chunks) size += chunk.size
    this.size = size
    const known = previous && previous.places.ids.size <= 2 * size + 256 ? previous : null
    this.places = known?.places ?? { ids: new Map(), moved: new Set(), owners: new Map() }
    chunks.forEach((chunk, number) => {
      if (chunk !== known?.chunks[number]) this.note(chunk, number)
    })
  }

  get(id: string): E | undefined {
    const chunk = this.chunkOf(id)
    return chunk === undefined ? undefined : this.chunks[chunk]?.get(id)
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }

  *values(): Generator<E, undefined> {
    for (const chunk of this.chunks) yield* chunk.values()
  }

  *keys(): Generator<string, undefined> {
    for (const chunk of this.chunks) yield* chunk.keys()
  }

  *entries(): Generator<[string, E], undefined> {
    for (const chunk of this.chunks) yield* chunk.entries()
  }

  [Symbol.iterator](): Generator<[string, E], undefined> {
    return this.entries()
  }

  forEach(visit: (entity: E, id: string, map: ReadonlyMap<string, E>) => void): void {
    for (const [id, entity] of this) visit(entity, id, this)
  }

  /** Ids of what hangs on an owner, in order of creation. */
  idsOf(owner: string): string[] {
    const numbers = [...(this.places.owners.get(owner) ?? [])].sort((a, b) => a - b)
    return numbers.flatMap((number) => this.index(number).get(owner) ?? [])
  }

  countOf(owner: string): number {
    let count = 0
    for (const number of this.places.owners.get(owner) ?? []) count += this.index(number).get(owner)?.length ?? 0
    return count
  }

  /** The next version: `changed` written over what is there or added at the end, `gone` taken away. */
  with(changed: ReadonlyMap<string, E>, gone: ReadonlySet<string>): ReadonlyMap<string, E> {
    const chunks = [...this.chunks]
    const copies = new Map<number, Map<string, E>>()
    const copy = (number: number): Map<string, E> => {
      const known = copies.get(number) ?? new Map(chunks[number])
      copies.set(number, known)
      chunks[number] = known
      return known
    }
    for (const id of gone) {
      const number = this.chunkOf(id)
      if (number !== undefined) copy(number).delete(id)
    }
    for (const [id, entity] of changed) {
      const number = this.chunkOf(id)
      if (number !== undefined) copy(number).set(id, entity)
      else copy((chunks.at(-1)?.size ?? CHUNK) < CHUNK ? chunks.length - 1 : chunks.length).set(id, entity)
    }
    let size = 0
    for (const chunk of chunks) size += chunk.size
    // Too many have gone: what is left moves together, once in a long while.
    if (size <= MAX_WHOLE || chunks.length > 4 + (2 * size) / CHUNK)
      return entityMap(new Map(chunks.flatMap((chunk) => [...chunk])), this.ownerOf)
    return new ChunkedMap(chunks, this.ownerOf, this)
  }

  private chunkOf(id: string): number | undefined {
    const number = this.places.ids.get(id)
    if (number === undefined || this.chunks[number]?.has(id)) return number
    if (!this.places.moved.has(id)) return undefined
    const found = this.chunks.findIndex((chunk) => chunk.has(id))
    return found < 0 ? undefined : found
  }

  private note(chunk: Chunk<E>, number: number): void {
    const { ids, moved, owners } = this.places
    for (const [id, entity] of chunk) {
      const before = ids.get(id)
      if (before !== undefined && before !== number) moved.add(id)
      ids.set(id, number)
      const owner = this.ownerOf(entity)
      const numbers = owners.get(owner)
      if (numbers) numbers.add(number)
      else owners.set(owner, new Set([number]))
    }
  }

  private index(number: number): ReadonlyMap<string, string[]> {
    const chunk = this.chunks[number]
    if (!chunk) return nothing
    let index = indexes.get(chunk)
    if (!index) {
      index = indexByOwner(chunk, this.ownerOf as OwnerOf<Identified>)
      indexes.set(chunk, index)
    }
    return index
  }
}

/**
 * In which chunk to look: shared by all versions that came one from the other, so it names more than one version holds, and is
 * looked at only as a hint. Whatever a version holds is named here.
 */
interface Places {
  readonly ids: Map<string, number>
  /** Came back in another chunk than before, or lies elsewhere in a version that branched off. */
  readonly moved: Set<string>
  readonly owners: Map<string, Set<number>>
}

/** By chunk, which belongs to one kind and never changes: ids by owner. */
const indexes = new WeakMap<Chunk<Identified>, ReadonlyMap<string, string[]>>()
const nothing: ReadonlyMap<string, string[]> = new Map()

export function indexByOwner<E extends Identified>(entities: ReadonlyMap<string, E>, ownerOf: OwnerOf<E>): Map<string, string[]> {
  const index = new Map<string, string[]>()
  for (const [id, entity] of entities) {
    const owner = ownerOf(entity)
    const ids = index.get(owner)
    if (ids) ids.push(id)
    else index.set(owner, [id])
  }
  return index
}

/** Entities in order of creation, in chunks when they are many. */
export function entityMap<E extends Identified>(entities: ReadonlyMap<string, E>, ownerOf: OwnerOf<E>): ReadonlyMap<string, E> {
  if (entities.size <= MAX_WHOLE) return entities
  const chunks: Map<string, E>[] = []
  for (const [id, entity] of entities) {
    const last = chunks.at(-1)
    if (last && last.size < CHUNK) last.set(id, entity)
    else chunks.push(new Map([[id, entity]]))
  }
  return new ChunkedMap(chunks, ownerOf)
}
