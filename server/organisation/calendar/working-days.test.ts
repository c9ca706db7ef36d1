import { describe, expect, it } from '@jest/globals'
import { addDays, dayOf, dayStart, timeOf } from './county-day.ts'
import { nationalCalendar } from './working-days.ts'

describe('nationalCalendar', () => {
  it.each([
    ['2023-11-20', true, 'a Monday'],
    ['2023-11-25', false, 'a Saturday'],
    ['2023-10-07', true, 'a Saturday that makes up for a holiday'],
    ['2024-01-01', false, 'New Year'],
    ['2024-02-16', false, 'a Friday of the spring festival'],
    ['2024-02-18', true, 'a Sunday that makes up'],
    ['2025-10-08', false, 'the last day of October’s holiday'],
    ['2026-02-28', true, 'a Saturday that makes up'],
  ])('%s is worked: %s (%s)', (day, worked) => {
    expect(nationalCalendar.isWorkingDay(day)).toBe(worked)
  })

  it.each([
    ['2023', 249],
    ['2024', 251],
    ['2025', 248],
    ['2026', 248],
  ])('gives the working days of %s', (year, count) => {
    let worked = 0
    for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) if (nationalCalendar.isWorkingDay(day)) worked += 1
    expect(worked).toBe(count)
  })

  it('ends a deadline at 24:00 of the last working day', () => {
    const friday = Date.parse('2023-11-24T16:00:00+08:00')

    expect(nationalCalendar.dueAfter(friday, 1)).toBe(dayStart('2023-11-28'))
    expect(nationalCalendar.dueAfter(Date.parse('2023-12-29T10:00:00+08:00'), 2)).toBe(dayStart('2024-01-04'))
  })
})

describe('county days', () => {
  it('cuts instants by the county’s midnight', () => {
    expect(dayOf(Date.parse('2023-11-25T16:30:00Z'))).toBe('2023-11-26')
    expect(timeOf(Date.parse('2023-11-25T16:30:00Z'))).toBe('00:30')
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  })
})
