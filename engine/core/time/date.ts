import { addDuration, daysOfMonth, parseDuration } from './duration.ts'
import { instantOf } from './zone.ts'

const PATTERN = /^(\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/

/** Reads an ISO 8601 date or date and time; without an offset it is a time in `zone`. Undefined when the text is none. */
export function parseDate(text: string, zone: string): number | undefined {
  const match = PATTERN.exec(text.trim())
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part, index) => Number(part ?? (index === 1 || index === 2 ? 1 : 0))) as [number, number, number, number, number, number]
  const ms = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000 + 1e-6)
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second + ms > 0)) return undefined
  return instantOf({ year, month, day, hour, minute, second, ms }, match[8] ?? zone)
}

/** A due date as Camunda's models write it: a date, or a duration from now on. Undefined when the text is neither. */
export function parseDueDate(text: string, now: number, zone: string): number | undefined {
  const duration = parseDuration(text)
  return duration ? addDuration(now, duration, zone) : parseDate(text, zone)
}
