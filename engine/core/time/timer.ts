import { nextOfCron, parseCron } from './cron.ts'
import { nextOfInterval, parseInterval } from './cycle.ts'
import { parseDueDate } from './date.ts'
import { addDuration, type Duration, parseDuration } from './duration.ts'

/** When a cycle (`timeCycle`) fires for the first time, and the text by which its later dates are found. */
export interface CycleStart {
  /** epoch ms */
  readonly due: number
  /** The cycle with its start written in: keep it with the job and hand it to `nextOfCycle`. */
  readonly repeat: string
}

/** `timeDate`: an ISO date, or a duration from now. Undefined when the text is neither. */
export const dueOfDate = (text: string, now: number, zone: string): number | undefined => parseDueDate(text, now, zone)

/** `timeDuration`: an ISO duration from now (also `start/duration`, `duration/end`). Undefined when the text is none. */
export function dueOfDuration(text: string, now: number, zone: string): number | undefined {
  const duration = parseDuration(text)
  if (duration) return addDuration(now, duration, zone)
  const interval = parseInterval(text, now, zone)
  return interval && (nextOfInterval(interval, now, zone) ?? undefined)
}

/** No repetitions: fires at once, and once. */
const firesOnce = /^\s*R(0|-1)\//

/** `timeCycle`: `R3/PT10H`, `R/2036-01-01T00:00:00/P1D` or cron. Undefined when the text is none or never fires. */
export function startOfCycle(text: string, now: number, zone: string): CycleStart | undefined {
  if (firesOnce.test(text) && parseInterval(text, now, zone)) return { due: now, repeat: text.trim() }
  const due = nextOfCycle(text, now, zone)
  if (due === undefined || due === null) return undefined
  const parts = text.trim().split('/')
  const needsStart = parts.length === 2 && /^R/.test(parts[0] ?? '')
  return { due, repeat: needsStart ? `${parts[0]}/${new Date(now).toISOString()}/${parts[1]}` : text.trim() }
}

/**
 * The first date of a cycle after `after`: null when it is used up, undefined when the text is no cycle.
 * `offset` (ms) is a shift of the due date that the following ones keep.
 */
export function nextOfCycle(repeat: string, after: number, zone: string, offset = 0): number | null | undefined {
  if (firesOnce.test(repeat)) return null
  if (/^R/.test(repeat.trim())) {
    const interval = parseInterval(repeat, after, zone)
    return interval && nextOfInterval(interval, after, zone, offset)
  }
  const cron = parseCron(repeat)
  if (!cron) return undefined
  const due = nextOfCron(cron, after - offset, zone)
  return due === null ? null : due + offset
}

/** How often and in which distances a failed job is tried again. */
export interface RetryCycle {
  readonly retries: number
  /** One per retry; the last one holds for all that follow. */
  readonly intervals: readonly Duration[]
}

/** `failedJobRetryTimeCycle`: `R5/PT5M`, `PT5M` or `PT10M,PT20M`; undefined when the text is none. */
export function parseRetryCycle(text: string): RetryCycle | undefined {
  const repeated = /^R(\d+)\/(P.+)$/.exec(text.trim())
  if (repeated) {
    const interval = parseDuration(repeated[2] ?? '')
    return interval && { retries: Number(repeated[1]), intervals: [interval] }
  }
  const intervals = text.split(',').map((part) => parseDuration(part))
  if (intervals.some((interval) => interval === undefined)) return undefined
  return { retries: intervals.length === 1 ? 1 : intervals.length + 1, intervals: intervals as Duration[] }
}
