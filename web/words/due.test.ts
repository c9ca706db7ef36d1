import { describe, expect, it } from '@jest/globals'
import type { TFunction } from 'i18next'
import { dueSentence, dueWords, urgencyOf } from './due.ts'

const at = (time: string) => Date.parse(`${time}+08:00`)
const now = at('2023-12-18T08:30:00')
/** Says key and count, so that the test does not depend on the words. */
const t = ((key: string, values?: Record<string, unknown>) => `${key}:${Object.values(values ?? {}).join(',')}`) as unknown as TFunction

describe('urgencyOf', () => {
  it('is overdue from the very moment', () => {
    expect(urgencyOf(now, now)).toBe('overdue')
  })

  it('is soon within a day', () => {
    expect(urgencyOf(at('2023-12-19T08:30:00'), now)).toBe('soon')
    expect(urgencyOf(at('2023-12-19T08:30:01'), now)).toBe('later')
  })
})

describe('dueWords', () => {
  it('counts hours below a day and days above, in both directions', () => {
    expect(dueWords(t, at('2023-12-18T06:00:00'), now)).toBe('due.overdueHours:2')
    expect(dueWords(t, at('2023-12-16T08:00:00'), now)).toBe('due.overdueDays:2')
    expect(dueWords(t, at('2023-12-18T10:40:00'), now)).toBe('due.leftHours:2')
    expect(dueWords(t, at('2023-12-21T07:00:00'), now)).toBe('due.leftDays:3')
  })

  it('counts minutes in the last hour', () => {
    expect(dueWords(t, at('2023-12-18T08:40:00'), now)).toBe('due.leftMinutes:10')
  })
})

describe('dueSentence', () => {
  it('says today and tomorrow on the county wall, whatever the zone of the device', () => {
    expect(dueSentence(t, at('2023-12-18T10:20:00'), now)).toBe('due.before:due.today:10:20')
    expect(dueSentence(t, at('2023-12-19T00:10:00'), now)).toBe('due.before:due.tomorrow:00:10')
  })

  it('gives midnight to the day that it ends', () => {
    expect(dueSentence(t, at('2023-12-26T00:00:00'), now)).toBe('due.before:12月25日 24:00')
    expect(dueSentence(t, at('2023-12-19T00:00:00'), now)).toBe('due.before:due.today:24:00')
  })

  it('says that it should have been done when it is late', () => {
    expect(dueSentence(t, at('2023-12-17T10:20:00'), now)).toBe('due.shouldHave:12月17日 10:20')
  })
})
