import type { Database, Tx } from '../../database/database.ts'
import type { Family, Instance } from '../core/state.ts'
import type { Done, EngineStore, FamilyWrites, LocatedKind, Place, Query, WriteContext } from '../runtime/ports.ts'
import { ChunkCache } from './chunk-cache.ts'
import { type ChunkWrite, chunkList, chunksOf, encodeChunked } from './chunks.ts'
import { DocumentCache } from './document-cache.ts'
import { type FamilyCaches, familiesOf, type Member, readMembers } from './family-reader.ts'
import { type HistoryContext, writeHistory } from './history.ts'
import { type HistoryLevel, keeps } from './history-level.ts'
import { writeChange } from './projection.ts'
import { WriteSet } from './write-set.ts'

/** The engine's tables, as the runtime needs them. */
export function makeEngineStore(dialect: Database['dialect'], historyLevel: HistoryLevel = 'full'): EngineStore {
  const forUpdate = dialect === 'mariadb' ? ' for update' : ''
  const caches: FamilyCaches = { documents: new DocumentCache(), chunks: new ChunkCache() }
  const lock = async (tx: Tx, column: 'root_id' | 'instance_id', ids: Iterable<string>): Promise<readonly Member[]> => {
    const sorted = [...ids].sort()
    if (sorted.length === 0) return []
    const query: Query = (sql, params) => tx.query(sql, params)
    const order = column === 'root_id' ? 'root_id, instance_id' : 'instance_id'
    const members = await readMembers(query, caches, `where ${column} in (${marks(sorted)}) order by ${order}${forUpdate}`, sorted)
    if (!members) throw new Error(`Chunks of ${sorted.join(', ')} are missing though their instances are locked.`)
    // What was read may be this transaction's own work, and that be undone.
    const large = members.filter(({ instance }) => chunkList(instance))
    if (large.length > 0) tx.afterCommit(() => large.forEach(({ instance }) => void caches.chunks.keep(instance)))
    return members
  }
  const loadFamilies = async (tx: Tx, rootIds: readonly string[]) => familiesOf(await lock(tx, 'root_id', new Set(rootIds)), false)
  return {
    loadFamilies,
    async loadMembers(tx, places) {
      const members = new Map<string, Member>()
      let wanted = new Set(places.flatMap(({ rootId, instanceId }) => [rootId, instanceId]))
      // The roots and what is wanted by one query; who called it in between, if somebody did, level by level.
      for (const asked = new Set(wanted); wanted.size > 0; ) {
        const callers = new Set<string>()
        for (const member of await lock(tx, 'instance_id', wanted)) {
          members.set(member.instance.id, member)
          const { superInstanceId } = member.instance
          if (superInstanceId !== null && !asked.has(superInstanceId)) callers.add(superInstanceId)
        }
        for (const id of callers) asked.add(id)
        wanted = callers
      }
      const families = familiesOf(members.values(), true)
      const headless = [...new Set(places.map(({ rootId }) => rootId))].filter((rootId) => !members.has(rootId))
      for (const rootId of headless) families.delete(rootId)
      for (const [rootId, family] of await loadFamilies(tx, headless)) families.set(rootId, family)
      return families
    },
    async readInstance(query, instanceId) {
      for (;;) {
        const members = await readMembers(query, caches, 'where instance_id = ?', [instanceId])
        if (members) return members[0]?.instance ?? null
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
  /** By root: the counters of families that have changed. */
  private readonly seqs = new Map<string, number>()

  constructor(dialect: Database['dialect'], caches: FamilyCaches, historyLevel: HistoryLevel) {
    this.set = new WriteSet(dialect)
    this.caches = caches
    this.historyLevel = historyLevel
  }

  get isEmpty(): boolean {
    return this.set.isEmpty && this.instances.size === 0 && this.seqs.size === 0
  }

  add(before: Family | null, done: Done, context: WriteContext): void {
    const { set } = this
    const { rootId, seq } = done.family
    for (const id of done.ended) this.endInstance(id, before?.instances.get(id) ?? null)
    if (!done.family.instances.has(rootId)) this.seqs.delete(rootId)
    else if (seq !== before?.seq) this.seqs.set(rootId, seq)
    for (const id of done.touched) {
      const instance = done.family.instances.get(id)
      if (!instance) continue
      const pending = this.instances.get(id)
      const definitionKey = context.definition(instance.definitionId).key
      this.instances.set(id, {
        base: pending ? pending.base : (before?.instances.get(id) ?? null),
        instance,
        seq,
        definitionKey,
      })
    }
    for (const change of done.changes) writeChange(set, change)
    const history = this.historyOf(context)
    for (const event of done.history) if (keeps(this.historyLevel, event.kind)) writeHistory(set, event, history)
  }

  flush(tx: Tx): void {
    // The root's row holds the family's counter, for commands that read only some members.
    for (const [rootId, seq] of this.seqs) {
      const root = this.instances.get(rootId)
      if (root) this.instances.set(rootId, { ...root, seq })
      else this.set.update('ru_instance', { instance_id: rootId, rev: seq })
    }
    this.seqs.clear()
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
