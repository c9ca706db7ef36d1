import { nullValue, type Value } from '../value.ts'
import { ExpressionError } from './failure.ts'
import { textOfDate, textOfDateTime, textOfDouble } from './java-text.ts'
import { listOf, mapOf, type Operand } from './operand.ts'

/** Integers up to 64 bits; a sum that leaves them wraps around, as in Java. */
export const long = (v: bigint): Value => ({ t: 'Long', v: BigInt.asIntN(64, v) })
export const integer = (v: number): Value => ({ t: 'Integer', v })
export const double = (v: number): Value => ({ t: 'Double', v })
export const text = (v: string): Value => ({ t: 'String', v })
export const boolean = (v: boolean): Value => ({ t: 'Boolean', v })

export const isWhole = (operand: Operand): operand is Extract<Operand, { t: 'Short' | 'Integer' | 'Long' }> =>
  operand.t === 'Integer' || operand.t === 'Long' || operand.t === 'Short'

const wrong = (operand: Operand, wanted: string): ExpressionError =>
  new ExpressionError('wrong-type', `cannot make a ${wanted} of ${describe(operand)}`)

/** For messages: type and value, shortened. */
export function describe(operand: Operand): string {
  if (operand.t === 'Null') return 'null'
  if (operand.t === 'Host') return operand.v.kind
  if (operand.t === 'List' || operand.t === 'Map') return `a ${operand.t.toLowerCase()}`
  return `${operand.t} '${String(operand.v).slice(0, 60)}'`
}

export function toBoolean(operand: Operand): boolean {
  if (operand.t === 'Null') return false
  if (operand.t === 'Boolean') return operand.v
  if (operand.t === 'String') return operand.v.toLowerCase() === 'true'
  throw wrong(operand, 'Boolean')
}

export function toLong(operand: Operand): bigint {
  if (operand.t === 'Null') return 0n
  if (operand.t === 'Long') return operand.v
  if (operand.t === 'Integer' || operand.t === 'Short') return BigInt(operand.v)
  if (operand.t === 'Double') return BigInt(Math.trunc(operand.v))
  if (operand.t === 'String') {
    if (operand.v === '') return 0n
    if (/^[+-]?\d+$/.test(operand.v)) return BigInt(operand.v)
  }
  throw wrong(operand, 'Long')
}

export function toDouble(operand: Operand): number {
  if (operand.t === 'Null') return 0
  if (operand.t === 'Double' || operand.t === 'Integer' || operand.t === 'Short' || operand.t === 'Long') return Number(operand.v)
  if (operand.t === 'String') {
    if (operand.v === '') return 0
    const value = Number(operand.v)
    if (operand.v.trim() !== '' && !Number.isNaN(value)) return value
  }
  throw wrong(operand, 'Double')
}

/** A JavaScript number for arguments such as an index. */
export function toInteger(operand: Operand): number {
  return Number(toLong(operand))
}

/** Text of an operand as it appears in composite texts: null is empty. */
export function toText(operand: Operand, zone: string): string {
  switch (operand.t) {
    case 'Null':
      return ''
    case 'String':
      return operand.v
    case 'Boolean':
    case 'Integer':
    case 'Short':
    case 'Long':
      return String(operand.v)
    case 'Double':
      return textOfDouble(operand.v)
    case 'Date':
      return textOfDate(operand.v, zone)
    case 'DateTime':
      return textOfDateTime(operand.v, zone)
    case 'List':
      return `[${operand.v.map((item) => (item.t === 'Null' ? 'null' : toText(item, zone))).join(', ')}]`
    case 'Map':
      return `{${[...operand.v].map(([key, item]) => `${key}=${item.t === 'Null' ? 'null' : toText(item, zone)}`).join(', ')}}`
    case 'Host':
      throw wrong(operand, 'String')
    case 'Object': {
      const lifted = lift(operand)
      return lifted.t === 'Object' ? (operand.v ?? '') : toText(lifted, zone)
    }
    default:
      return operand.v ?? ''
  }
}

/** Opens an `Object` (or `Json`) value whose content is JSON, so that members and items can be reached. */
export function lift(operand: Operand): Operand {
  if ((operand.t !== 'Object' && operand.t !== 'Json') || operand.v === null) return operand
  try {
    return ofJson(JSON.parse(operand.v))
  } catch {
    return operand // content of another format, for instance base64 of a Java object: opaque
  }
}

export function ofJson(json: unknown): Operand {
  if (json === null || json === undefined) return nullValue
  if (typeof json === 'string') return text(json)
  if (typeof json === 'boolean') return boolean(json)
  if (typeof json === 'number') {
    if (!Number.isInteger(json)) return double(json)
    return Math.abs(json) <= 2_147_483_647 ? integer(json) : long(BigInt(json))
  }
  if (Array.isArray(json)) return listOf(json.map(ofJson))
  return mapOf(new Map(Object.entries(json as Record<string, unknown>).map(([key, item]) => [key, ofJson(item)])))
}

/** JSON text of an operand; longs are written as numbers. */
export function toJson(operand: Operand): string {
  switch (operand.t) {
    case 'Null':
      return 'null'
    case 'Long':
    case 'Integer':
    case 'Short':
    case 'Boolean':
      return String(operand.v)
    case 'Double':
      return Number.isFinite(operand.v) ? JSON.stringify(operand.v) : 'null'
    case 'Date':
    case 'DateTime':
      return String(operand.v)
    case 'List':
      return `[${operand.v.map(toJson).join(',')}]`
    case 'Map':
      return `{${[...operand.v].map(([key, item]) => `${JSON.stringify(key)}:${toJson(item)}`).join(',')}}`
    case 'Object':
    case 'Json': {
      const lifted = lift(operand)
      return lifted === operand ? JSON.stringify(operand.v) : toJson(lifted)
    }
    case 'Host':
      throw wrong(operand, 'value')
    default:
      return JSON.stringify(operand.v)
  }
}

/** The variable's value that an operand is stored as. Lists and maps become `Object` values with JSON. */
export function toValue(operand: Operand): Value {
  switch (operand.t) {
    case 'List':
      return objectOf('java.util.ArrayList', operand)
    case 'Map':
      return objectOf('java.util.LinkedHashMap', operand)
    case 'DateTime':
      return { t: 'Date', v: operand.v }
    case 'Host':
      throw wrong(operand, 'value')
    default:
      return operand
  }
}

const objectOf = (objectTypeName: string, operand: Operand): Value => ({
  t: 'Object',
  v: toJson(operand),
  info: { objectTypeName, serializationDataFormat: 'application/json' },
})
