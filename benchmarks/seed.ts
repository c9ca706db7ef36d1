import type { Database, SqlValue } from '../database/database.ts'

/** A column of the copies that differs from copy to copy: SQL over `n.i`, the copy's number, and over the template's own columns. */
export interface Variation {
  /** Only rows of the template that fit, as SQL over its columns. */
  readonly where?: string
  readonly columns: Readonly<Record<string, string>>
}

const NUMBERS = 'bench_number'
const PER_TRANSACTION = 50_000

/** Columns that the database fills. */
const GENERATED = ['runnable', 'fetchable']

/** Stands in the template's texts where a copy has its number, as eight hexadecimal digits. */
export const COPY = '~number~'

/** The text that stands for `COPY` in the copy `i`, counted from one. */
export const numberOf = (instanceId: string, count: number, i: number): string =>
  (firstNumber(instanceId, count) + i).toString(16).padStart(8, '0')

const firstNumber = (instanceId: string, count: number) => Number.parseInt(instanceId.slice(0, 8), 16) - count - 1

/**
 * Copies what the engine has written for one instance: `count` instances with rows of the same shape, each with ids of its own.
 * All ids that are minted in one millisecond share their first eight hexadecimal digits; in a copy its number stands there instead, in
 * every text column, snapshots too. So ids still sort by age and no two are equal. The engine's ids must come from a clock that stood
 * still while the instance was started, and at another minute when its definition was deployed.
 */
export async function seedCopies(
  database: Database,
  instanceId: string,
  count: number,
  tables: Readonly<Record<string, readonly Variation[]>>,
): Promise<void> {
  await numbers(database, count)
  const prefix = instanceId.slice(0, 8)
  const first = firstNumber(instanceId, count)
  const mark = database.dialect === 'sqlite' ? `printf('%08x', n.i + ${first})` : `lower(lpad(hex(n.i + ${first}), 8, '0'))`
  for (const [table, variations] of Object.entries(tables)) {
    const rows = await database.query<Record<string, SqlValue>>(`select * from ${table} where instance_id = ?`, [instanceId])
    for (const row of rows) {
      const columns = Object.keys(row).filter((column) => !GENERATED.includes(column))
      const varied = variations.find(({ where }) => where === undefined || matches(row, where))?.columns ?? {}
      const params: SqlValue[] = []
      const values = columns.map((column) => {
        const sql = varied[column]
        if (sql !== undefined) return sql
        const value = row[column] ?? null
        params.push(value)
        if (typeof value !== 'string') return '?'
        const ids = value.includes(prefix) ? `replace(?, '${prefix}', ${mark})` : '?'
        return value.includes(COPY) ? `replace(${ids}, '${COPY}', ${mark})` : ids
      })
      const insert = `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${NUMBERS} n where n.i > ? and n.i <= ?`
      for (let from = 0; from < count; from += PER_TRANSACTION)
        await database.transaction((tx) => tx.query(insert, [...params, from, Math.min(count, from + PER_TRANSACTION)]))
    }
  }
}

/** `name=value`: the one condition that a variation needs. */
function matches(row: Readonly<Record<string, SqlValue>>, where: string): boolean {
  const [column = '', value] = where.split('=')
  return String(row[column]) === value
}

/** A table of the numbers from one to `count`. */
async function numbers(database: Database, count: number): Promise<void> {
  await database.transaction((tx) => tx.query(`create table if not exists ${NUMBERS} (i bigint not null primary key)`))
  await database.transaction(async (tx) => {
    await tx.query(`delete from ${NUMBERS}`)
    await tx.query(`insert into ${NUMBERS} (i) values (1)`)
    for (let have = 1; have < count; have *= 2)
      await tx.query(`insert into ${NUMBERS} (i) select i + ${have} from ${NUMBERS} where i + ${have} <= ${count}`)
  })
}
