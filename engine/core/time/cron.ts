import { daysOfMonth } from './duration.ts'
import { instantOf, localAt } from './zone.ts'

/** A compiled cron text: seconds, minutes, hours, days of the month, months, days of the week, perhaps years. */
export interface Cron {
  readonly seconds: readonly number[]
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: readonly number[]
  /** Undefined means every year. */
  readonly years: readonly number[] | undefined
  /** Whether a day of a month fits. */
  readonly isDay: (year: number, month: number, day: number) => boolean
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const LAST_YEAR = 2300

const MACROS: Readonly<Record<string, string>> = {
  '@YEARLY': '0 0 0 1 1 ?',
  '@ANNUALLY': '0 0 0 1 1 ?',
  '@MONTHLY': '0 0 0 1 * ?',
  '@WEEKLY': '0 0 0 ? * SUN',
  '@DAILY': '0 0 0 * * ?',
  '@MIDNIGHT': '0 0 0 * * ?',
  '@HOURLY': '0 0 * * * ?',
}

/**
 * Reads six or seven fields, `* ? , - / L W #`, names of months and days, and `@daily` and the like. Days of the week count as on
 * Operaton, from 1 for Monday to 7 (or 0) for Sunday, not from 1 for Sunday as in Quartz. Undefined when it is none.
 */
export function parseCron(text: string): Cron | undefined {
  const upper = text.trim().toUpperCase()
  const fields = (MACROS[upper] ?? upper).split(/\s+/)
  if (fields.length < 6 || fields.length > 7) return undefined
  const [second, minute, hour, day, month, weekDay, year] = fields as [string, string, string, string, string, string, string | undefined]
  const seconds = parseField(second, 0, 59)
  const minutes = parseField(minute, 0, 59)
  const hours = parseField(hour, 0, 23)
  const months = parseField(month, 1, 12, MONTHS)
  const years = year === undefined || year === '*' ? undefined : (parseField(year, 1970, LAST_YEAR) ?? null)
  const ofMonth = dayOfMonthRule(day)
  const ofWeek = dayOfWeekRule(sundayFirst(weekDay))
  if (!seconds || !minutes || !hours || !months || years === null || !ofMonth || !ofWeek) return undefined
  // Quartz wants a `?` in one of them; two restrictions are read as both having to hold.
  const isDay: Cron['isDay'] = (y, m, d) => ofMonth(y, m, d) && ofWeek(y, m, d)
  return { seconds, minutes, hours, months, years, isDay }
}

/** Numbers of the week from 1 for Sunday, as the rules below count. */
const sundayFirst = (field: string): string =>
  field.replace(/(^|[,-])([0-7])(?=$|[,\-/L#])/g, (_all, before: string, day: string) => `${before}${(Number(day) % 7) + 1}`)

/** The first instant after `after` (epoch ms, whole seconds) that fits, or null when none follows. */
export function nextOfCron(cron: Cron, after: number, zone: string): number | null {
  const start = localAt(Math.floor(after / 1000) * 1000 + 1000, zone)
  let { year, month, day } = start
  let first = true
  for (; year <= Math.min(LAST_YEAR, start.year + 120); ) {
    if ((cron.years === undefined || cron.years.includes(year)) && cron.months.includes(month) && cron.isDay(year, month, day)) {
      const from = first ? (start.hour * 60 + start.minute) * 60 + start.second : 0
      const clock = firstClock(cron, from)
      if (clock !== undefined) {
        const due = instantOf({ year, month, day, hour: 0, minute: 0, second: clock, ms: 0 }, zone)
        if (due > after) return due
      }
    }
    first = false
    day++
    if (day > daysOfMonth(year, month) || !cron.months.includes(month)) {
      day = 1
      month++
      if (month > 12) {
        month = 1
        year++
      }
    }
  }
  return null
}

/** The first second of the day, at or after `from`, whose hour, minute and second fit. */
function firstClock(cron: Cron, from: number): number | undefined {
  for (const hour of cron.hours) {
    if (hour * 3600 + 3599 < from) continue
    for (const minute of cron.minutes) {
      const base = hour * 3600 + minute * 60
      if (base + 59 < from) continue
      const second = cron.seconds.find((candidate) => base + candidate >= from)
      if (second !== undefined) return base + second
    }
  }
  return undefined
}

function parseField(text: string, low: number, high: number, names: readonly string[] = []): number[] | undefined {
  const found = new Set<number>()
  const number = (word: string): number => {
    const named = names.indexOf(word)
    return named >= 0 ? named + low : /^\d+$/.test(word) ? Number(word) : Number.NaN
  }
  for (const part of text.split(',')) {
    const match = /^(\*|\?|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:\/(\d+))?$/.exec(part)
    if (!match) return undefined
    const isAll = match[1] === '*' || match[1] === '?'
    const from = isAll ? low : number(match[1] ?? '')
    const step = match[3] === undefined ? 1 : Number(match[3])
    const to = isAll ? high : match[2] !== undefined ? number(match[2]) : match[3] !== undefined ? high : from
    if (!(from >= low && from <= high && to >= low && to <= high && step > 0)) return undefined
    // A range such as 22-2 or FRI-MON runs over the end.
    const span = to >= from ? to - from : to - from + (high - low + 1)
    for (let offset = 0; offset <= span; offset += step) found.add(low + ((from - low + offset) % (high - low + 1)))
  }
  return [...found].sort((a, b) => a - b)
}

function dayOfMonthRule(text: string): Cron['isDay'] | undefined {
  if (text === '?' || text === '*') return () => true
  const last = /^L(?:-(\d+))?(W)?$/.exec(text)
  if (last) {
    const back = Number(last[1] ?? 0)
    return (y, m, d) => {
      const wanted = daysOfMonth(y, m) - back
      return d === (last[2] ? nearestWorkday(y, m, wanted) : wanted)
    }
  }
  const workday = /^(\d+)W$/.exec(text)
  if (workday) return (y, m, d) => d === nearestWorkday(y, m, Math.min(Number(workday[1]), daysOfMonth(y, m)))
  const days = parseField(text, 1, 31)
  return days && ((_y, _m, d) => days.includes(d))
}

function dayOfWeekRule(text: string): Cron['isDay'] | undefined {
  if (text === '?' || text === '*') return () => true
  const number = (word: string): number => (WEEK_DAYS.includes(word) ? WEEK_DAYS.indexOf(word) + 1 : Number(word))
  const nth = /^([A-Z]{3}|[1-7])#([1-5])$/.exec(text)
  if (nth) return (y, m, d) => weekDayOf(y, m, d) === number(nth[1] ?? '') && Math.ceil(d / 7) === Number(nth[2])
  const last = /^([A-Z]{3}|[1-7])L$/.exec(text)
  if (last) return (y, m, d) => weekDayOf(y, m, d) === number(last[1] ?? '') && d + 7 > daysOfMonth(y, m)
  if (text === 'L') return (y, m, d) => weekDayOf(y, m, d) === 7
  const days = parseField(text, 1, 7, WEEK_DAYS)
  return days && ((y, m, d) => days.includes(weekDayOf(y, m, d)))
}

/** 1 is Sunday, as in Quartz. */
const weekDayOf = (year: number, month: number, day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1

function nearestWorkday(year: number, month: number, day: number): number {
  const weekDay = weekDayOf(year, month, day)
  if (weekDay === 7) return day > 1 ? day - 1 : day + 2
  if (weekDay === 1) return day < daysOfMonth(year, month) ? day + 1 : day - 2
  return day
}
