import { createHash } from 'node:crypto'
import type { Database } from '../../database/database.ts'
import type { Actor } from '../identity/actor.ts'
import type { Clock } from '../organisation/clock.ts'

/** Something that somebody did. `subject` names what it was done to, as `record:ID`, `seat:ID`, `account:NAME`. */
export interface AuditEntry {
  readonly action: string
  readonly subject: string
  readonly data?: Readonly<Record<string, unknown>>
}

export interface AuditEvent {
  readonly seq: number
  readonly at: number
  readonly personId: string | null
  readonly onBehalfOf: string | null
  readonly action: string
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
  readonly hash: string
}

export interface Audit {
  /** Appends within the open transaction. Call it last: it holds the county's chain until the commit. */
  append(who: Actor | { readonly countyCode: string }, entry: AuditEntry): Promise<void>
  /** Newest first; `before` is the `seq` of the last one seen. */
  list(countyCode: string, filter?: { subject?: string; before?: number; limit?: number }): Promise<readonly AuditEvent[]>
  /** Recomputes the chain. Answers the `seq` of the first event that was tampered with, or null. */
  verify(countyCode: string): Promise<number | null>
}

interface Row {
  seq: number
  at: number
  person_id: string | null
  on_behalf_of: string | null
  action: string
  subject: string
  data: string
  previous_hash: string
  hash: string
}

const GENESIS = '0'.repeat(64)
const INSERT_HEAD = 'insert into audit_head (county_id, seq, hash) values (?, 1, ?)'
const COUNT_ON = {
  sqlite: `${INSERT_HEAD} on conflict (county_id) do update set seq = seq + 1`,
  mariadb: `${INSERT_HEAD} on duplicate key update seq = seq + 1`,
} as const
const COLUMNS = 'seq, at, person_id, on_behalf_of, action, subject, data, previous_hash, hash'

/** The audit log: append-only, hash-chained per county, written in the transaction of what it tells of. */
export function makeAudit({ database, clock }: { database: Database; clock: Clock }): Audit {
  return {
    append: (who, entry) =>
      database.transaction(async (tx) => {
        const county = who.countyCode
        // Takes the row's exclusive lock at once on both dialects, so the events of a county form one line.
        await tx.query(COUNT_ON[database.dialect], [county, GENESIS])
        const [head] = await tx.query<{ seq: number; hash: string }>('select seq, hash from audit_head where county_id = ? limit 1', [
          county,
        ])
        if (!head) throw new Error(`no audit head of ${county}`)
        const row = {
          seq: Number(head.seq),
          at: clock.now(),
          person_id: 'personId' in who ? who.personId : null,
          on_behalf_of: 'onBehalfOf' in who ? (who.onBehalfOf ?? null) : null,
          action: entry.action,
          subject: entry.subject,
          data: JSON.stringify(entry.data ?? {}),
          previous_hash: head.hash,
        }
        const hash = hashOf(county, row)
        await tx.query(`insert into audit_event (county_id, ${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
          county,
          row.seq,
          row.at,
          row.person_id,
          row.on_behalf_of,
          row.action,
          row.subject,
          row.data,
          row.previous_hash,
          hash,
        ])
        await tx.query('update audit_head set hash = ? where county_id = ?', [hash, county])
      }),

    async list(countyCode, filter = {}) {
      const where = ['county_id = ?']
      const params: (string | number)[] = [countyCode]
      if (filter.subject !== undefined) {
        where.push('subject = ?')
        params.push(filter.subject)
      }
      if (filter.before !== undefined) {
        where.push('seq < ?')
        params.push(filter.before)
      }
      const rows = await database.query<Row>(
        `select ${COLUMNS} from audit_event where ${where.join(' and ')} order by seq desc limit ${Math.min(filter.limit ?? 100, 500)}`,
        params,
      )
      return rows.map((row) => ({
        seq: Number(row.seq),
        at: Number(row.at),
        personId: row.person_id,
        onBehalfOf: row.on_behalf_of,
        action: row.action,
        subject: row.subject,
        data: JSON.parse(row.data),
        hash: row.hash,
      }))
    },

    async verify(countyCode) {
      let previous = GENESIS
      let seq = 0
      for (;;) {
        const rows = await database.query<Row>(
          `select ${COLUMNS} from audit_event where county_id = ? and seq > ? order by seq limit 500`,
          [countyCode, seq],
        )
        for (const row of rows) {
          if (Number(row.seq) !== seq + 1 || row.previous_hash !== previous || row.hash !== hashOf(countyCode, row)) return seq + 1
          seq += 1
          previous = row.hash
        }
        if (rows.length < 500) break
      }
      const [head] = await database.query<{ seq: number; hash: string }>('select seq, hash from audit_head where county_id = ? limit 1', [
        countyCode,
      ])
      return head && (Number(head.seq) !== seq || head.hash !== previous) ? seq + 1 : null
    },
  }
}

function hashOf(county: string, row: Omit<Row, 'hash'>): string {
  const text = JSON.stringify([
    county,
    Number(row.seq),
    Number(row.at),
    row.person_id,
    row.on_behalf_of,
    row.action,
    row.subject,
    row.data,
    row.previous_hash,
  ])
  return createHash('sha256').update(text).digest('hex')
}
