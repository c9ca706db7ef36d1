import type { Query } from '../../runtime/ports.ts'
import { everybody, type KnownCaller } from '../access/caller.ts'
import type { AuthorisedBy } from '../access/narrow.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { conditionsOf, readable } from './conditions.ts'
import type { Field, Raw } from './field.ts'
import type { AnyFilter } from './filter.ts'
import { date, readParameter, type Schema } from './kind.ts'
import type { SearchPlan } from './search-plan.ts'
import { selectRows } from './select-rows.ts'
import { allOf, type Dialect, type Sql, sql } from './sql.ts'

/**
 * A resource as it is searched: the one declaration from which GET parameters, POST bodies, counts, sorting, OR-queries and the
 * OpenAPI description come.
 */
export interface ResourceQuery {
  readonly name: string
  /** `ru_task t`, perhaps with joins that every query needs. */
  readonly from: string
  /** The column that identifies a row. */
  readonly key: string
  /** Which rows a caller may read; null: they are nobody's secret. */
  readonly authorisedBy: AuthorisedBy | null
  /** What makes the order total, where that is not the key. */
  readonly tie?: string
  readonly fields: Readonly<Record<string, Field>>
  readonly filters: Readonly<Record<string, AnyFilter>>
  readonly sorts: Readonly<Record<string, string>>
  /** Sorting by a variable: which variables `v` belong to the row. */
  readonly variableSorts?: Readonly<Record<string, string>>
  /** `orQueries` of a body count; where Camunda does not know them, they are passed over. */
  readonly takesAlternatives?: true
  /** More members that an answer has when a parameter asks for them. */
  readonly optional?: { readonly parameter: string; readonly fields: Readonly<Record<string, Field>> }
  /** For a table that grows large. */
  readonly search?: SearchPlan
  /** The last touch to a row's answer. */
  readonly finish?: (answer: Record<string, unknown>, value: (name: string) => unknown) => Record<string, unknown>
  /** What is refused although each parameter alone is fine. */
  readonly check?: (has: (name: string) => boolean, value: (name: string) => unknown) => void
  /** Conditions that hold always, or unless a parameter says otherwise. */
  readonly always?: (value: (name: string) => unknown) => string | null
}

export interface QueryRun {
  readonly dialect: Dialect
  readonly now: number
  readonly userId: string | null
  readonly caller: KnownCaller
  readonly query: Query
}

/** The same without looking at who calls: to read back what a call has just made. */
export const unrestricted = (run: QueryRun): QueryRun => ({ ...run, caller: { ...everybody, grants: [] } })

/** Parameters of one query after reading: by name, typed; the alternatives of OR-queries; sorting and page. */
export interface Request {
  readonly values: ReadonlyMap<string, unknown>
  readonly alternatives: readonly ReadonlyMap<string, unknown>[]
  readonly sorting: readonly { readonly column: Sql; readonly direction: 'asc' | 'desc' }[]
  readonly first: number
  readonly max: number | null
}

export function readGet(resource: ResourceQuery, parameters: URLSearchParams): Request {
  const values = new Map<string, unknown>()
  for (const [name, value] of parameters) {
    const known = Object.hasOwn(resource.filters, name) ? resource.filters[name] : undefined
    if (known && !(value === '' && known.kind === date)) values.set(name, readParameter(known.kind, name, value, 'text'))
  }
  const sortBy = parameters.get('sortBy')
  const sortOrder = parameters.get('sortOrder')
  if ((sortBy === null) !== (sortOrder === null))
    throw invalidRequest('Only a single sorting parameter specified. sortBy and sortOrder required')
  const sorting = sortBy === null || sortOrder === null ? [] : [readSorting(resource, sortBy, sortOrder, invalidRequest)]
  return { values, alternatives: [], sorting, ...pageOf(parameters) }
}

export function readPost(resource: ResourceQuery, body: Raw, parameters: URLSearchParams): Request {
  const notValid = (message: string): Problem => new Problem(400, 'NotValidException', message)
  const sorting = objectsIn(body, 'sorting').flatMap(({ sortBy, sortOrder, parameters: more }: PostSorting) =>
    sortBy === undefined && sortOrder === undefined ? [] : [readSorting(resource, String(sortBy), String(sortOrder), notValid, more)],
  )
  const alternatives = resource.takesAlternatives
    ? objectsIn(body, 'orQueries').map((alternative) => readValues(resource, alternative))
    : []
  return { values: readValues(resource, body), alternatives, sorting, ...pageOf(parameters) }
}

/** A list of objects; anything else is refused. */
function objectsIn(body: Raw, name: string): readonly Raw[] {
  const value = body[name] ?? []
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'object' || item === null))
    throw invalidRequest(`${name} must be a list of objects`)
  return value as readonly Raw[]
}

function readValues(resource: ResourceQuery, body: Raw): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith('Expression') && Object.hasOwn(resource.filters, name.slice(0, -'Expression'.length)) && value !== null)
      throw new Problem(400, 'BadUserRequestException', `Expressions are forbidden in adhoc queries: ${name}`)
    const known = Object.hasOwn(resource.filters, name) ? resource.filters[name] : undefined
    if (known && value !== null && value !== undefined && !(value === '' && known.kind === date))
      values.set(name, readParameter(known.kind, name, value, 'json'))
  }
  return values
}

interface PostSorting {
  readonly sortBy?: unknown
  readonly sortOrder?: unknown
  readonly parameters?: { readonly variable?: unknown; readonly type?: unknown }
}

function readSorting(
  resource: ResourceQuery,
  sortBy: string,
  sortOrder: string,
  refuse: (message: string) => Problem,
  more?: PostSorting['parameters'],
) {
  const column = Object.hasOwn(resource.sorts, sortBy) ? sql(resource.sorts[sortBy] ?? '') : variableColumn(resource, sortBy, more)
  if (!column) throw refuse(`sortBy parameter has invalid value: ${sortBy}`)
  if (sortOrder !== 'asc' && sortOrder !== 'desc') throw refuse(`sortOrder parameter has invalid value: ${sortOrder}`)
  return { column, direction: sortOrder } as const
}

/** The value of a variable as a column to sort by: texts, numbers, dates. */
function variableColumn(resource: ResourceQuery, sortBy: string, more: PostSorting['parameters']): Sql | undefined {
  const scope = resource.variableSorts?.[sortBy]
  if (scope === undefined) return undefined
  if (typeof more?.variable !== 'string') throw new Problem(500, 'NullValueException', 'the variable to sort by is null')
  const type = String(more.type ?? 'String').toLowerCase()
  const column = type === 'string' ? 'text_value' : ['date', 'boolean'].includes(type) ? 'long_value' : 'double_value'
  return sql(`(select v.${column} from ru_variable v where ${scope} and v.name = ?)`, more.variable)
}

function pageOf(parameters: URLSearchParams): { readonly first: number; readonly max: number | null } {
  const read = (name: string): number | null => {
    const text = parameters.get(name)
    if (text === null || text === '') return null
    // Not a number is a path that does not exist, for Camunda's server.
    if (!/^-?\d{1,9}$/.test(text)) throw new Problem(404, 'QueryParamException', `Cannot set query parameter '${name}' to value '${text}'`)
    return Number(text)
  }
  return { first: read('firstResult') ?? 0, max: read('maxResults') }
}

/** Reads the rows and writes them as the resource's answer. */
export async function listRows(resource: ResourceQuery, request: Request, run: QueryRun): Promise<Record<string, unknown>[]> {
  // Camunda finds nothing before the first row.
  if (request.first < 0 || (request.max ?? 0) < 0) return []
  const value = (name: string): unknown => request.values.get(name)
  const fields = fieldsOf(resource, value)
  const rows = await selectRows(resource, request, run, columnsOf(fields))
  return rows.map((row) => presentRow(resource, fields, row, value))
}

/** Ids of all rows that fit, for operations on queries. */
export async function keysOf(resource: ResourceQuery, request: Request, run: QueryRun): Promise<string[]> {
  const where = conditionsOf(resource, request, run)
  const rows = await run.query<{ readonly id: string }>(
    `select ${resource.key} as id from ${resource.from} where ${where.text} order by ${resource.key} asc`,
    where.params,
  )
  return rows.map(({ id }) => id)
}

/** One row by its key, or null. */
export async function findRow(
  resource: ResourceQuery,
  id: string,
  run: QueryRun,
  value: (name: string) => unknown = () => undefined,
): Promise<Record<string, unknown> | null> {
  const where = allOf([sql(`${resource.key} = ?`, id), ...readable(resource, run)])
  const rows = await run.query<Raw>(`select ${columnsOf(resource.fields)} from ${resource.from} where ${where.text}`, where.params)
  const [row] = rows
  return row ? presentRow(resource, resource.fields, row, value) : null
}

type Fields = ResourceQuery['fields']

const fieldsOf = ({ fields, optional }: ResourceQuery, value: (name: string) => unknown): Fields =>
  optional && value(optional.parameter) === true ? { ...fields, ...optional.fields } : fields

const columnTexts = new WeakMap<Fields, string>()

function columnsOf(fields: Fields): string {
  let text = columnTexts.get(fields)
  if (text === undefined) {
    text = Object.entries(fields)
      .flatMap(([name, { column }]) => (column === null ? [] : [`${column} as ${aliasOf(name)}`]))
      .join(', ')
    columnTexts.set(fields, text)
  }
  return text
}

/** Member names become column aliases; some are words of SQL. */
const aliasOf = (name: string): string => `f_${name}`

function presentRow(resource: ResourceQuery, fields: Fields, row: Raw, value: (name: string) => unknown): Record<string, unknown> {
  const answer: Record<string, unknown> = {}
  for (const name in fields) {
    const field = fields[name]
    if (field) answer[name] = field.write(row[aliasOf(name)])
  }
  return resource.finish ? resource.finish(answer, value) : answer
}

/** The parameters of a resource for the OpenAPI description. */
export function parametersOf(resource: ResourceQuery): readonly Schema[] {
  const filters = Object.entries(resource.filters).map(([name, { kind }]) => ({ name, in: 'query', schema: kind.schema }))
  const page = ['firstResult', 'maxResults'].map((name) => ({ name, in: 'query', schema: { type: 'integer' } }))
  const sorting = [
    { name: 'sortBy', in: 'query', schema: { type: 'string', enum: Object.keys(resource.sorts) } },
    { name: 'sortOrder', in: 'query', schema: { type: 'string', enum: ['asc', 'desc'] } },
  ]
  return [...filters, ...sorting, ...page]
}
