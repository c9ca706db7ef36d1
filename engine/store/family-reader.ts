import { type EntityKind, entityKinds } from '../core/entity-kind.ts'
import { familyOf } from '../core/snapshot.ts'
import type { Family, Instance } from '../core/state.ts'
import type { Query } from '../runtime/ports.ts'
import type { ChunkCache } from './chunk-cache.ts'
import { assemble, chunkId, decodeChunk, type Entities, type ReadDocument } from './chunks.ts'
import type { DocumentCache } from './document-cache.ts'

/** What has been read or written before. */
export interface FamilyCaches {
  readonly documents: DocumentCache
  readonly chunks: ChunkCache
}

interface InstanceRow {
  readonly instance_id: string
  readonly rev: number
  readonly state: string
}

/** A member as it was read, and the family's counter when it was last written. */
export interface Member {
  readonly instance: Instance
  readonly rev: number
}

/**
 * Reads instances from their snapshots; of chunks, those that the cache does not hold under the revision that the document names.
 * `rest`: what follows `from ru_instance`. null when a chunk was replaced between the reads: read again.
 */
export async function readMembers(
  query: Query,
  { documents, chunks }: FamilyCaches,
  rest: string,
  params: readonly string[],
): Promise<readonly Member[] | null> {
  const rows = await query<InstanceRow>(`select instance_id, rev, state from ru_instance ${rest}`, params)
  const members: Member[] = []
  for (const row of rows) {
    const document = documents.decode(row.instance_id, row.state)
    const instance = document.chunks ? await readChunks(query, chunks, document) : document.instance
    if (!instance) return null
    members.push({ instance, rev: row.rev })
  }
  return members
}

/**
 * The families that members make. Each is written with the family's counter of that moment, and the root's row with every change
 * of any member, so the highest one is the family's.
 */
export function familiesOf(members: Iterable<Member>, isPartial: boolean): Map<string, Family> {
  const found = new Map<string, { seq: number; instances: Instance[] }>()
  for (const { instance, rev } of members) {
    const family = found.get(instance.rootId) ?? { seq: 0, instances: [] }
    found.set(instance.rootId, family)
    family.instances.push(instance)
    family.seq = Math.max(family.seq, rev)
  }
  return new Map(
    Array.from(found, ([rootId, { seq, instances }]) => {
      const family = familyOf(rootId, seq, instances)
      return [rootId, isPartial ? { ...family, isPartial } : family]
    }),
  )
}

async function readChunks(query: Query, cache: ChunkCache, document: ReadDocument): Promise<Instance | null> {
  const { id } = document.instance
  const held: { readonly kind: EntityKind; readonly chunks: (Entities | undefined)[] }[] = []
  const missing: { readonly kind: EntityKind; readonly number: number; readonly rev: number }[] = []
  for (const kind of entityKinds) {
    const revs = document.chunks?.of[kind]
    if (!revs) continue
    const chunks = revs.map((rev, number) => (rev === null ? empty : cache.chunk(id, kind, number, rev)))
    held.push({ kind, chunks })
    revs.forEach((rev, number) => {
      if (rev !== null && !chunks[number]) missing.push({ kind, number, rev })
    })
  }
  const read = await fetchChunks(query, id, missing)
  for (const { kind, number, rev } of missing) {
    const text = read.get(`${chunkId(kind, number)} ${rev}`)
    if (text === undefined) return null
    const { chunks } = held.find((each) => each.kind === kind) ?? { chunks: [] }
    chunks[number] = decodeChunk(kind, text)
  }
  return assemble(document, Object.fromEntries(held.map(({ kind, chunks }) => [kind, cache.map(id, kind, chunks as Entities[])])))
}

const empty: Entities = new Map()

/** Texts by chunk and revision. */
async function fetchChunks(
  query: Query,
  instanceId: string,
  missing: readonly { readonly kind: EntityKind; readonly number: number }[],
): Promise<ReadonlyMap<string, string>> {
  if (missing.length === 0) return new Map()
  const ids = missing.map(({ kind, number }) => chunkId(kind, number))
  const rows = await query<{ chunk_id: string; rev: number; state: string }>(
    `select chunk_id, rev, state from ru_chunk where instance_id = ? and chunk_id in (${ids.map(() => '?').join(', ')})`,
    [instanceId, ...ids],
  )
  return new Map(rows.map((row) => [`${row.chunk_id} ${row.rev}`, row.state]))
}
