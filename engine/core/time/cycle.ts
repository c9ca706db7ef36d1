import { parseDate } from './date.ts'
import { addDuration, type Duration, isZero, negate, parseDuration } from './duration.ts'

/** An interval or a repeating interval of ISO 8601, read when its timer is created. */
export interface Interval {
  /** Number of repetitions; Infinity for `R/…`; 0 when the text does not repeat. */
  readonly times: number
  /** epoch ms; at least one of start and end is set */
  readonly start: number | null
  readonly end: number | null
  readonly period: Duration
}

/** Reads `PT10H`, `R3/PT10H`, `R/2036-01-01T00:00:00/P1D`, `R3/P1D/2036-01-01`, `start/end`; undefined when the text is none. */
export function parseInterval(text: string, now: number, zone: string): Interval | undefined {
  const parts = text.trim().split('/')
  const repeats = /^R(-1|\d*)$/.exec(parts[0] ?? '')
  if (repeats) parts.shift()
  if (parts.length === 0 || parts.length > 2) return undefined
  const times = !repeats
    ? 0
    : repeats[1] === '' || repeats[1] === '-1' || Number(repeats[1]) === 0
      ? Number.POSITIVE_INFINITY
      : Number(repeats[1])
  const [first, second] = parts as [string, string | undefined]
  const duration = parseDuration(first)
  if (duration) {
    if (second === undefined) return { times, start: now, end: null, period: duration }
    const end = parseDate(second, zone)
    return end === undefined ? undefined : { times, start: null, end, period: duration }
  }
  const start = parseDate(first, zone)
  if (start === undefined || second === undefined) return undefined
  const period = parseDuration(second)
  if (period) return { times, start, end: null, period }
  const end = parseDate(second, zone)
  return end === undefined ? undefined : { times, start, end, period: { months: 0, days: 0, ms: end - start } }
}

/**
 * The next date of the grid after `after`, or null when the interval is used up.
 *
 * The grid hangs on the start: missed dates are skipped, and a firing that comes early or late does not move those that follow.
 * Repetitions count from the start, whether they fired or not. `offset` is a shift that somebody gave the due date and that
 * later ones keep.
 */
export function nextOfInterval(interval: Interval, after: number, zone: string, offset = 0): number | null {
  const { times, start, end, period } = interval
  if (times === 0) return end ?? addDuration(start ?? after, period, zone)
  const from = after - offset
  if (start !== null) {
    const steps = Math.min(times, stepsBeyond(start, from, period, zone))
    const due = addDuration(start, period, zone, steps)
    return due < from ? null : due + offset
  }
  return lastBefore(end ?? after, times, after, period, zone)
}

/** How many periods after `start` lies the first date after `from`. */
function stepsBeyond(start: number, from: number, period: Duration, zone: string): number {
  if (start > from) return 0
  if (isZero(period)) return 1
  const length = addDuration(start, period, zone) - start
  if (length <= 0) return 1
  let steps = Math.max(1, Math.floor((from - start) / length) - 1)
  while (steps > 1 && addDuration(start, period, zone, steps) > from) steps = Math.max(1, Math.floor(steps * 0.9) - 1)
  while (addDuration(start, period, zone, steps) <= from) steps++
  return steps
}

function lastBefore(end: number, times: number, after: number, period: Duration, zone: string): number | null {
  const back = negate(period)
  let next = end
  let steps = 1
  while (steps <= times && !isZero(period) && addDuration(end, back, zone, steps) > after) {
    next = addDuration(end, back, zone, steps)
    steps++
  }
  return next < after ? null : next
}
