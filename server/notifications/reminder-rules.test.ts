import { describe, expect, it } from '@jest/globals'
import { dueReminder, HAZARD_OFFSETS, lastDayOf } from './reminder-rules.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const remind = (openedAt: string, now: string, lastDay = '2023-12-31') =>
  dueReminder(lastDay, HAZARD_OFFSETS, at(openedAt), at(now))?.rule ?? null

describe('dueReminder', () => {
  it.each([
    ['2023-12-16T08:29', null],
    ['2023-12-16T08:30', 'D-15'],
    ['2023-12-20T12:00', 'D-15'],
    ['2023-12-24T08:30', 'D-7'],
    ['2023-12-30T08:30', 'D-1'],
    ['2023-12-31T23:59', 'D-1'],
    ['2024-01-01T00:00', null],
  ])('at %s is %s for a hazard due on the last day of the year', (now, rule) => {
    expect(remind('2023-11-24T10:00', now)).toBe(rule)
  })

  it('is nothing when it was due before the seat opened, D-1 excepted', () => {
    expect(remind('2023-12-18T09:00', '2023-12-18T10:00')).toBeNull()
    expect(remind('2023-12-18T09:00', '2023-12-24T09:00')).toBe('D-7')
    expect(remind('2023-12-31T09:00', '2023-12-31T09:01')).toBe('D-1')
  })

  it('counts to the day before 00:00 of the deadline', () => {
    expect(lastDayOf(at('2024-01-01T00:00'))).toBe('2023-12-31')
  })
})
