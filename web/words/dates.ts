import i18next from 'i18next'

const ZONE = 'Asia/Shanghai'
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** Year, month, day and time of an instant on the county's wall. */
export function wallTime(at: number) {
  const found = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]))
  return { year: Number(found.year), month: Number(found.month), day: Number(found.day), time: `${found.hour}:${found.minute}` }
}

const english = (at: number, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hourCycle: 'h23', ...options }).format(at)
const isEnglish = () => i18next.language === 'en-US'

/** 2023年11月22日 */
export function day(at: number): string {
  if (isEnglish()) return english(at, { day: 'numeric', month: 'short', year: 'numeric' })
  const wall = wallTime(at)
  return `${wall.year}年${wall.month}月${wall.day}日`
}

/** 11月22日 */
export function shortDay(at: number): string {
  if (isEnglish()) return english(at, { day: 'numeric', month: 'short' })
  const wall = wallTime(at)
  return `${wall.month}月${wall.day}日`
}

/** 2023年11月22日 08:30 */
export const dayAndTime = (at: number) => `${day(at)} ${wallTime(at).time}`

/** 11月22日 08:30 */
export const shortDayAndTime = (at: number) => `${shortDay(at)} ${wallTime(at).time}`

const dayNumber = (at: number) => {
  const wall = wallTime(at)
  return Date.UTC(wall.year, wall.month - 1, wall.day) / 86_400_000
}

/** Whole calendar days from `from` to `to` on the county's calendar. */
export const daysBetween = (from: number, to: number) => dayNumber(to) - dayNumber(from)
