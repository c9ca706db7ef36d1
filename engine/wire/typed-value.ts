import type { NullableType, Value, ValueInfo, Variables } from '../core/value.ts'
import { fromWireDate, toWireDate } from './date-time.ts'

/** A variable as Camunda's REST API writes it. */
export interface TypedValue {
  readonly type: string
  readonly value: unknown
  readonly valueInfo?: Readonly<Record<string, unknown>>
}

export interface WireOptions {
  /** `Json` as text (true for the external-task client) or parsed. */
  readonly jsonAsText?: boolean
}

/** A value for the wire. Files travel without their content (`value: null`), which has its own address. */
export function toTypedValue(value: Value, options: WireOptions = {}): TypedValue {
  switch (value.t) {
    case 'Date':
      return { type: 'Date', value: toWireDate(value.v), valueInfo: {} }
    case 'File':
      return { type: 'File', value: null, valueInfo: { ...value.info } }
    case 'Double':
      // JSON has no Infinity: Camunda writes its name
      return { type: 'Double', value: Number.isFinite(value.v) || value.v === null ? value.v : String(value.v), valueInfo: {} }
    case 'Json':
      return { type: 'Json', value: options.jsonAsText === false && value.v !== null ? JSON.parse(value.v) : value.v, valueInfo: {} }
    case 'Object':
      return { type: 'Object', value: value.v, valueInfo: { ...value.info } }
    case 'Null':
      return { type: value.of ?? 'Null', value: null, valueInfo: {} }
    default:
      return { type: value.t, value: value.v, valueInfo: {} }
  }
}

export type TypedValueProblem = { readonly problem: string }
export const isProblem = (value: Value | TypedValueProblem): value is TypedValueProblem => 'problem' in value

const INTEGER = 2 ** 31
const LONG = 2n ** 63n

/**
 * Reads a value from the wire. Types are read without regard to case (`integer`, `Integer`); without a type it is taken from
 * the JSON kind. A value that does not fit its type answers with the problem in words.
 */
export function fromTypedValue(typed: {
  type?: string | null
  value?: unknown
  valueInfo?: Readonly<Record<string, unknown>> | null
}): Value | TypedValueProblem {
  const raw = typed.value ?? null
  const type = (typed.type ?? kindOf(raw)).toLowerCase()
  const misfit = () => ({ problem: `Cannot convert value '${String(raw)}' of type '${kindOf(raw)}' to type ${typed.type}` })
  const text = () => (typeof raw === 'string' ? raw : raw === null ? null : undefined)
  switch (type) {
    case 'null':
      return raw === null ? { t: 'Null', v: null } : misfit()
    case 'string': {
      if (raw === null) return nullOf('String')
      if (typeof raw === 'string') return { t: 'String', v: raw }
      return typeof raw === 'object' && !Array.isArray(raw)
        ? misfit()
        : { t: 'String', v: Array.isArray(raw) ? JSON.stringify(raw) : String(raw) }
    }
    case 'boolean':
      if (raw === null) return nullOf('Boolean')
      if (raw === 'true' || raw === 'false') return { t: 'Boolean', v: raw === 'true' }
      return typeof raw === 'boolean' ? { t: 'Boolean', v: raw } : misfit()
    case 'short':
    case 'integer': {
      if (raw === null) return nullOf(type === 'short' ? 'Short' : 'Integer')
      const limit = type === 'short' ? 2 ** 15 : INTEGER
      const number = wholeNumber(raw)
      if (number === undefined || number < -limit || number >= limit) return misfit()
      return { t: type === 'short' ? 'Short' : 'Integer', v: Number(number) }
    }
    case 'long': {
      if (raw === null) return nullOf('Long')
      const number = wholeNumber(raw)
      return number === undefined || number < -LONG || number >= LONG ? misfit() : { t: 'Long', v: number }
    }
    case 'double':
    case 'number': {
      if (raw === null) return nullOf('Double')
      const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw
      return typeof number === 'number' && Number.isFinite(number) ? { t: 'Double', v: number } : misfit()
    }
    case 'date': {
      if (raw === null) return nullOf('Date')
      // A date without an offset or without milliseconds is none, for Camunda.
      const instant = typeof raw === 'string' && /\.\d{3}([+-]\d\d:?\d\d|Z)$/.test(raw) ? fromWireDate(raw) : undefined
      return instant === undefined ? misfit() : { t: 'Date', v: instant }
    }
    case 'json':
    case 'xml':
      return text() === undefined
        ? type === 'json'
          ? { t: 'Json', v: JSON.stringify(raw) }
          : misfit()
        : { t: type === 'json' ? 'Json' : 'Xml', v: text() ?? null }
    case 'object': {
      const info = typed.valueInfo ?? {}
      if (typeof info.objectTypeName === 'string')
        return { t: 'Object', v: text() === undefined ? JSON.stringify(raw) : (text() ?? null), info: objectInfo(info) }
      return raw === null ? { t: 'Null', v: null } : { t: 'Json', v: typeof raw === 'string' ? raw : JSON.stringify(raw) }
    }
    case 'bytes':
      return text() === undefined || !isBase64(text()) ? misfit() : { t: 'Bytes', v: text() ?? null }
    case 'file': {
      const info = typed.valueInfo ?? {}
      if (text() === undefined || !isBase64(text())) return misfit()
      return { t: 'File', v: text() ?? null, info: fileInfo(info) }
    }
    default:
      return { problem: `Unsupported value type '${typed.type}'` }
  }
}

/** Several variables for the wire. */
export const toTypedValues = (variables: Variables, options: WireOptions = {}): Record<string, TypedValue> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, toTypedValue(value, options)]))

const nullOf = (of: NullableType): Value => ({ t: 'Null', v: null, of })

const isBase64 = (text: string | null | undefined): boolean =>
  text === null || text === undefined || (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text))

function kindOf(raw: unknown): string {
  if (raw === null) return 'Null'
  if (typeof raw === 'string') return 'String'
  if (typeof raw === 'boolean') return 'Boolean'
  if (typeof raw === 'bigint') return 'Long'
  if (typeof raw === 'number') return Number.isInteger(raw) ? (Math.abs(raw) < INTEGER ? 'Integer' : 'Long') : 'Double'
  return 'Object'
}

function wholeNumber(raw: unknown): bigint | undefined {
  if (typeof raw === 'bigint') return raw
  if (typeof raw === 'number') return Number.isInteger(raw) ? BigInt(raw) : undefined
  return typeof raw === 'string' && /^[+-]?\d{1,19}$/.test(raw) ? BigInt(raw) : undefined
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

const fileInfo = (info: Readonly<Record<string, unknown>>): ValueInfo => ({
  filename: textOf(info.filename),
  mimetype: textOf(info.mimetype) ?? textOf(info.mimeType),
  encoding: textOf(info.encoding),
})

const objectInfo = (info: Readonly<Record<string, unknown>>): ValueInfo => ({
  objectTypeName: textOf(info.objectTypeName),
  serializationDataFormat: textOf(info.serializationDataFormat),
})
