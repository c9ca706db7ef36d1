import type { Database, Tx } from '../../database/database.ts'
import type { Family, Instance } from '../core/state.ts'
import type { Done, EngineStore, FamilyWrites, LocatedKind, Place, Query, WriteContext } from '../runtime/ports.ts'
import { ChunkCache } from './chunk-cache.ts'
import { type ChunkWrite, chunkList, chunksOf, encodeChunked } from './chunks.ts'
import { DocumentCache } from './document-cache.ts'
import { type FamilyCaches, readFamilies } from './family-reader.ts'
import { type HistoryContext, writeHistory } from './history.ts'
import { type HistoryLevel, keeps } from './history-level.ts'
import { writeChange } from './projection.ts'
import { WriteSet } from './write-set.ts'

/** The engine's tables, as the runtime needs them. */
export function makeEngineStore(dialect: Database['dialect'], historyLevel: HistoryLevel = 'full'): EngineStore {
  const forUpdate = dialect === 'mariadb' ? ' for update' : ''
  const caches: FamilyCaches = { documents: new DocumentCache(), chunks: new ChunkCache() }
  return {
    async loadFamilies(tx, rootIds) {
      if (rootIds.length === 0) return new Map()
      const sorted = [...new Set(rootIds)].sort()
      const query: Query = (sql, params) => tx.query(sql, params)
      const rest = `where root_id in (${marks(sorted)}) order by root_id, instance_id${forUpdate}`
      const families = await readFamilies(query, caches, rest, sorted)
      if (!families) throw new Error(`Chunks of ${sorted.join(', ')} are missing though their instances are locked.`)
      // What was read may be this transaction's own work, and that be undone.
      const large = [...families.values()].flatMap(({ instances }) => [...instances.values()].filter(chunkList))
      if (large.length > 0) tx.afterCommit(() => large.forEach((instance) => void caches.chunks.keep(instance)))
      return families
    },
    async readFamily(query, rootId) {
      for (;;) {
        const families = await readFamilies(query, caches, 'where root_id = ?', [rootId])
        if (families) return families.get(rootId) ?? null
      }
    },
    locate,
    writes: () => new StoreWrites(dialect, caches, historyLevel),
    keepsHistory: (what) => (what === 'detail' ? historyLevel === 'full' : keeps(historyLevel, what)),
  }
}

const places: Readonly<Record<LocatedKind, { table: string; column: string }>> = {
  instance: { table: 'ru_instance', column: 'instance_id' },
  task: { table: 'ru_task', column: 'task_id' },
  job: { table: 'ru_job', column: 'job_id' },
  externalTask: { table: 'ru_external_task', column: 'external_task_id' },
  execution: { table: 'ru_execution', column: 'execution_id' },
  subscription: { table: 'ru_subscription', column: 'subscription_id' },
  incident: { table: 'ru_incident', column: 'incident_id' },
}

async function locate(query: Query, kind: LocatedKind, ids: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  if (ids.length === 0) return new Map()
  const { table, column } = places[kind]
  const rows = await query<{ id: string; root_id: string | null; instance_id: string | null }>(
    `select ${column} as id, root_id, instance_id from ${table} where ${column} in (${marks(ids)})`,
    ids,
  )
  const found = new Map<string, Place>()
  for (const row of rows)
    if (row.root_id !== null && row.instance_id !== null) found.set(row.id, { rootId: row.root_id, instanceId: row.instance_id })
  return found
}

const marks = (items: readonly unknown[]) => items.map(() => '?').join(', ')

class StoreWrites implements FamilyWrites {
  private readonly set: WriteSet
  private readonly caches: FamilyCaches
  private readonly historyLevel: HistoryLevel
  /** Made once for all steps of a unit. */
  private history: { readonly context: WriteContext; readonly of: HistoryContext } | null = null
  private readonly endedLarge: string[] = []
  private readonly instances = new Map<string, PendingInstance>()

  constructor(dialect: Database['dialect'], caches: FamilyCaches, historyLevel: HistoryLevel) {
    this.set = new WriteSet(dialect)
    this.caches = caches
    this.historyLevel = historyLevel
  }

  get isEmpty(): boolean {
    return this.set.isEmpty && this.instances.size === 0
  }

  add(before: Family | null, done: Done, context: WriteContext): void {
    const { set } = this
    for (const id of done.ended) this.endInstance(id, before?.instances.get(id) ?? null)
    for (const id of done.touched) {
      const instance = done.family.instances.get(id)
      if (!instance) continue
      const pending = this.instances.get(id)
      const definitionKey = context.definition(instance.definitionId).key
      this.instances.set(id, {
        base: pending ? pending.base : (before?.instances.get(id) ?? null),
        instance,
        seq: done.family.seq,
        definitionKey,
      })
    }
    for (const change of done.changes) writeChange(set, change)
    const history = this.historyOf(context)
    for (const event of done.history) if (keeps(this.historyLevel, event.kind)) writeHistory(set, event, history)
  }

  flush(tx: Tx): void {
    for (const pending of this.instances.values()) this.writeInstance(pending, tx)
    this.instances.clear()
    const ended = this.endedLarge.splice(0)
    if (ended.length > 0) tx.afterCommit(() => ended.forEach((id) => void this.caches.chunks.drop(id)))
    this.set.flush(tx)
  }

  private historyOf(context: WriteContext): HistoryContext {
    if (this.history?.context !== context)
      this.history = {
        context,
        of: {
          definitionKey: (id) => context.definition(id).key,
          historyTtl: (id) => context.definition(id).historyTtl ?? null,
          newId: context.newId,
          keepsDetails: this.historyLevel === 'full',
        },
      }
    return this.history.of
  }

  private endInstance(id: string, before: Instance | null): void {
    const base = this.instances.get(id)?.base ?? before
    this.instances.delete(id)
    this.set.endInstance(id)
    this.set.delete('ru_instance', { instance_id: id })
    if (!base || !chunkList(base)) return
    this.endedLarge.push(id)
    this.writeChunks(id, chunksOf(base))
  }

  /** Snapshots are written once for all commands since the last flush. */
  private writeInstance({ base, instance, seq, definitionKey }: PendingInstance, tx: Tx): void {
    const { state, document, writes } = encodeChunked(base, instance)
    this.caches.documents.keep(instance.id, state, document)
    this.writeChunks(instance.id, writes)
    if (chunkList(instance)) tx.afterCommit(() => this.caches.chunks.keep(instance))
    this.set.upsert('ru_instance', {
      instance_id: instance.id,
      root_id: instance.rootId,
      rev: seq,
      state,
      definition_id: instance.definitionId,
      definition_key: definitionKey,
      business_key: instance.businessKey,
      super_instance_id: instance.superInstanceId,
      super_execution_id: instance.superTokenId,
      tenant_id: instance.tenantId,
      suspended: instance.suspended,
      started_at: instance.startedAt,
    })
  }

  private writeChunks(instanceId: string, writes: readonly ChunkWrite[]): void {
    for (const { chunkId, rev, state } of writes)
      if (state === null) this.set.delete('ru_chunk', { instance_id: instanceId, chunk_id: chunkId })
      else this.set.upsert('ru_chunk', { instance_id: instanceId, chunk_id: chunkId, rev, state })
  }
}

interface PendingInstance {
  /** As it is in the database. */
  readonly base: Instance | null
  readonly instance: Instance
  readonly seq: number
  readonly definitionKey: string
}
