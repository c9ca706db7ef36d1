import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { addDays, dayOf, dayStart, nextDay, weekdayOf } from './county-day.ts'

const file = z.object({
  source: z.string(),
  /** Year → days or `from..to` ranges that are free although they may be weekdays. */
  holidays: z.record(z.string(), z.array(z.string())),
  /** Year → weekend days that are worked (调休). */
  madeUp: z.record(z.string(), z.array(z.string())),
})

/** Which days are worked: weekdays but for statutory holidays, and the weekend days that make up for them. */
export interface WorkCalendar {
  readonly years: ReadonlySet<string>
  isWorkingDay(day: string): boolean
  /** The `count`-th working day after `day`, which itself is never counted. */
  after(day: string, count: number): string
  /** When a deadline of `count` working days from `openedAt` has passed: 24:00 of that day, as epoch ms. */
  dueAfter(openedAt: number, count: number): number
}

/** Reads a calendar. Beyond its years only weekends are free: the yearly notice comes in the autumn before. */
export function readWorkCalendar(input: unknown): WorkCalendar {
  const read = file.parse(input)
  const holidays = new Set(Object.entries(read.holidays).flatMap(([year, entries]) => entries.flatMap((entry) => daysOf(year, entry))))
  const madeUp = new Set(Object.entries(read.madeUp).flatMap(([year, entries]) => entries.map((entry) => `${year}-${entry}`)))
  const isWorkingDay = (day: string) => madeUp.has(day) || (!holidays.has(day) && weekdayOf(day) % 6 !== 0)
  const after = (day: string, count: number) => {
    let at = day
    for (let left = count; left > 0; ) {
      at = nextDay(at)
      if (isWorkingDay(at)) left -= 1
    }
    return at
  }
  return {
    years: new Set(Object.keys(read.holidays)),
    isWorkingDay,
    after,
    dueAfter: (openedAt, count) => dayStart(nextDay(after(dayOf(openedAt), count))),
  }
}

function daysOf(year: string, entry: string): readonly string[] {
  const [first = '', last = first] = entry.split('..').map((part) => `${year}-${part}`)
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/** The calendar of the whole country, 2023 to 2026. */
export const nationalCalendar: WorkCalendar = readWorkCalendar(
  JSON.parse(readFileSync(new URL('./holidays-cn.json', import.meta.url), 'utf8')),
)
