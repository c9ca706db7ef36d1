import { conditionsOf, contextOf } from './conditions.ts'
import type { Raw } from './field.ts'
import type { QueryRun, Request, ResourceQuery } from './resource-query.ts'
import { alternativeCover, COUNTED, coveredKeys, coversOf, FEW, joinOf, newestPage, type Search, smallestCover } from './search-plan.ts'
import { type Sql, sql } from './sql.ts'

/** Reads `columns` of the rows that are asked for, in order. */
export async function selectRows(resource: ResourceQuery, request: Request, run: QueryRun, columns: string): Promise<Raw[]> {
  const { sorting, first, max } = request
  const where = conditionsOf(resource, request, run)
  // What is equal goes on in the same direction, so that an index can be walked from its end.
  const tie = sorting.at(-1)?.direction ?? 'asc'
  const order = [...sorting.map(({ column, direction }) => `${column.text} ${direction}`), `${resource.tie ?? resource.key} ${tie}`].join(
    ', ',
  )
  const page = max === null && first === 0 ? sql('') : sql(' limit ? offset ?', max ?? 2_000_000_000, first)
  const read = (from: Sql): Promise<Raw[]> =>
    run.query<Raw>(`select ${columns} from ${from.text} order by ${order}${page.text}`, [
      ...from.params,
      ...sorting.flatMap(({ column }) => column.params),
      ...page.params,
    ])
  const everything = sql(`${resource.from} where ${where.text}`, ...where.params)
  const search = searchOf(resource, request, run, where)
  if (!search) return read(everything)
  const smallest = await smallestCover(search, run.query)
  if (!smallest || smallest.rows > FEW) {
    const newest = await newestPage(search, smallest?.rows ?? COUNTED, run.query, read)
    if (newest === 'all') return read(everything)
    if (newest) return [...newest]
  }
  if (!smallest) return read(everything)
  const keyOrder = [...sorting.map(({ direction }, i) => `s${i} ${direction}`), `id ${tie}`].join(', ')
  const keys = coveredKeys(search, smallest.cover, keyOrder)
  return run.query<Raw>(
    `select ${columns} from (select * from (${keys.text}) k order by ${keyOrder}${page.text}) p
     ${joinOf(run.dialect)} ${resource.from} on ${resource.key} = p.id order by ${keyOrder}`,
    [...keys.params, ...page.params],
  )
}

/** How many rows there are. */
export async function countRows(resource: ResourceQuery, request: Request, run: QueryRun): Promise<number> {
  const where = conditionsOf(resource, request, run)
  const search = searchOf(resource, { ...request, sorting: [], first: 0, max: null }, run, where)
  const smallest = search && (await smallestCover(search, run.query))
  const keys = search && smallest && coveredKeys(search, smallest.cover, '')
  const from = keys ? sql(`(${keys.text}) k`, ...keys.params) : sql(`${resource.from} where ${where.text}`, ...where.params)
  const [counted] = await run.query<{ readonly n: number }>(`select count(*) as n from ${from.text}`, from.params)
  return Number(counted?.n ?? 0)
}

/** What there is to choose from; null: the database knows the way by itself. */
function searchOf(resource: ResourceQuery, request: Request, run: QueryRun, where: Sql): Search | null {
  const { search: plan } = resource
  const { values, alternatives, sorting: order, first, max } = request
  if (!plan || plan.direct.some((name) => values.has(name))) return null
  const context = contextOf(values, run, false)
  const covers = [
    ...coversOf(plan, values, context),
    ...alternatives.flatMap((one) => {
      const cover = alternativeCover(plan, one, contextOf(one, run, true))
      return cover ? [cover] : []
    }),
  ]
  const joins = Object.entries(plan.joins).flatMap(([name, of]) => (values.has(name) ? of(values.get(name), context) : []))
  const within = values.get(plan.sorted.within) as string | undefined
  return { plan, dialect: run.dialect, where, joins, covers, within, order, first, max }
}
