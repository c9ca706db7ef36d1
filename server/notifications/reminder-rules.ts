import { addDays, DAY_MS, dayOf, dayStart } from '../organisation/index.ts'

/** When on a day reminders go out: 08:30. */
const MORNING_MS = 8.5 * 3_600_000

/** Days before a hazard's last day on which its people are reminded. */
export const HAZARD_OFFSETS = [15, 7, 1] as const
/** Days before a report's cut-off. procedures.md P14. */
export const REPORT_OFFSETS = [5, 2] as const

export interface DueReminder {
  readonly rule: string
  readonly days: number
}

/**
 * The reminder that is due now before `lastDay`, if there is one: of those whose morning has come the latest, so that a clock that
 * jumped does not tell the same thing three times. One that was due before the seat opened is not sent, D-1 excepted.
 * Nothing is sent once the last day is over.
 */
export function dueReminder(lastDay: string, offsets: readonly number[], openedAt: number, now: number): DueReminder | null {
  if (now >= dayStart(lastDay) + DAY_MS) return null
  const days = [...offsets].sort((a, b) => a - b).find((offset) => now >= dayStart(addDays(lastDay, -offset)) + MORNING_MS)
  if (days === undefined) return null
  const dueAt = dayStart(addDays(lastDay, -days)) + MORNING_MS
  return dueAt >= openedAt || days === 1 ? { rule: `D-${days}`, days } : null
}

/** The last day of a deadline that ends at 00:00 of the day after. */
export function lastDayOf(dueAt: number): string {
  return dayOf(dueAt - 1)
}
