import { type Chunk, ChunkedMap } from '../core/chunked-map.ts'
import { type EntityKind, entityKinds } from '../core/entity-kind.ts'
import { decode, encode } from '../core/snapshot.ts'
import type { Instance } from '../core/state.ts'

/**
 * Large instances. What the core keeps in chunks (`core/chunked-map.ts`) lies in rows of their own, so that a command writes, and
 * usually reads, only the chunks that it touches: its cost does not grow with the instance.
 *
 * The instance's document lists its chunks with their revisions. A revision is committed once, so a chunk that was committed or read
 * before under the same revision need not be read again.
 */
export interface ChunkList {
  /** The last revision that was given out. */
  readonly rev: number
  /** Revision by number, for each kind that is chunked; null where a chunk is empty. */
  readonly of: Readonly<Partial<Record<EntityKind, Revisions>>>
}

export type Revisions = readonly (number | null)[]

export interface ChunkWrite {
  readonly chunkId: string
  readonly rev: number
  /** null: the chunk is gone. */
  readonly state: string | null
}

export type Entities = Chunk<{ readonly id: string }>

/** How instances that were read or written lie in the tables, for as long as somebody holds them. */
const lists = new WeakMap<Instance, ChunkList>()

export const chunkList = (instance: Instance): ChunkList | null => lists.get(instance) ?? null

export const chunkId = (kind: EntityKind, number: number) => `${kind}:${number}`

/** The document of an instance and the chunks that differ from `before`, which was read or written earlier; null: a new one. */
export function encodeChunked(
  before: Instance | null,
  instance: Instance,
): { readonly state: string; readonly document: ReadDocument; readonly writes: readonly ChunkWrite[] } {
  const known = before && chunkList(before)
  const writes: ChunkWrite[] = []
  const revisions: Partial<Record<EntityKind, Revisions>> = {}
  const whole: Partial<Record<EntityKind, Entities>> = {}
  let rev = known?.rev ?? 0
  for (const kind of entityKinds) {
    const was = known?.of[kind] ?? []
    const after = instance[kind]
    const { chunks } = after instanceof ChunkedMap ? after : { chunks: [] }
    const old = before?.[kind]
    const oldChunks = old instanceof ChunkedMap ? old.chunks : []
    const revs: (number | null)[] = []
    for (const [number, chunk] of chunks.entries()) {
      const last = was[number]
      if (last !== undefined && chunk === oldChunks[number]) revs.push(last)
      else if (chunk.size > 0) {
        rev += 1
        revs.push(rev)
        writes.push({ chunkId: chunkId(kind, number), rev, state: encode({ ...NONE, [kind]: chunk } as Instance) })
      } else {
        revs.push(null)
        if (last) writes.push({ chunkId: chunkId(kind, number), rev: last, state: null })
      }
    }
    for (const [number, last] of was.entries())
      if (number >= chunks.length && last !== null) writes.push({ chunkId: chunkId(kind, number), rev: last, state: null })
    if (chunks.length === 0) continue
    revisions[kind] = revs
    whole[kind] = new Map()
  }
  if (rev === 0) return { state: encode(instance), document: { instance, chunks: null }, writes }
  const list: ChunkList = { rev, of: revisions }
  lists.set(instance, list)
  const rest = { ...instance, ...whole } as Instance
  return { state: `${encode(rest).slice(0, -1)},"chunks":${JSON.stringify(list)}}`, document: { instance: rest, chunks: list }, writes }
}

/** The chunks of an instance that ends. */
export function chunksOf(instance: Instance): readonly ChunkWrite[] {
  const list = chunkList(instance)
  if (!list) return []
  return entityKinds.flatMap((kind) =>
    (list.of[kind] ?? []).flatMap((rev, number) => (rev === null ? [] : [{ chunkId: chunkId(kind, number), rev, state: null }])),
  )
}

const NONE = Object.fromEntries(entityKinds.map((kind) => [kind, new Map()])) as unknown as Instance

/** A document as it was read: the instance without what lies in chunks, and where that is. */
export interface ReadDocument {
  readonly instance: Instance
  readonly chunks: ChunkList | null
}

export function decodeDocument(text: string): ReadDocument {
  const { chunks, ...instance } = decode(text) as Instance & { chunks?: ChunkList }
  return chunks ? { instance, chunks } : { instance, chunks: null }
}

export const decodeChunk = (kind: EntityKind, text: string): Entities => decode(text)[kind]

/** The instance with what its chunks hold. */
export function assemble({ instance, chunks }: ReadDocument, maps: Readonly<Partial<Record<EntityKind, Entities>>>): Instance {
  if (!chunks) return instance
  const whole = { ...instance, ...maps } as Instance
  lists.set(whole, chunks)
  return whole
}
