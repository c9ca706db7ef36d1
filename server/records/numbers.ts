import type { Database, Tx } from '../../database/database.ts'
import type { Clock, Places } from '../organisation/index.ts'
import { write } from '../write.ts'

/** Number series of records: prefix before year and running number. The hazard's is the short name of its county. */
const PREFIX = { check: 'ZC', listing: 'GP', dualReport: 'SB', report: 'BB', voiding: 'ZF' } as const
export type NumberSeries = keyof typeof PREFIX | 'hazard'

export interface DocumentNumber {
  readonly series: string
  readonly year: number
  readonly value: number
  readonly purpose: string
  readonly assignedAt: number
  readonly voidedAt: number | null
  readonly voidReason: string | null
}

export interface Numbers {
  /** `泽州-2023-0001`, `ZC-2023-0001`: per county and year of the county's clock; gaps are allowed, a number is kept for life. */
  next(countyCode: string, series: NumberSeries): Promise<string>
  /**
   * A document's number, without gaps, per county, series and year: 1, 2, 3 … The same `purpose` gets the same number again, so that
   * a worker may ask twice. `year` is that of the county's clock.
   */
  document(countyCode: string, series: string, purpose: string): Promise<{ value: number; year: number }>
  /** Marks a document's number void; it is not given again and stays listed. */
  voidDocument(countyCode: string, series: string, purpose: string, reason: string): Promise<void>
  /** Every number of a document that was given, in its row and order; `purpose` is what `document` was asked for. */
  documentRegister(countyCode: string): Promise<readonly DocumentNumber[]>
  voidedDocuments(countyCode: string, series: string): Promise<readonly { value: number; year: number; reason: string; at: number }[]>
}

export function makeNumbers({ database, clock, places }: { database: Database; clock: Clock; places: Places }): Numbers {
  /** Takes the row's exclusive lock at once on both dialects: whoever comes second waits for the first to commit. */
  const advance = async (tx: Tx, countyCode: string, series: string, year: number): Promise<number> => {
    const key = [countyCode, series, year]
    await tx.query(COUNT_ON[database.dialect], key)
    const [row] = await tx.query<{ last_value: number }>(
      'select last_value from number_series where county_id = ? and series = ? and year = ? limit 1',
      key,
    )
    return Number(row?.last_value)
  }

  return {
    next: (countyCode, series) =>
      database.transaction(async (tx) => {
        const county = await places.county(countyCode)
        if (!county) throw new Error(`no county ${countyCode}`)
        const year = yearIn(county.timeZone, clock.now())
        const value = await advance(tx, countyCode, `record.${series}`, year)
        const prefix = series === 'hazard' ? county.shortName : PREFIX[series]
        return `${prefix}-${year}-${String(value).padStart(4, '0')}`
      }),

    document: (countyCode, series, purpose) =>
      database.transaction(async (tx) => {
        const county = await places.county(countyCode)
        const year = yearIn(county?.timeZone ?? 'Asia/Shanghai', clock.now())
        const known = async () =>
          (
            await tx.query<{ value: number; year: number }>(
              'select value, year from document_number where county_id = ? and series = ? and purpose = ? limit 1',
              [countyCode, series, purpose],
            )
          )[0]
        const before = await known()
        if (before) return { value: Number(before.value), year: Number(before.year) }
        const value = await advance(tx, countyCode, `document.${series}`, year)
        // Whoever asked for the same purpose at the same moment held the series' row until now.
        const meanwhile = await known()
        if (meanwhile) {
          await tx.query('update number_series set last_value = last_value - 1 where county_id = ? and series = ? and year = ?', [
            countyCode,
            `document.${series}`,
            year,
          ])
          return { value: Number(meanwhile.value), year: Number(meanwhile.year) }
        }
        await tx.query('insert into document_number (county_id, series, year, value, purpose, assigned_at) values (?, ?, ?, ?, ?, ?)', [
          countyCode,
          series,
          year,
          value,
          purpose,
          clock.now(),
        ])
        return { value, year }
      }),

    async voidDocument(countyCode, series, purpose, reason) {
      await write(
        database,
        'update document_number set voided_at = ?, void_reason = ? where county_id = ? and series = ? and purpose = ? and voided_at is null',
        [clock.now(), reason.slice(0, 500), countyCode, series, purpose],
      )
    },

    async documentRegister(countyCode) {
      const rows = await database.query<{
        series: string
        year: number
        value: number
        purpose: string
        assigned_at: number
        voided_at: number | null
        void_reason: string | null
      }>(
        `select series, year, value, purpose, assigned_at, voided_at, void_reason
        from document_number where county_id = ? order by series, year, value limit 5000`,
        [countyCode],
      )
      return rows.map((row) => ({
        series: row.series,
        year: Number(row.year),
        value: Number(row.value),
        purpose: row.purpose,
        assignedAt: Number(row.assigned_at),
        voidedAt: row.voided_at === null ? null : Number(row.voided_at),
        voidReason: row.void_reason,
      }))
    },

    async voidedDocuments(countyCode, series) {
      const rows = await database.query<{ value: number; year: number; void_reason: string; voided_at: number }>(
        'select value, year, void_reason, voided_at from document_number where county_id = ? and series = ? and voided_at is not null order by year, value limit 500',
        [countyCode, series],
      )
      return rows.map((row) => ({ value: Number(row.value), year: Number(row.year), reason: row.void_reason, at: Number(row.voided_at) }))
    },
  }
}

const INSERT = 'insert into number_series (county_id, series, year, last_value) values (?, ?, ?, 1)'
const COUNT_ON = {
  sqlite: `${INSERT} on conflict (county_id, series, year) do update set last_value = last_value + 1`,
  mariadb: `${INSERT} on duplicate key update last_value = last_value + 1`,
} as const

function yearIn(timeZone: string, at: number): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(at))
}
