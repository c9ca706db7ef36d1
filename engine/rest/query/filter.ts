import { Problem, type ProblemType } from '../problem.ts'
import { boolean, date, integer, type Kind, text, texts } from './kind.ts'
import { type Dialect, inList, likeSql, type Sql, sql } from './sql.ts'

/** What a condition may depend on besides its value. */
export interface FilterContext {
  readonly dialect: Dialect
  readonly now: number
  readonly userId: string | null
  /** Another parameter of the same query. */
  readonly has: (name: string) => boolean
  readonly flag: (name: string) => boolean
  readonly value: (name: string) => unknown
  /** The condition is one of alternatives: several conditions within it are alternatives too. */
  readonly isAlternative: boolean
}

/** One parameter of a resource: how it is read, and which rows it lets through. No condition: it has no effect. */
export interface Filter<T = never> {
  readonly kind: Kind<T>
  readonly where: (value: T, context: FilterContext) => Sql | null
}

// biome-ignore lint/suspicious/noExplicitAny: a table of filters of different types; each reads what it checks
export type AnyFilter = Filter<any>

export const filter = <T>(kind: Kind<T>, where: Filter<T>['where']): Filter<T> => ({ kind, where })

export const equalTo = (column: string): Filter<string> => filter(text, (value) => sql(`${column} = ?`, value))
/** The parameter is there, but its list has no entry: in a body `[]`, in a GET an empty text. */
export const isBlank = (values: readonly string[]): boolean => values.length === 0 || (values.length === 1 && values[0] === '')

/** An empty list of a body is no condition; an empty parameter of a GET is a text that nothing equals. */
export const among = (column: string): Filter<readonly string[]> =>
  filter(texts, (values) => (values.length === 0 ? null : inList(column, values)))
/** An empty parameter of a GET is no condition either: so it is for some of Camunda's. */
export const amongIfAny = (column: string): Filter<readonly string[]> =>
  filter(texts, (values) => (isBlank(values) ? null : inList(column, values)))
/** An empty parameter of a GET is refused: so it is for others. */
export const amongSome = (column: string): Filter<readonly string[]> =>
  filter(texts, (values) => {
    if (values.length === 0) return null
    if (isBlank(values)) throw new Problem(400, 'NotValidException', 'the list is empty')
    return inList(column, values)
  })
/** Ids of instances: no id at all is refused. */
export const instanceIds = (column: string): Filter<readonly string[]> =>
  filter(texts, (values) => {
    if (values.length === 0) throw new Problem(500, 'ProcessEngineException', 'Set of process instance ids is empty')
    return inList(column, values)
  })
export const like = (column: string): Filter<string> => filter(text, (value, { dialect }) => likeSql(column, value, dialect))
/** What belongs to some executions, found by their process instances, since no table has an index by execution. */
export const ofExecutions = (instance: string, execution: string): Filter<readonly string[]> =>
  filter(texts, (values) => {
    const of = inList('y.execution_id', values)
    const { text: condition, params } = inList(execution, values)
    return sql(`(${instance} in (select y.instance_id from ru_execution y where ${of.text}) and ${condition})`, ...of.params, ...params)
  })
export const ofExecution = (instance: string, execution: string): Filter<string> =>
  filter(text, (value, context) => ofExecutions(instance, execution).where([value], context))
/** What an instance called, found by the family of both. */
export const calledBy = (table: 'ru_instance' | 'hi_instance', alias: string): Filter<string> =>
  filter(text, (value) =>
    sql(
      `(${alias}.root_id in (select r.root_id from ${table} r where r.instance_id = ?) and ${alias}.super_instance_id = ?)`,
      value,
      value,
    ),
  )
/** For columns that hold lower-cased text. */
export const equalIgnoringCase = (column: string): Filter<string> => filter(text, (value) => sql(`${column} = ?`, value.toLowerCase()))
export const likeIgnoringCase = (column: string): Filter<string> =>
  filter(text, (value, { dialect }) => likeSql(column, value.toLowerCase(), dialect))

export const before = (column: string): Filter<number> => filter(date, (at) => sql(`${column} < ?`, at))
export const after = (column: string): Filter<number> => filter(date, (at) => sql(`${column} > ?`, at))
export const at = (column: string): Filter<number> => filter(date, (instant) => sql(`${column} = ?`, instant))

/** A flag that counts only when it is true. */
export const flag = (condition: string): Filter<boolean> => filter(boolean, (value) => (value ? sql(condition) : null))
/** A condition that holds as soon as the parameter is given, be it true or false: a quirk of some of Camunda's queries. */
export const whenGiven = (condition: string): Filter<boolean> => filter(boolean, () => sql(condition))
/** A parameter that other filters look at, or that changes the answer only. */
export const option = <T>(kind: Kind<T>): Filter<T> => filter(kind, () => null)

/** Tenant filters, the same for each resource; `include` names the flag that lets rows without a tenant in as well. */
export const tenantFilters = (column: string, include?: string): Readonly<Record<string, AnyFilter>> => ({
  tenantIdIn: filter(texts, (values, context) => {
    if (isBlank(values)) return null
    const { text: condition, params } = inList(column, values)
    return include !== undefined && context.flag(include)
      ? sql(`(${condition} or ${column} is null)`, ...params)
      : sql(condition, ...params)
  }),
  withoutTenantId: flag(`${column} is null`),
  ...(include !== undefined && { [include]: option(boolean) }),
})

/** A variable's name, minding case unless the query says otherwise. */
export const variableName = (column: string): Filter<string> =>
  filter(text, (value, context) =>
    context.flag('variableNamesIgnoreCase') ? sql(`lower(${column}) = ?`, value.toLowerCase()) : sql(`${column} = ?`, value),
  )
export const variableNameLike = (column: string): Filter<string> =>
  filter(text, (value, context) =>
    context.flag('variableNamesIgnoreCase')
      ? likeSql(`lower(${column})`, value.toLowerCase(), context.dialect)
      : likeSql(column, value, context.dialect),
  )

/** A definition's version: one that none can have is refused, by decisions otherwise than by processes. */
export const versionEqualTo = (column: string, refusal: { readonly status: number; readonly type: ProblemType }) =>
  filter(integer, (value) => {
    if (value <= 0) throw new Problem(refusal.status, refusal.type, 'version must be positive')
    return sql(`${column} = ?`, value)
  })
