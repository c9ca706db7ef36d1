import { ChunkedMap } from '../core/chunked-map.ts'
import { type EntityKind, entityKinds, ownersByKind } from '../core/entity-kind.ts'
import type { Instance } from '../core/state.ts'
import { type ChunkList, chunkList, type Entities, type Revisions } from './chunks.ts'

/** How many entities are kept, some 50 MB at most. */
const LIMIT = 100_000

type Kept = Readonly<Partial<Record<EntityKind, { readonly revs: Revisions; readonly map: ChunkedMap<{ readonly id: string }> }>>>

/**
 * What large instances last held as far as this node has committed or read it. Another node may have committed since: only chunks
 * whose revision a document names are taken. What is put in here must have been committed.
 */
export class ChunkCache {
  /** Those used longest ago come first. */
  private readonly kept = new Map<string, Kept>()
  private count = 0

  /** The chunk under this revision, if it is known. */
  chunk(instanceId: string, kind: EntityKind, number: number, rev: number): Entities | undefined {
    const known = this.kept.get(instanceId)?.[kind]
    return known?.revs[number] === rev ? known.map.chunks[number] : undefined
  }

  /** The map of a kind as a document names its chunks, all of which `chunk` answers; shares as much as it can with what is kept. */
  map(instanceId: string, kind: EntityKind, chunks: readonly Entities[]): ChunkedMap<{ readonly id: string }> {
    const known = this.kept.get(instanceId)?.[kind]?.map ?? null
    if (known && known.chunks.length === chunks.length && known.chunks.every((chunk, number) => chunk === chunks[number])) return known
    return new ChunkedMap(chunks, ownersByKind[kind] as (entity: { readonly id: string }) => string, known)
  }

  /** An instance as it has been committed. */
  keep(instance: Instance): void {
    this.drop(instance.id)
    const list = chunkList(instance)
    const kept = list && keptOf(instance, list)
    if (!kept || sizeOf(kept) > LIMIT) return
    this.kept.set(instance.id, kept)
    this.count += sizeOf(kept)
    for (const id of this.kept.keys()) {
      if (this.count <= LIMIT) return
      this.drop(id)
    }
  }

  drop(instanceId: string): void {
    const kept = this.kept.get(instanceId)
    if (!kept) return
    this.count -= sizeOf(kept)
    this.kept.delete(instanceId)
  }
}

function keptOf(instance: Instance, list: ChunkList): Kept | null {
  const kept: Partial<Record<EntityKind, { revs: Revisions; map: ChunkedMap<{ readonly id: string }> }>> = {}
  for (const kind of entityKinds) {
    const revs = list.of[kind]
    const map = instance[kind]
    if (revs && map instanceof ChunkedMap) kept[kind] = { revs, map }
  }
  return Object.keys(kept).length > 0 ? kept : null
}

const sizeOf = (kept: Kept) => Object.values(kept).reduce((sum, { map }) => sum + map.size, 0)
