import { instantOf, localAt } from './zone.ts'

/** An ISO 8601 duration: a month is a month and a day is a day in the calendar, the rest is exact. */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly ms: number
}

const PATTERN = /^\+?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,9}))?S)?)?$/

/** Longer ones lead to where no calendar reaches. */
const LONGEST_YEARS = 1_000
const YEAR_MS = 365 * 86_400_000

/** Reads `P1Y2M3W4DT5H6M7.5S`; undefined when the text is no duration, or less than none, or more than a thousand years. */
export function parseDuration(text: string): Duration | undefined {
  const match = PATTERN.exec(text.trim())
  if (!match || /P$|T$/.test(text.trim())) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1, 8).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const fraction = Math.round(Number(`0.${match[8] ?? 0}`) * 1000)
  const duration = {
    months: years * 12 + months,
    days: weeks * 7 + days,
    ms: ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction,
  }
  const { months: inMonths, days: inDays, ms } = duration
  return inMonths / 12 + inDays / 365 + ms / YEAR_MS <= LONGEST_YEARS ? duration : undefined
}

/** Adds `times` durations in one calendar move, so that three months after 31 January are 30 April and not 28. */
export function addDuration(instant: number, duration: Duration, zone: string, times = 1): number {
  const { months, days, ms } = duration
  if (months === 0 && days === 0) return instant + ms * times
  const local = localAt(instant, zone)
  const month = local.month - 1 + months * times
  const year = local.year + Math.floor(month / 12)
  const monthOfYear = month - Math.floor(month / 12) * 12
  const day = Math.min(local.day, daysOfMonth(year, monthOfYear + 1)) + days * times
  return instantOf({ ...local, year, month: monthOfYear + 1, day }, zone) + ms * times
}

/** Number of days of a month; months count from 1. */
export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

export const negate = ({ months, days, ms }: Duration): Duration => ({ months: -months || 0, days: -days || 0, ms: -ms || 0 })

export const isZero = ({ months, days, ms }: Duration): boolean => months === 0 && days === 0 && ms === 0
