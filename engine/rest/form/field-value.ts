import type { FormField } from '../../core/model/form-fields.ts'
import { instantOf, localAt } from '../../core/time/zone.ts'
import type { Value } from '../../core/value.ts'

const nothing: Value = { t: 'Null', v: null }

/** A value in the type of its field. Undefined: it does not fit. */
export function convertToField(field: FormField, value: Value, zone: string): Value | undefined {
  if (value.t === 'Null' || field.type === null) return value
  switch (field.type) {
    case 'long': {
      if (value.t === 'Long') return value
      if (value.t === 'Integer' || value.t === 'Short' || value.t === 'Double') return { t: 'Long', v: BigInt(Math.trunc(value.v)) }
      if (value.t !== 'String') return undefined
      if (value.v === '') return nothing
      return /^[+-]?\d+$/.test(value.v.trim()) ? { t: 'Long', v: BigInt(value.v.trim()) } : undefined
    }
    case 'boolean':
      if (value.t === 'Boolean') return value
      if (value.t !== 'String') return undefined
      return value.v === '' ? nothing : { t: 'Boolean', v: value.v.toLowerCase() === 'true' }
    case 'date': {
      if (value.t === 'Date') return value
      if (value.t !== 'String') return undefined
      if (value.v.trim() === '') return nothing
      const instant = parsePattern(field.datePattern, value.v.trim(), zone)
      return instant === undefined ? undefined : { t: 'Date', v: instant }
    }
    case 'enum':
      if (value.t !== 'String') return undefined
      return field.values.length > 0 && !field.values.some(({ id }) => id === value.v) ? undefined : value
    case 'string':
      return value.t === 'String' ? value : { t: 'String', v: String(value.v) }
    default:
      return value
  }
}

/** A model's value as a form shows it: dates as text of their pattern. */
export function toFieldValue(field: FormField, value: Value, zone: string): Value {
  if (field.type !== 'date') return value
  if (value.t === 'Null') return { t: 'String', v: '' }
  return value.t === 'Date' ? { t: 'String', v: printPattern(field.datePattern, value.v, zone) } : value
}

const LETTERS = /yyyy|MM|dd|HH|mm|ss|[^A-Za-z]+|[A-Za-z]+/g
const UNITS: Readonly<Record<string, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'>> = {
  yyyy: 'year',
  MM: 'month',
  dd: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
}

function parsePattern(pattern: string, text: string, zone: string): number | undefined {
  const local = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0 }
  let rest = text
  for (const part of pattern.match(LETTERS) ?? []) {
    const unit = UNITS[part]
    if (unit) {
      const digits = new RegExp(`^\\d{1,${part.length}}`).exec(rest)?.[0]
      if (digits === undefined) return undefined
      local[unit] = Number(digits)
      rest = rest.slice(digits.length)
    } else if (rest.startsWith(part)) rest = rest.slice(part.length)
    else return undefined
  }
  return rest === '' ? instantOf(local, zone) : undefined
}

function printPattern(pattern: string, instant: number, zone: string): string {
  const local = localAt(instant, zone)
  return pattern.replace(LETTERS, (part) => {
    const unit = UNITS[part]
    return unit ? String(local[unit]).padStart(part.length, '0') : part
  })
}
