import type { FilterContext } from './filter.ts'
import { allOf, type Dialect, type Sql, sql } from './sql.ts'

/**
 * Rows `c` that one index answers alone. They lead to every row that a filter lets through, and perhaps to others; among their columns is
 * instance_id.
 */
export interface Driver {
  readonly from: string
  readonly where: Sql
  /** How the table's rows are found from them. */
  readonly on: string
}

/** Drivers that together lead to all rows. */
export type Cover = readonly Driver[]

/** Of a table that grows large: where a search in it may begin. */
export interface SearchPlan {
  readonly from: string
  readonly key: string
  /** Filters that a unique or narrow index of the table answers: the database needs no advice. */
  readonly direct: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: filters of different types; each reads what its filter has checked
  readonly covers: Readonly<Record<string, (value: any, context: FilterContext) => readonly Cover[]>>
  /** Joins to `c.instance_id` that a filter's rows have, to be made before the row itself is read. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly joins: Readonly<Record<string, (value: any, context: FilterContext) => readonly Sql[]>>
  /** The column that an index sorts the table by; within one value of the filter `within`, another index. */
  readonly sorted: { readonly column: string; readonly within: string; readonly withinColumn: string; readonly index: string }
}

export interface Search {
  readonly plan: SearchPlan
  readonly dialect: Dialect
  readonly where: Sql
  readonly joins: readonly Sql[]
  readonly covers: readonly Cover[]
  /** The value of `sorted.within`, when it is one of the filters. */
  readonly within: string | undefined
  readonly order: readonly { readonly column: Sql; readonly direction: 'asc' | 'desc' }[]
  /** `limit ? offset ?`; max null: all rows. */
  readonly first: number
  readonly max: number | null
}

type Ask = <Row>(text: string, params: Sql['params']) => Promise<Row[]>

/** A driver of fewer rows is followed at once. */
export const FEW = 4000
/** Drivers are counted as far as this, to find the smallest. */
export const COUNTED = 60_000
/** So many of the newest rows are looked at one by one, to see how many fit. */
const SAMPLE = 1000

/** The cover with the fewest rows, as far as they are counted; null: no filter has a driver. */
export async function smallestCover({ covers }: Search, ask: Ask): Promise<{ readonly cover: Cover; readonly rows: number } | null> {
  let best: { cover: Cover; rows: number } | null = null
  for (const cover of covers) {
    let rows = 0
    for (const { from, where } of cover) {
      const limit = (best?.rows ?? COUNTED) - rows
      if (limit <= 0) break
      const [counted] = await ask<{ readonly n: number }>(
        `select count(*) as n from (select 1 as one from ${from} where ${where.text} limit ${limit}) x`,
        where.params,
      )
      rows += Number(counted?.n ?? 0)
    }
    if (best === null || rows < best.rows) best = { cover, rows }
    if (best.rows === 0) break
  }
  return best
}

/**
 * The page, when it is the newest rows that are asked for and they fill it soon: where filters let many rows through. A sample tells how
 * far down that would be; farther than the smallest cover has rows is too far. `all`: there are no more rows than were looked at. null: to be
 * found in another way.
 */
export async function newestPage<Row>(
  search: Search,
  rows: number,
  ask: Ask,
  read: (from: Sql) => Promise<Row[]>,
): Promise<readonly Row[] | 'all' | null> {
  const { plan, order, max, first } = search
  const [leading] = order
  if (max === null || order.length !== 1 || leading?.column.text !== plan.sorted.column || leading.direction !== 'desc') return null
  for (let depth = SAMPLE; depth <= Math.max(rows, SAMPLE); ) {
    const newest = await newestRows(search, depth, ask)
    if (!newest) return 'all'
    const found = await read(newest)
    if (found.length === max) return found
    if (found.length === 0) return null
    depth = Math.max(3 * depth, Math.ceil((1.5 * depth * (first + max)) / (first + found.length)))
  }
  return null
}

/** `from … where …` for so many of the newest rows; null: there are no more. */
async function newestRows({ plan, within, where, dialect }: Search, depth: number, ask: Ask): Promise<Sql | null> {
  const { column, withinColumn, index } = plan.sorted
  const [bound] = await ask<{ readonly at: number }>(
    `select ${column} as at from ${plan.from}${within === undefined ? '' : ` where ${withinColumn} = ?`}
     order by ${column} desc limit 1 offset ${depth}`,
    within === undefined ? [] : [within],
  )
  if (!bound) return null
  // MariaDB would take the index for the order only, and walk on below the bound.
  const hint = dialect === 'mariadb' && within === undefined ? ` force index (${index})` : ''
  const all = allOf([sql(`${column} >= ?`, bound.at), where])
  return sql(`${plan.from}${hint} where ${all.text}`, ...all.params)
}

/** Keys `id`, with what they are sorted by as `s0`, `s1` and so on, of the rows that a cover leads to and all filters let through. */
export function coveredKeys(search: Search, cover: Cover, order: string): Sql {
  const { plan, order: sorting, first, max } = search
  const keys = sql(
    [`${plan.key} as id`, ...sorting.map(({ column }, i) => `${column.text} as s${i}`)].join(', '),
    ...sorting.flatMap(({ column }) => column.params),
  )
  const parts = cover.map((driver, i) => {
    const { text, params } = driven(search, driver)
    // No page holds more of one part than the rows up to its end.
    const end = cover.length > 1 && max !== null ? sql(` order by ${order} limit ?`, first + max) : sql('')
    return sql(`select * from (select distinct ${keys.text} from ${text}${end.text}) k${i}`, ...keys.params, ...params, ...end.params)
  })
  return sql(parts.map(({ text }) => text).join(' union '), ...parts.flatMap(({ params }) => params))
}

/** `from … where …` that begins at a driver. */
function driven({ plan, dialect, joins, where }: Search, driver: Driver): Sql {
  const join = joinOf(dialect)
  const all = allOf([driver.where, where])
  const text = [driver.from, ...joins.map(({ text: joined }) => `${join} ${joined}`), `${join} ${plan.from} on ${driver.on}`].join(' ')
  return sql(`${text} where ${all.text}`, ...joins.flatMap(({ params }) => params), ...all.params)
}

/** A join that begins with its left side, whatever the database thinks. */
export const joinOf = (dialect: Dialect): string => (dialect === 'sqlite' ? 'cross join' : 'straight_join')

/** What each of these filters, alone, offers to begin at. */
export const coversOf = (plan: SearchPlan, values: ReadonlyMap<string, unknown>, context: FilterContext): readonly Cover[] =>
  Object.entries(plan.covers).flatMap(([name, of]) => (values.has(name) ? of(values.get(name), context) : []))

/** What covers an OR-query: a cover for each of its choices; null: one has none. */
export function alternativeCover(plan: SearchPlan, values: ReadonlyMap<string, unknown>, context: FilterContext): Cover | null {
  const cover: Driver[] = []
  for (const [name, value] of values) {
    const [first] = plan.covers[name]?.(value, context) ?? []
    if (!first) return null
    cover.push(...first)
  }
  return cover.length === 0 ? null : cover
}
