import type { Database, SqlValue } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import type { Actor } from '../identity/actor.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, People } from '../organisation/index.ts'
import { write } from '../write.ts'
import {
  flagsText,
  type HazardLevel,
  RECORD_COLUMNS,
  type RecordFlag,
  type RecordKind,
  type RecordRow,
  type RecordRowText,
  recordOf,
  sharesRecord,
} from './record.ts'
import { sightOf } from './sight.ts'

export interface NewRecord {
  readonly id?: string
  readonly countyCode: string
  readonly number: string
  readonly kind: RecordKind
  readonly title: string
  readonly status: string
  readonly side: 'enterprise' | 'authority'
  readonly flags?: readonly RecordFlag[]
  readonly level?: HazardLevel | null
  readonly enterpriseId?: string | null
  readonly townId?: string | null
  readonly campaignId?: string | null
  readonly dueAt?: number | null
  readonly data: Readonly<Record<string, unknown>>
  readonly createdBy: string
  readonly nodeId?: string
}

/** What changes. `data` replaces the whole data; `originalDueAt` is set by the first `dueAt` and never moves. */
export interface RecordChange {
  readonly title?: string
  readonly status?: string
  readonly flags?: readonly RecordFlag[]
  readonly level?: HazardLevel | null
  readonly dueAt?: number | null
  readonly data?: Readonly<Record<string, unknown>>
}

export interface RecordFilter {
  readonly kinds?: readonly RecordKind[]
  readonly numbers?: readonly string[]
  readonly statuses?: readonly string[]
  readonly level?: HazardLevel
  readonly enterpriseId?: string
  readonly townId?: string
  readonly campaignId?: string
  /** Made by this person. */
  readonly createdBy?: string
  readonly limit?: number
}

/** Records: made, changed with every version kept, read by id within the server and by number under the rules of sight. */
export interface RecordStore {
  create(record: NewRecord): Promise<RecordRow>
  /** Changes and keeps the version. `expectedVersion` that is no longer current: `conflict`. An unknown id: `not-found`. */
  change(
    recordId: string,
    change: RecordChange,
    by: { personId: string | null; nodeId?: string; expectedVersion?: number },
  ): Promise<RecordRow>
  /** Locks the row until the transaction ends and reads it. */
  lock(recordId: string): Promise<RecordRow>
  byId(recordId: string): Promise<RecordRow | null>
  /** By id, a list's records at once; those that do not exist are absent. */
  byIds(recordIds: readonly string[]): Promise<ReadonlyMap<string, RecordRow>>
  byNumber(countyCode: string, number: string): Promise<RecordRow | null>
  /** The record, if this actor may see it; else `not-found`, also for what lies in another county. */
  see(actor: Actor, number: string): Promise<RecordRow>
  maySee(actor: Actor, recordId: string): Promise<boolean>
  /** From now on this person sees the record whatever his territory: he was given a seat on it. */
  admit(recordId: string, personId: string): Promise<void>
  /** What this actor may see, newest first, at most `limit` (1,000). */
  list(actor: Actor, filter?: RecordFilter): Promise<readonly RecordRow[]>
  /** Without rules of sight, for the server's own counting. */
  listAll(countyCode: string, filter?: RecordFilter): Promise<readonly RecordRow[]>
  versions(
    recordId: string,
  ): Promise<
    readonly { version: number; at: number; personId: string | null; nodeId: string | null; data: Readonly<Record<string, unknown>> }[]
  >
}

export function makeRecordStore({
  database,
  clock,
  newId,
  people,
}: {
  database: Database
  clock: Clock
  newId: NewId
  people: People
}): RecordStore {
  const one = async (where: string, params: readonly SqlValue[]) => {
    const [row] = await database.query<RecordRowText>(`select ${RECORD_COLUMNS} from record r where ${where} limit 1`, params)
    return row ? recordOf(row) : null
  }
  const many = async (where: string, params: readonly SqlValue[], filter: RecordFilter) => {
    const narrowed = narrow(filter)
    const rows = await database.query<RecordRowText>(
      `select ${RECORD_COLUMNS} from record r where ${[where, ...narrowed.where].join(' and ')} order by r.created_at desc, r.record_id desc limit ${Math.min(filter.limit ?? 1000, 5000)}`,
      [...params, ...narrowed.params],
    )
    return rows.map(recordOf)
  }
  const keepVersion = (recordId: string, version: number, at: number, personId: string | null, nodeId: string | undefined, data: string) =>
    write(database, 'insert into record_version (record_id, row_version, at, person_id, node_id, data) values (?, ?, ?, ?, ?, ?)', [
      recordId,
      version,
      at,
      personId,
      nodeId ?? null,
      data,
    ])

  const store: RecordStore = {
    create: (record) =>
      database.transaction(async (tx) => {
        const id = record.id ?? newId()
        const now = clock.now()
        const data = JSON.stringify(record.data)
        const dueAt = record.dueAt ?? null
        await tx.query(
          `insert into record (${RECORD_COLUMNS}) values (${RECORD_COLUMNS.split(',')
            .map(() => '?')
            .join(', ')})`,
          [
            id,
            record.countyCode,
            record.number,
            record.kind,
            record.title.slice(0, 300),
            record.status,
            flagsText(record.flags ?? []),
            record.level ?? null,
            record.side,
            sharesRecord(record.status) ? 1 : 0,
            record.enterpriseId ?? null,
            record.townId ?? null,
            record.campaignId ?? null,
            dueAt,
            dueAt,
            data,
            record.createdBy,
            now,
            now,
            1,
          ],
        )
        await keepVersion(id, 1, now, record.createdBy, record.nodeId, data)
        return found(await store.byId(id))
      }),

    change: (recordId, change, by) =>
      database.transaction(async (tx) => {
        const before = await store.lock(recordId)
        if (by.expectedVersion !== undefined && by.expectedVersion !== before.rowVersion)
          throw new Refusal('conflict', { data: { rowVersion: before.rowVersion } })
        const after = { ...before, ...defined(change) }
        const now = clock.now()
        const data = JSON.stringify(after.data)
        await tx.query(
          'update record set title = ?, status = ?, is_shared = ?, flags = ?, level = ?, due_at = ?, original_due_at = ?, data = ?, updated_at = ?, row_version = row_version + 1 where record_id = ?',
          [
            after.title.slice(0, 300),
            after.status,
            before.isShared || sharesRecord(after.status) ? 1 : 0,
            flagsText(after.flags),
            after.level,
            after.dueAt,
            before.originalDueAt ?? after.dueAt,
            data,
            now,
            recordId,
          ],
        )
        await keepVersion(recordId, before.rowVersion + 1, now, by.personId, by.nodeId, data)
        return found(await store.byId(recordId))
      }),

    lock: (recordId) =>
      database.transaction(async (tx) => {
        // An update that changes nothing takes the row lock on both dialects.
        await tx.query('update record set row_version = row_version where record_id = ?', [recordId])
        return found(await store.byId(recordId))
      }),

    byId: (recordId) => one('r.record_id = ?', [recordId]),

    async byIds(recordIds) {
      const ids = [...new Set(recordIds)]
      const found = new Map<string, RecordRow>()
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const some = ids.slice(from, from + AT_ONCE)
        const rows = await database.query<RecordRowText>(
          `select ${RECORD_COLUMNS} from record r where r.record_id in (${some.map(() => '?').join(', ')}) limit ${some.length}`,
          some,
        )
        for (const row of rows) found.set(row.record_id, recordOf(row))
      }
      return found
    },
    byNumber: (countyCode, number) => one('r.county_id = ? and r.number = ?', [countyCode, number]),

    async see(actor, number) {
      const sight = await sightOf(actor, people)
      return found(await one(`${sight.sql} and r.number = ?`, [...sight.params, number]))
    },

    async maySee(actor, recordId) {
      const sight = await sightOf(actor, people)
      return (await one(`${sight.sql} and r.record_id = ?`, [...sight.params, recordId])) !== null
    },

    admit: (recordId, personId) =>
      database.transaction(async (tx) => {
        const [known] = await tx.query('select person_id from record_participant where record_id = ? and person_id = ? limit 1', [
          recordId,
          personId,
        ])
        if (!known) await tx.query('insert into record_participant (record_id, person_id) values (?, ?)', [recordId, personId])
      }),

    async list(actor, filter = {}) {
      const sight = await sightOf(actor, people)
      return many(sight.sql, sight.params, filter)
    },

    listAll: (countyCode, filter = {}) => many('r.county_id = ?', [countyCode], filter),

    async versions(recordId) {
      const rows = await database.query<{
        row_version: number
        at: number
        person_id: string | null
        node_id: string | null
        data: string
      }>('select row_version, at, person_id, node_id, data from record_version where record_id = ? order by row_version limit 1000', [
        recordId,
      ])
      return rows.map((row) => ({
        version: Number(row.row_version),
        at: Number(row.at),
        personId: row.person_id,
        nodeId: row.node_id,
        data: JSON.parse(row.data),
      }))
    },
  }
  return store
}

/** Ids in one statement. */
const AT_ONCE = 1000

function found(record: RecordRow | null): RecordRow {
  if (!record) throw new Refusal('not-found')
  return record
}

function defined(change: RecordChange): Partial<RecordChange> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

function narrow(filter: RecordFilter): { where: string[]; params: SqlValue[] } {
  const where: string[] = []
  const params: SqlValue[] = []
  const anyOf = (column: string, values: readonly string[] | undefined) => {
    if (!values) return
    where.push(values.length === 0 ? '1 = 0' : `${column} in (${values.map(() => '?').join(', ')})`)
    params.push(...values)
  }
  anyOf('r.kind', filter.kinds)
  anyOf('r.number', filter.numbers)
  anyOf('r.status', filter.statuses)
  anyOf('r.level', filter.level === undefined ? undefined : [filter.level])
  anyOf('r.enterprise_id', filter.enterpriseId === undefined ? undefined : [filter.enterpriseId])
  anyOf('r.town_id', filter.townId === undefined ? undefined : [filter.townId])
  anyOf('r.created_by', filter.createdBy === undefined ? undefined : [filter.createdBy])
  anyOf('r.campaign_id', filter.campaignId === undefined ? undefined : [filter.campaignId])
  return { where, params }
}
