import { fromWireDate } from '../../wire/date-time.ts'
import { invalidRequest, Problem } from '../problem.ts'

/** A JSON schema fragment of the OpenAPI description. */
export type Schema = Readonly<Record<string, unknown>>

/** How a parameter's value is read, from the text of a GET parameter and from the JSON of a POST body. */
export interface Kind<T> {
  readonly schema: Schema
  /** Undefined: the text is none of this kind. */
  readonly ofText: (text: string) => T | undefined
  readonly ofJson: (json: unknown) => T | undefined
}

/** Query parameters want milliseconds and an offset; `Z` or a date alone is refused, as Camunda does. */
export const parseWireDate = (value: string): number | undefined => (/\.\d{3}[+-]\d{4}$/.test(value) ? fromWireDate(value) : undefined)

const scalar = (json: unknown): string | undefined =>
  typeof json === 'string'
    ? json
    : typeof json === 'number' || typeof json === 'boolean' || typeof json === 'bigint'
      ? String(json)
      : undefined

export const text: Kind<string> = { schema: { type: 'string' }, ofText: (value) => value, ofJson: scalar }

export const texts: Kind<readonly string[]> = {
  schema: { type: 'array', items: { type: 'string' } },
  ofText: (value) => value.split(','),
  ofJson: (json) => {
    if (!Array.isArray(json)) return undefined
    if (json.includes(null)) throw new Problem(500, 'NullValueException', 'the list contains null')
    return json.flatMap((item) => scalar(item) ?? [])
  },
}

export const integer: Kind<number> = {
  schema: { type: 'integer' },
  // Camunda cuts fractions off.
  ofText: (value) => (/^-?\d{1,15}(\.\d+)?$/.test(value) ? Math.trunc(Number(value)) : undefined),
  ofJson: (json) => (typeof json === 'number' ? Math.trunc(json) : typeof json === 'string' ? integer.ofText(json) : undefined),
}

export const boolean: Kind<boolean> = {
  schema: { type: 'boolean' },
  ofText: (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
  ofJson: (json) =>
    typeof json === 'boolean' ? json : typeof json === 'number' ? json !== 0 : typeof json === 'string' ? boolean.ofText(json) : undefined,
}

/** A switch that is on by `true` and off by anything else. */
export const looseBoolean: Kind<boolean> = { ...boolean, ofText: (value) => value === 'true' }

export const date: Kind<number> = {
  schema: { type: 'string', format: 'date-time' },
  ofText: parseWireDate,
  ofJson: (json) => (typeof json === 'string' ? parseWireDate(json) : typeof json === 'number' ? json : undefined),
}

export const oneOfTexts = <T extends string>(...values: readonly T[]): Kind<T> => {
  const ofText = (value: string): T | undefined => values.find((candidate) => candidate.toLowerCase() === value.toLowerCase())
  return { schema: { type: 'string', enum: values }, ofText, ofJson: (json) => (typeof json === 'string' ? ofText(json) : undefined) }
}

export const operators = ['eq', 'neq', 'gt', 'gteq', 'lt', 'lteq', 'like', 'notLike'] as const
export type Operator = (typeof operators)[number]
/** Most resources do not know `notLike`. */
export const WITHOUT_NOT_LIKE = operators.filter((operator) => operator !== 'notLike')

export interface VariableCondition {
  readonly name: string
  readonly operator: Operator
  readonly value: unknown
}

/** `name_eq_value,…` in a GET, where every value is a text; `[{name, operator, value}]` in a POST. */
export const variableConditions = variableConditionsBy(operators)

/** The same with fewer operators: not every resource of Camunda knows all. */
export function variableConditionsBy(known: readonly Operator[]): Kind<readonly VariableCondition[]> {
  const kind: Kind<readonly VariableCondition[]> = {
    schema: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' }, operator: { type: 'string', enum: known }, value: {} } },
    },
    ofText: (value) => {
      const conditions: VariableCondition[] = []
      for (const part of value.split(',')) {
        const match = /^(.+?)_(eq|neq|gt|gteq|lt|lteq|like|notLike)_(.+)$/s.exec(part)
        const operator = known.find((candidate) => candidate === match?.[2])
        if (!match?.[1] || !operator) return undefined
        conditions.push({ name: match[1], operator, value: match[3] ?? '' })
      }
      return conditions
    },
    ofJson: (json) => {
      if (typeof json === 'string') return kind.ofText(json)
      if (!Array.isArray(json)) return undefined
      const conditions: VariableCondition[] = []
      for (const item of json as readonly Partial<VariableCondition>[]) {
        const operator = known.find((candidate) => candidate === item?.operator)
        if (typeof item?.name !== 'string' || !operator) return undefined
        conditions.push({ name: item.name, operator, value: item.value ?? null })
      }
      return conditions
    },
  }
  return kind
}

export interface DateCondition {
  readonly operator: 'gt' | 'lt'
  readonly at: number
}

/** `gt_2013-…,lt_…` in a GET; `[{operator, value}]` in a POST. */
export const dateConditions: Kind<readonly DateCondition[]> = {
  schema: {
    type: 'array',
    items: { type: 'object', properties: { operator: { type: 'string', enum: ['gt', 'lt'] }, value: { type: 'string' } } },
  },
  ofText: (value) => dateConditions.ofJson(value.split(',').map((part) => ({ operator: part.split('_')[0], value: part.split('_')[1] }))),
  ofJson: (json) => {
    if (!Array.isArray(json)) return undefined
    const conditions: DateCondition[] = []
    for (const item of json as readonly { operator?: unknown; value?: unknown }[]) {
      const at = typeof item?.value === 'string' ? parseWireDate(item.value) : undefined
      if ((item?.operator !== 'gt' && item?.operator !== 'lt') || at === undefined) return undefined
      conditions.push({ operator: item.operator, at })
    }
    return conditions
  },
}

/** Reads one parameter, or refuses the request. */
export function readParameter<T>(kind: Kind<T>, name: string, value: unknown, from: 'text' | 'json'): T {
  const read = from === 'text' ? kind.ofText(String(value)) : kind.ofJson(value)
  if (read === undefined) throw invalidRequest(`Cannot set query parameter '${name}' to value '${String(value)}'`)
  return read
}
