import { familyOf } from '../core/snapshot.ts'
import type { Family, Instance } from '../core/state.ts'
import type { Query } from '../runtime/ports.ts'
import { assemble, decodeChunk, decodeDocument, type Entities, type ReadDocument, type WantedChunk, wantedChunks } from './chunks.ts'

/** How many chunks are kept in memory: some 40 MB at most. */
const CACHED_CHUNKS = 2000

interface InstanceRow {
  readonly root_id: string
  readonly rev: number
  readonly state: string
}

/** Reads families from their snapshots. Chunks that were read or written under the same revision are not read again. */
export class FamilyReader {
  private readonly cache = new Map<string, Entities>()

  /** `rest`: what follows `from ru_instance`. null when a chunk was replaced between the reads: read again. */
  async read(query: Query, rest: string, params: readonly string[]): Promise<Map<string, Family> | null> {
    const rows = await query<InstanceRow>(`select root_id, rev, state from ru_instance ${rest}`, params)
    const read = rows.map((row) => {
      const document = decodeDocument(row.state)
      return { row, document, wanted: document.chunks ? wantedChunks(document) : [] }
    })
    const missing = read.flatMap(({ wanted }) => wanted.filter((chunk) => !this.cache.has(cacheKey(chunk))))
    if (missing.length > 0 && !(await this.fetch(query, missing))) return null
    return families(read, (chunk) => this.cache.get(cacheKey(chunk)) as Entities)
  }

  private async fetch(query: Query, missing: readonly WantedChunk[]): Promise<boolean> {
    const byPlace = new Map(missing.map((chunk) => [`${chunk.instanceId}\n${chunk.chunkId}`, chunk]))
    for (const instanceId of new Set(missing.map((chunk) => chunk.instanceId))) {
      const ids = missing.flatMap((chunk) => (chunk.instanceId === instanceId ? [chunk.chunkId] : []))
      const rows = await query<{ chunk_id: string; rev: number; state: string }>(
        `select chunk_id, rev, state from ru_chunk where instance_id = ? and chunk_id in (${ids.map(() => '?').join(', ')})`,
        [instanceId, ...ids],
      )
      for (const row of rows) {
        const chunk = byPlace.get(`${instanceId}\n${row.chunk_id}`)
        if (chunk?.rev === row.rev) this.remember(instanceId, chunk, decodeChunk(chunk.kind, row.state))
      }
    }
    return missing.every((chunk) => this.cache.has(cacheKey(chunk)))
  }

  /** What a chunk holds under this revision; of a chunk that was written, once that has been committed. */
  remember(instanceId: string, chunk: { readonly chunkId: string; readonly rev: number }, entities: Entities): void {
    this.cache.set(cacheKey({ instanceId, ...chunk }), entities)
    if (this.cache.size <= CACHED_CHUNKS) return
    const { value: oldest } = this.cache.keys().next()
    if (oldest !== undefined) this.cache.delete(oldest)
  }
}

const cacheKey = (chunk: { readonly instanceId: string; readonly chunkId: string; readonly rev: number }) =>
  `${chunk.instanceId}\n${chunk.chunkId}\n${chunk.rev}`

/** Each member is written with the family's counter of that moment, so the highest one is the family's. */
function families(
  read: readonly { row: InstanceRow; document: ReadDocument; wanted: readonly WantedChunk[] }[],
  entitiesOf: (chunk: WantedChunk) => Entities,
): Map<string, Family> {
  const found = new Map<string, { seq: number; instances: Instance[] }>()
  for (const { row, document, wanted } of read) {
    const family = found.get(row.root_id) ?? { seq: 0, instances: [] }
    found.set(row.root_id, family)
    family.instances.push(assemble(document, wanted, entitiesOf))
    family.seq = Math.max(family.seq, row.rev)
  }
  return new Map(Array.from(found, ([rootId, { seq, instances }]) => [rootId, familyOf(rootId, seq, instances)]))
}
