/** Counties live on one clock: UTC+8 without daylight saving. Days are `yyyy-mm-dd` texts, instants epoch ms. */
const OFFSET_MS = 8 * 3_600_000
export const DAY_MS = 86_400_000

/** 00:00 of the day in the county. */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/** The county's day in which the instant lies. */
export function dayOf(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 10)
}

/** The day `days` after (before, when negative). */
export function addDays(day: string, days: number): string {
  return dayOf(dayStart(day) + days * DAY_MS)
}

export function nextDay(day: string): string {
  return addDays(day, 1)
}

/** `HH:mm` of the county. */
export function timeOf(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(11, 16)
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: string): number {
  return new Date(dayStart(day) + OFFSET_MS).getUTCDay()
}
