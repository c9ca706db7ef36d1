import type { Database } from '../../database/database.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/index.ts'
import { write } from '../write.ts'

/** How two records belong together: from check to hazard, from hazard to listing, dual report, and to the one it repeats. */
export type LinkKind = 'found' | 'listed' | 'reported' | 'duplicateOf' | 'corrects'

export interface RecordEvent {
  readonly id: string
  readonly at: number
  readonly personId: string | null
  readonly kind: string
  readonly words: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Links between records, and what happened to a record beside its decisions (notice issued, number given, extended). */
export interface RecordTrail {
  link(fromRecordId: string, toRecordId: string, kind: LinkKind): Promise<void>
  /** Every record that is linked with this one, in either direction. */
  linked(recordId: string): Promise<readonly { recordId: string; kind: LinkKind; direction: 'to' | 'from' }[]>
  addEvent(
    recordId: string,
    event: { personId?: string | null; kind: string; words: string; data?: Readonly<Record<string, unknown>> },
  ): Promise<void>
  events(recordId: string): Promise<readonly RecordEvent[]>
}

export function makeRecordTrail({ database, clock, newId }: { database: Database; clock: Clock; newId: NewId }): RecordTrail {
  return {
    link: (from, to, kind) =>
      database.transaction(async (tx) => {
        const [known] = await tx.query('select kind from record_link where from_record_id = ? and to_record_id = ? and kind = ? limit 1', [
          from,
          to,
          kind,
        ])
        if (known) return
        await tx.query('insert into record_link (from_record_id, to_record_id, kind, created_at) values (?, ?, ?, ?)', [
          from,
          to,
          kind,
          clock.now(),
        ])
      }),

    async linked(recordId) {
      const rows = await database.query<{ from_record_id: string; to_record_id: string; kind: LinkKind }>(
        'select from_record_id, to_record_id, kind from record_link where from_record_id = ? or to_record_id = ? order by created_at limit 500',
        [recordId, recordId],
      )
      return rows.map((row) =>
        row.from_record_id === recordId
          ? { recordId: row.to_record_id, kind: row.kind, direction: 'to' as const }
          : { recordId: row.from_record_id, kind: row.kind, direction: 'from' as const },
      )
    },

    async addEvent(recordId, { personId = null, kind, words, data = {} }) {
      await write(
        database,
        'insert into record_event (record_event_id, record_id, at, person_id, kind, words, data) values (?, ?, ?, ?, ?, ?, ?)',
        [newId(), recordId, clock.now(), personId, kind, words.slice(0, 500), JSON.stringify(data)],
      )
    },

    async events(recordId) {
      const rows = await database.query<{
        record_event_id: string
        at: number
        person_id: string | null
        kind: string
        words: string
        data: string
      }>(
        'select record_event_id, at, person_id, kind, words, data from record_event where record_id = ? order by at, record_event_id limit 1000',
        [recordId],
      )
      return rows.map((row) => ({
        id: row.record_event_id,
        at: Number(row.at),
        personId: row.person_id,
        kind: row.kind,
        words: row.words,
        data: JSON.parse(row.data),
      }))
    },
  }
}
