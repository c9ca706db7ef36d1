import type { SqlValue } from '../../../database/database.ts'
import { Problem } from '../problem.ts'
import type { Filter, FilterContext } from './filter.ts'
import { filter } from './filter.ts'
import { type Operator, operators, parseWireDate, type VariableCondition, variableConditionsBy } from './kind.ts'
import { allOf, anyOf, likeSql, type Sql, sql } from './sql.ts'

/*
 * Written so that both databases look into the few variables of a row. Of an `exists` MariaDB would make a join that begins at all
 * variables of that name; the plus keeps SQLite from the index over names.
 */

/**
 * Rows that have a variable which fulfils each condition. `scope` says which variables belong to the row, for the alias `v`:
 * for instance `v.instance_id = t.instance_id and v.task_id is null`.
 */
export function variables(
  table: 'ru_variable' | 'hi_variable',
  scope: string,
  known: readonly Operator[] = operators,
): Filter<readonly VariableCondition[]> {
  return filter(variableConditionsBy(known), (conditions, context) => {
    const parts = conditions.map((condition) => exists(table, scope, condition, context))
    return context.isAlternative ? anyOf(parts) : allOf(parts)
  })
}

function exists(table: string, scope: string, condition: VariableCondition, context: FilterContext): Sql {
  const { text, params } = allOf([nameIs(condition.name, context), valueIs(condition, context)])
  return sql(`(select 1 from ${table} v where ${scope} and ${text} limit 1) is not null`, ...params)
}

const nameIs = (name: string, { flag }: FilterContext): Sql =>
  flag('variableNamesIgnoreCase') ? sql('lower(v.name) = ?', name.toLowerCase()) : sql('+v.name = ?', name)

const SYMBOLS = { eq: '=', gt: '>', gteq: '>=', lt: '<', lteq: '<=' } as const
const NUMBERS = "v.type in ('Integer', 'Long', 'Short', 'Double')"

/** The value's comparison, typed as in Camunda: a fraction meets Doubles only, a whole number all numbers, a text texts only, or dates if it reads as one. */
export function valueIs({ operator, value }: Pick<VariableCondition, 'operator' | 'value'>, context: FilterContext): Sql {
  if (operator === 'like' || operator === 'notLike') {
    if (typeof value !== 'string') return sql('1 = 0')
    const ignore = context.flag('variableValuesIgnoreCase')
    const { text, params } = likeSql(ignore ? 'lower(v.text_value)' : 'v.text_value', ignore ? value.toLowerCase() : value, context.dialect)
    return operator === 'like' ? sql(`(v.type = 'String' and ${text})`, ...params) : sql(`(v.type = 'String' and not ${text})`, ...params)
  }
  if (operator === 'neq') {
    const { type, text, params } = equality(value, context)
    return sql(`(${type} and not (${text}))`, ...params)
  }
  if (operator === 'eq') {
    const { type, text, params } = equality(value, context)
    return sql(`(${type} and ${text})`, ...params)
  }
  if (value === null || typeof value === 'boolean')
    throw new Problem(400, 'NotValidException', `values of this type cannot be compared by ${operator}`)
  const { type, column, param } = ordered(value, context)
  return sql(`(${type} and ${column} ${SYMBOLS[operator]} ?)`, param)
}

function equality(value: unknown, context: FilterContext): { type: string; text: string; params: SqlValue[] } {
  if (value === null) return { type: '1 = 1', text: "v.type = 'Null'", params: [] }
  if (typeof value === 'boolean') return { type: "v.type = 'Boolean'", text: 'v.long_value = ?', params: [value ? 1 : 0] }
  const { type, column, param } = ordered(value, context)
  return { type, text: `${column} = ?`, params: [param] }
}

function ordered(value: unknown, context: FilterContext): { type: string; column: string; param: SqlValue } {
  if (typeof value === 'bigint') return { type: NUMBERS, column: 'v.double_value', param: Number(value) }
  if (typeof value === 'number')
    return { type: Number.isInteger(value) ? NUMBERS : "v.type = 'Double'", column: 'v.double_value', param: value }
  const at = typeof value === 'string' ? parseWireDate(value) : undefined
  if (at !== undefined) return { type: "v.type = 'Date'", column: 'v.long_value', param: at }
  if (typeof value === 'string')
    return context.flag('variableValuesIgnoreCase')
      ? { type: "v.type = 'String'", column: 'lower(v.text_value)', param: value.toLowerCase() }
      : { type: "v.type = 'String'", column: 'v.text_value', param: value }
  throw new Problem(400, 'NotValidException', 'values of this type cannot be compared')
}

/** For a value that equals: what the index over names and values answers; texts and numbers stand in it side by side. */
export function variableDriver(alias: string, { name, operator, value }: VariableCondition, { flag }: FilterContext): Sql | null {
  if (operator !== 'eq' || flag('variableNamesIgnoreCase') || flag('variableValuesIgnoreCase')) return null
  if (typeof value === 'string' && parseWireDate(value) !== undefined) return null
  if (typeof value === 'string') return sql(`${alias}.name = ? and ${alias}.text_value = ?`, name, value)
  if (typeof value !== 'number') return null
  return sql(`${alias}.name = ? and ${alias}.text_value is null and ${alias}.double_value = ?`, name, value)
}

/** The same conditions as joins: what equals first, because it leaves least. A row may come more than once. */
export function variableJoins(table: string, on: string, conditions: readonly VariableCondition[], context: FilterContext): readonly Sql[] {
  const sorted = [...conditions.filter(({ operator }) => operator === 'eq'), ...conditions.filter(({ operator }) => operator !== 'eq')]
  return sorted.map((condition, i) => {
    const { text, params } = allOf([nameIs(condition.name, context), valueIs(condition, context)])
    return sql(`${table} v${i} on v${i}.${on} and ${text.replaceAll(/\bv\./g, `v${i}.`)}`, ...params)
  })
}
