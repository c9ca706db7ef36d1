import { readMember } from './read-member.ts'

type Fn = (...args: unknown[]) => unknown

/** A number out of whatever stands there: empty is 0. */
function toNumber(value: unknown): number {
  if (value === '' || value === null || value === undefined) return 0
  return typeof value === 'object' ? Number.NaN : Number(value)
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const DAY = 86_400_000

/** The fixed list of functions of the forms' expressions. All are pure and linear in their arguments. */
export const FORM_FUNCTIONS: Readonly<Record<string, Fn>> = Object.freeze({
  /** sum(list) or sum(rows, 'key') */
  sum: (list, key) => asList(list).reduce<number>((total, row) => total + toNumber(key === undefined ? row : readMember(row, key)), 0),
  /** count(list); count(rows, 'key'): rows that have something there; count(rows, 'key', value): rows that have this. */
  count: (list, key, value) => {
    const rows = asList(list)
    if (key === undefined) return rows.length
    return rows.filter((row) => (value === undefined ? !isEmpty(readMember(row, key)) : readMember(row, key) === value)).length
  },
  round: (value, digits) => {
    const factor = 10 ** Math.min(6, Math.max(0, toNumber(digits)))
    return Math.round(toNumber(value) * factor) / factor
  },
  min: (...values) => Math.min(...values.map(toNumber)),
  max: (...values) => Math.max(...values.map(toNumber)),
  includes: (list, value) => (typeof list === 'string' ? list.includes(String(value)) : asList(list).includes(value)),
  startsWith: (text, head) => typeof text === 'string' && text.startsWith(String(head)),
  empty: (value) => isEmpty(value),
  concat: (...values) =>
    values.map((value) => (value === undefined || value === null || typeof value === 'object' ? '' : String(value))).join(''),
  /** Whole days from the first date to the second. */
  days: (from, to) => Math.round((Date.parse(String(to).slice(0, 10)) - Date.parse(String(from).slice(0, 10))) / DAY),
  number: (value) => toNumber(value),
  text: (value) => (value === undefined || value === null || typeof value === 'object' ? '' : String(value)),
  /** The day of a date or a date with time: '2023-11-20T17:00' becomes '2023-11-20'. */
  day: (value) => (typeof value === 'string' ? value.slice(0, 10) : undefined),
} satisfies Record<string, Fn>)
