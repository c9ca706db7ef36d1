import { toText } from '../core/expression/index.ts'
import { parseDate } from '../core/time/date.ts'
import type { Value } from '../core/value.ts'

/**
 * Converts a value to a column's `typeRef`, as Camunda's engine does; undefined when it does not fit. Null stays null, and
 * types that are not known leave the value as it is.
 */
export function convertTo(typeRef: string | null, value: Value, zone: string): Value | undefined {
  if (value.t === 'Null' || typeRef === null) return value
  switch (typeRef.toLowerCase().replace(/^.*:/, '')) {
    case 'string':
      return value.t === 'String' ? value : { t: 'String', v: toText(value, zone) }
    case 'boolean':
      if (value.t === 'Boolean') return value
      return value.t === 'String' && /^(true|false)$/i.test(value.v) ? { t: 'Boolean', v: value.v.toLowerCase() === 'true' } : undefined
    case 'integer':
      return wholeOf(value, 2 ** 31, (v) => ({ t: 'Integer', v: Number(v) }))
    case 'long':
      return wholeOf(value, 2 ** 63, (v) => ({ t: 'Long', v }))
    case 'double':
    case 'number':
      return doubleOf(value)
    case 'date':
    case 'datetime': {
      if (value.t === 'Date') return value
      const instant = value.t === 'String' ? parseDate(value.v, zone) : undefined
      return instant === undefined ? undefined : { t: 'Date', v: instant }
    }
    default:
      return value
  }
}

/** Camunda's engine has no others: what they type is shown without type. */
export const isKnownType = (typeRef: string | null): boolean =>
  typeRef !== null && ['string', 'boolean', 'integer', 'long', 'double', 'date'].includes(typeRef.toLowerCase())

function wholeOf(value: Value, limit: number, make: (v: bigint) => Value): Value | undefined {
  const number = numberOf(value)
  if (number === undefined || Math.abs(Number(number)) > limit) return undefined
  if (typeof number === 'bigint') return make(number)
  return Number.isInteger(number) ? make(BigInt(number)) : undefined
}

function doubleOf(value: Value): Value | undefined {
  const number = numberOf(value)
  return number === undefined ? undefined : { t: 'Double', v: Number(number) }
}

function numberOf(value: Value): number | bigint | undefined {
  if (value.t === 'Integer' || value.t === 'Short' || value.t === 'Long' || value.t === 'Double') return value.v
  if (value.t !== 'String' || value.v.trim() === '') return undefined
  const number = Number(value.v)
  return Number.isNaN(number) ? undefined : number
}
