import type { TFunction } from 'i18next'
import { daysBetween, shortDay, wallTime } from './dates.ts'

export type Urgency = 'overdue' | 'soon' | 'later'
const HOUR = 3_600_000

/** How near a deadline is: late, within a day, or later. */
export function urgencyOf(dueAt: number, now: number): Urgency {
  if (dueAt <= now) return 'overdue'
  return dueAt - now <= 24 * HOUR ? 'soon' : 'later'
}

/** 超期 2 天 · 剩 6 小时 · 剩 12 天 */
export function dueWords(t: TFunction, dueAt: number, now: number): string {
  const late = now - dueAt
  if (late >= 0) {
    const hours = Math.floor(late / HOUR)
    return hours < 24 ? t('due.overdueHours', { count: Math.max(1, hours) }) : t('due.overdueDays', { count: Math.floor(hours / 24) })
  }
  const hours = Math.floor(-late / HOUR)
  if (hours < 1) return t('due.leftMinutes', { count: Math.max(1, Math.floor(-late / 60_000)) })
  return hours <= 24 ? t('due.leftHours', { count: hours }) : t('due.leftDays', { count: daysBetween(now, dueAt - 1) })
}

/** 今天 10:20 前决定 · 12月20日 17:00 前决定 */
export function dueSentence(t: TFunction, dueAt: number, now: number): string {
  // Midnight ends the day before: 12月25日 24:00.
  const isMidnight = wallTime(dueAt).time === '00:00'
  const last = isMidnight ? dueAt - 1 : dueAt
  const time = isMidnight ? '24:00' : wallTime(dueAt).time
  const days = daysBetween(now, last)
  const when = days === 0 ? t('due.today', { time }) : days === 1 ? t('due.tomorrow', { time }) : `${shortDay(last)} ${time}`
  return dueAt <= now ? t('due.shouldHave', { when }) : t('due.before', { when })
}
