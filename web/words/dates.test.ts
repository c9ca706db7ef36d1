import { describe, expect, it } from '@jest/globals'
import { day, dayAndTime, daysBetween, shortDay } from './dates.ts'

const at = (time: string) => Date.parse(`${time}+08:00`)

describe('dates', () => {
  it('are written as the notices write them, on the county wall', () => {
    expect(day(at('2023-11-05T00:05:00'))).toBe('2023年11月5日')
    expect(dayAndTime(at('2023-11-22T08:30:00'))).toBe('2023年11月22日 08:30')
    expect(shortDay(Date.parse('2023-12-31T16:00:00Z'))).toBe('1月1日')
  })

  it('counts calendar days, not spans of 24 hours', () => {
    expect(daysBetween(at('2023-12-18T23:59:00'), at('2023-12-19T00:01:00'))).toBe(1)
    expect(daysBetween(at('2023-12-18T00:01:00'), at('2023-12-18T23:59:00'))).toBe(0)
  })
})
