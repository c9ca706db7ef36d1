import type { Database, Tx } from '../../database/database.ts'
import { decode, encode, familyOf } from '../core/snapshot.ts'
import type { Family, Instance } from '../core/state.ts'
import type { Done, EngineStore, FamilyWrites, LocatedKind, Place, Query, WriteContext } from '../runtime/ports.ts'
import { writeHistory } from './history.ts'
import { writeChange } from './projection.ts'
import { WriteSet } from './write-set.ts'

/** The engine's tables, as the runtime needs them. */
export function makeEngineStore(dialect: Database['dialect']): EngineStore {
  const forUpdate = dialect === 'mariadb' ? ' for update' : ''
  return {
    async loadFamilies(tx, rootIds) {
      if (rootIds.length === 0) return new Map()
      const sorted = [...new Set(rootIds)].sort()
      return families(
        await tx.query<InstanceRow>(`${SELECT} where root_id in (${marks(sorted)}) order by root_id, instance_id${forUpdate}`, sorted),
      )
    },
    async readFamily(query, rootId) {
      return families(await query<InstanceRow>(`${SELECT} where root_id = ?`, [rootId])).get(rootId) ?? null
    },
    locate,
    writes: () => new StoreWrites(dialect),
  }
}

interface InstanceRow {
  readonly root_id: string
  readonly rev: number
  readonly state: string
}

const SELECT = 'select root_id, rev, state from ru_instance'

/** Each member is written with the family's counter of that moment, so the highest one is the family's. */
function families(rows: readonly InstanceRow[]): Map<string, Family> {
  const found = new Map<string, { seq: number; instances: Instance[] }>()
  for (const row of rows) {
    const family = found.get(row.root_id) ?? { seq: 0, instances: [] }
    found.set(row.root_id, family)
    family.instances.push(decode(row.state))
    family.seq = Math.max(family.seq, row.rev)
  }
  return new Map(Array.from(found, ([rootId, { seq, instances }]) => [rootId, familyOf(rootId, seq, instances)]))
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

  constructor(dialect: Database['dialect']) {
    this.set = new WriteSet(dialect)
  }

  get isEmpty(): boolean {
    return this.set.isEmpty
  }

  add(before: Family | null, done: Done, context: WriteContext): void {
    const { set } = this
    for (const id of done.ended) set.endInstance(id)
    for (const id of done.ended) set.delete('ru_instance', { instance_id: id })
    for (const id of done.touched) {
      const instance = done.family.instances.get(id)
      if (instance) this.writeInstance(done.family, instance, context)
    }
    const taskOf = taskOfLink(before)
    for (const change of done.changes) writeChange(set, change, taskOf)
    const history = {
      definitionKey: (id: string) => context.definition(id).key,
      historyTtl: (id: string) => context.definition(id).historyTtl ?? null,
      newId: context.newId,
    }
    for (const event of done.history) writeHistory(set, event, history)
  }

  flush(tx: Tx): void {
    this.set.flush(tx)
  }

  private writeInstance(family: Family, instance: Instance, context: WriteContext): void {
    this.set.upsert('ru_instance', {
      instance_id: instance.id,
      root_id: instance.rootId,
      rev: family.seq,
      state: encode(instance),
      definition_id: instance.definitionId,
      definition_key: context.definition(instance.definitionId).key,
      business_key: instance.businessKey,
      super_instance_id: instance.superInstanceId,
      super_execution_id: instance.superTokenId,
      tenant_id: instance.tenantId,
      suspended: instance.suspended,
      started_at: instance.startedAt,
    })
  }
}

/** Which task an identity link belonged to before the command. */
function taskOfLink(before: Family | null): (linkId: string) => string {
  let index: Map<string, string> | null = null
  return (linkId) => {
    if (!index) {
      index = new Map()
      for (const instance of before?.instances.values() ?? [])
        for (const task of instance.tasks.values()) for (const link of task.links) index.set(link.id, task.id)
    }
    return index.get(linkId) ?? ''
  }
}
