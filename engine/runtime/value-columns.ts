import type { SqlValue } from '../../database/database.ts'
import type { Value } from '../core/value.ts'

/** The columns of a value in ru_variable, hi_variable and hi_detail. */
export interface ValueColumns {
  readonly text_value: string | null
  readonly long_value: number | bigint | null
  readonly double_value: number | null
  readonly json_value: string
}

const TEXT_LIMIT = 4000

/** Typed columns for queries, and the value itself, exact, in `json_value`. */
export function valueColumns(value: Value): ValueColumns {
  const columns = {
    text_value: null as string | null,
    long_value: null as number | bigint | null,
    double_value: null as number | null,
    json_value: encodeValue(value),
  }
  switch (value.t) {
    case 'String':
      columns.text_value = value.v.length > TEXT_LIMIT ? value.v.slice(0, TEXT_LIMIT) : value.v
      break
    case 'Boolean':
      columns.long_value = value.v ? 1 : 0
      break
    case 'Short':
    case 'Integer':
      columns.long_value = value.v
      columns.double_value = value.v
      break
    case 'Date':
      columns.long_value = value.v
      break
    case 'Double':
      // No column holds infinity.
      columns.double_value = Number.isFinite(value.v) ? value.v : null
      break
    case 'Long':
      columns.long_value = value.v
      columns.double_value = Number(value.v)
      break
    case 'Json':
    case 'Xml':
    case 'Object':
      columns.text_value = value.v === null ? null : value.v.slice(0, TEXT_LIMIT)
      break
  }
  return columns
}

/** JSON text of a value: a Long as decimal text, a non-finite Double as its name. */
export function encodeValue(value: Value): string {
  switch (value.t) {
    case 'String':
      return `{"t":"String","v":${JSON.stringify(value.v)}}`
    case 'Boolean':
    case 'Short':
    case 'Integer':
      return `{"t":"${value.t}","v":${value.v}}`
    default:
      return JSON.stringify(plainValue(value))
  }
}

export function decodeValue(text: string): Value {
  return valueOfPlain(JSON.parse(text))
}

/** A value as JSON can hold it. */
export function plainValue(value: Value): unknown {
  if (value.t === 'Long') return { t: 'Long', v: value.v.toString() }
  if (value.t === 'Double' && !Number.isFinite(value.v)) return { t: 'Double', v: String(value.v) }
  return value
}

export function valueOfPlain(plain: { t: string; v: unknown }): Value {
  if (plain.t === 'Long' && typeof plain.v === 'string') return { t: 'Long', v: BigInt(plain.v) }
  if (plain.t === 'Double' && typeof plain.v === 'string') return { t: 'Double', v: Number(plain.v) }
  return plain as Value
}

/** A new value is written three times: as it is now, as history's latest, and as a detail of history. */
const written = new WeakMap<Value, Record<keyof ValueColumns, SqlValue>>()
/** Up to this length it is cheaper to write a value again than to keep it in a weak map, which the garbage collector pays for. */
const SHORT = 200

/** The columns as a row's part. */
export function valueRow(value: Value): Readonly<Record<keyof ValueColumns, SqlValue>> {
  if (typeof value.v !== 'string' || value.v.length <= SHORT) return valueColumns(value) as Record<keyof ValueColumns, SqlValue>
  let columns = written.get(value)
  if (!columns) {
    columns = valueColumns(value) as Record<keyof ValueColumns, SqlValue>
    written.set(value, columns)
  }
  return columns
}
