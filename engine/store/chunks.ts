import { decode, encode } from '../core/snapshot.ts'
import type { Instance } from '../core/state.ts'

/**
 * Large instances. A kind of entity (tokens, tasks, …) that an instance has more than 64 of is kept in chunks of 64, rows of their own,
 * so that a command writes, and usually reads, only the chunks that it touches: its cost does not grow with the instance.
 *
 * The instance's document lists its chunks with their revisions. A revision is used once, so a chunk that was read before under the
 * same revision need not be read again.
 */
const CHUNK = 64

export const chunkedKinds = ['scopes', 'tokens', 'tasks', 'jobs', 'subscriptions', 'externalTasks'] as const
export type ChunkedKind = (typeof chunkedKinds)[number]

export type Entities = ReadonlyMap<string, { readonly id: string }>

/** What the document says of an instance's chunks: revision by number, for each kind that is chunked. */
export interface ChunkList {
  /** The last revision that was given out. */
  readonly rev: number
  readonly of: Readonly<Partial<Record<ChunkedKind, readonly (number | null)[]>>>
}

/** Where each entity of a kind lies, and the revision of each chunk; null where one is empty. */
interface Layout {
  rev: number
  readonly kinds: Map<
    ChunkedKind,
    { readonly chunkOf: Map<string, number>; readonly members: Set<string>[]; readonly revs: (number | null)[] }
  >
}

export interface ChunkWrite {
  readonly chunkId: string
  readonly rev: number
  /** null: the chunk is gone. */
  readonly state: string | null
  readonly entities: Entities
}

/** Layouts of the instances that were read or written, for as long as somebody holds them. */
const layouts = new WeakMap<Instance, Layout>()

const chunkId = (kind: ChunkedKind, number: number) => `${kind}:${number}`

/** The document of an instance and the chunks that differ from `before`, which was read or written earlier; null: a new one. */
export function encodeChunked(before: Instance | null, instance: Instance): { state: string; writes: readonly ChunkWrite[] } {
  const layout = (before && layouts.get(before)) ?? { rev: 0, kinds: new Map() }
  const writes: ChunkWrite[] = []
  let rest = instance
  for (const kind of chunkedKinds) {
    const entities: Entities = instance[kind]
    if (entities.size > CHUNK) {
      writeKind(layout, kind, before ? before[kind] : new Map(), entities, writes)
      rest = { ...rest, [kind]: new Map() }
    } else dropKind(layout, kind, writes)
  }
  if (layout.rev === 0) return { state: encode(instance), writes }
  layouts.set(instance, layout)
  const list: ChunkList = { rev: layout.rev, of: Object.fromEntries(Array.from(layout.kinds, ([kind, { revs }]) => [kind, revs])) }
  return { state: `${encode(rest).slice(0, -1)},"chunks":${JSON.stringify(list)}}`, writes }
}

/** The chunks of an instance that ends. */
export function chunksOf(instance: Instance): readonly ChunkWrite[] {
  const writes: ChunkWrite[] = []
  const layout = layouts.get(instance)
  if (layout) for (const kind of chunkedKinds) dropKind(layout, kind, writes)
  return writes
}

function dropKind(layout: Layout, kind: ChunkedKind, writes: ChunkWrite[]): void {
  const revs = layout.kinds.get(kind)?.revs ?? []
  revs.forEach((rev, number) => {
    if (rev !== null) writes.push({ chunkId: chunkId(kind, number), rev, state: null, entities: new Map() })
  })
  layout.kinds.delete(kind)
}

function writeKind(layout: Layout, kind: ChunkedKind, before: Entities, after: Entities, writes: ChunkWrite[]): void {
  const known = layout.kinds.get(kind) ?? { chunkOf: new Map(), members: [], revs: [] }
  layout.kinds.set(kind, known)
  const { chunkOf, members, revs } = known
  const dirty = new Set<number>()
  for (const [id, number] of chunkOf)
    if (!after.has(id)) {
      dirty.add(number)
      chunkOf.delete(id)
      members[number]?.delete(id)
    }
  let free = 0
  for (const [id, entity] of after) {
    let number = chunkOf.get(id)
    if (number === undefined) {
      while ((members[free]?.size ?? 0) >= CHUNK) free++
      number = free
      members[number] = (members[number] ?? new Set()).add(id)
      chunkOf.set(id, number)
      dirty.add(number)
    } else if (before.get(id) !== entity) dirty.add(number)
  }
  for (const number of dirty) {
    const some = new Map(Array.from(members[number] as Set<string>, (id) => [id, after.get(id) as { readonly id: string }]))
    const rev = ++layout.rev
    revs[number] = some.size === 0 ? null : rev
    const state = some.size === 0 ? null : encode({ ...NONE, [kind]: some } as Instance)
    writes.push({ chunkId: chunkId(kind, number), rev, state, entities: some })
  }
}

const NONE: Instance = {
  scopes: new Map(),
  tokens: new Map(),
  tasks: new Map(),
  jobs: new Map(),
  subscriptions: new Map(),
  externalTasks: new Map(),
  incidents: new Map(),
} as unknown as Instance

/** A document as it was read: the instance without what lies in chunks, and where that is. */
export interface ReadDocument {
  readonly instance: Instance
  readonly chunks: ChunkList | null
}

export function decodeDocument(text: string): ReadDocument {
  const { chunks, ...instance } = decode(text) as Instance & { chunks?: ChunkList }
  return chunks ? { instance, chunks } : { instance, chunks: null }
}

/** A chunk that the document names. */
export interface WantedChunk {
  readonly instanceId: string
  readonly kind: ChunkedKind
  readonly number: number
  readonly chunkId: string
  readonly rev: number
}

export function wantedChunks({ instance, chunks }: ReadDocument): WantedChunk[] {
  const wanted: WantedChunk[] = []
  for (const kind of chunkedKinds)
    chunks?.of[kind]?.forEach((rev, number) => {
      if (rev !== null) wanted.push({ instanceId: instance.id, kind, number, chunkId: chunkId(kind, number), rev })
    })
  return wanted
}

/** The instance with what its chunks hold. */
export function assemble(document: ReadDocument, wanted: readonly WantedChunk[], entitiesOf: (chunk: WantedChunk) => Entities): Instance {
  if (!document.chunks) return document.instance
  const layout: Layout = { rev: document.chunks.rev, kinds: new Map() }
  const maps = new Map<ChunkedKind, Map<string, { readonly id: string }>>()
  for (const chunk of wanted) {
    const entities = entitiesOf(chunk)
    const kind = layout.kinds.get(chunk.kind) ?? { chunkOf: new Map(), members: [], revs: [...(document.chunks.of[chunk.kind] ?? [])] }
    layout.kinds.set(chunk.kind, kind)
    kind.members[chunk.number] = new Set(entities.keys())
    const all = maps.get(chunk.kind) ?? new Map()
    maps.set(chunk.kind, all)
    for (const [id, entity] of entities) {
      kind.chunkOf.set(id, chunk.number)
      all.set(id, entity)
    }
  }
  const instance = { ...document.instance, ...Object.fromEntries(maps) } as Instance
  layouts.set(instance, layout)
  return instance
}

export const decodeChunk = (kind: ChunkedKind, text: string): Entities => decode(text)[kind]
