import { describe, expect, it } from '@jest/globals'
import { nextOfCron, parseCron } from './cron.ts'
import { parseDate, parseDueDate } from './date.ts'
import { addDuration, parseDuration } from './duration.ts'
import { dueOfDuration, nextOfCycle, parseRetryCycle, startOfCycle } from './timer.ts'
import { instantOf, localAt } from './zone.ts'

const at = (text: string): number => Date.parse(text)
const iso = (instant: number | null | undefined): string | null | undefined =>
  typeof instant === 'number' ? new Date(instant).toISOString() : instant

describe('time zones', () => {
  it('answers what clocks show in Shanghai and back', () => {
    const instant = at('2026-01-31T20:15:30.123Z')

    const local = localAt(instant, 'Asia/Shanghai')

    expect(local).toEqual({ year: 2026, month: 2, day: 1, hour: 4, minute: 15, second: 30, ms: 123 })
    expect(instantOf(local, 'Asia/Shanghai')).toBe(instant)
  })

  it('moves a skipped time forward and takes the earlier of a repeated one', () => {
    expect(iso(parseDate('2026-03-29T02:30:00', 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z')
    expect(iso(parseDate('2026-10-25T02:30:00', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z')
  })
})

describe('durations', () => {
  it.each([
    ['P1M', '2026-01-31T00:00:00Z', '2026-02-28T00:00:00.000Z'],
    ['P1Y', '2028-02-29T00:00:00Z', '2029-02-28T00:00:00.000Z'],
    ['P1000Y', '2026-01-01T00:00:00Z', '3026-01-01T00:00:00.000Z'],
    ['P2W', '2026-01-01T00:00:00Z', '2026-01-15T00:00:00.000Z'],
    ['PT1.5S', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01.500Z'],
    ['P2DT5H', '2026-01-01T00:00:00Z', '2026-01-03T05:00:00.000Z'],
  ])('adds %s to %s', (text, start, end) => {
    expect(iso(dueOfDuration(text, at(start), 'UTC'))).toBe(end)
  })

  it('counts a day by the calendar where clocks change', () => {
    const day = parseDuration('P1D')

    const next = day && addDuration(at('2026-03-28T12:00:00+01:00'), day, 'Europe/Berlin')

    expect(iso(next)).toBe('2026-03-29T10:00:00.000Z')
  })

  it.each(['P', 'PT', '', 'P1', '1D', 'P1DT', 'PT1D', 'hello'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('dates', () => {
  it('reads dates with and without time and offset', () => {
    expect(iso(parseDate('2036-11-14', 'UTC'))).toBe('2036-11-14T00:00:00.000Z')
    expect(iso(parseDate('2036-11-14T11:12:22', 'Asia/Shanghai'))).toBe('2036-11-14T03:12:22.000Z')
    expect(iso(parseDate('2036-11-14T11:12:22.5+0200', 'UTC'))).toBe('2036-11-14T09:12:22.500Z')
    expect(iso(parseDueDate('PT1H', at('2026-01-01T00:00:00Z'), 'UTC'))).toBe('2026-01-01T01:00:00.000Z')
  })

  it.each(['2036-02-30', '2036-13-01', '36-01-01', 'tomorrow', ''])('refuses %j', (text) => {
    expect(parseDate(text, 'UTC')).toBeUndefined()
  })
})

describe('cycles', () => {
  const now = at('2026-01-01T00:00:00Z')

  it('keeps the grid of its start and skips missed dates', () => {
    const start = startOfCycle('R3/PT10H', now, 'UTC')

    expect(start).toEqual({ due: at('2026-01-01T10:00:00Z'), repeat: 'R3/2026-01-01T00:00:00.000Z/PT10H' })
    expect(iso(nextOfCycle(start?.repeat ?? '', at('2026-01-01T10:00:05Z'), 'UTC'))).toBe('2026-01-01T20:00:00.000Z')
    expect(iso(nextOfCycle(start?.repeat ?? '', at('2026-01-01T25:00:00Z'.replace('25', '23')), 'UTC'))).toBe('2026-01-02T06:00:00.000Z')
    expect(nextOfCycle(start?.repeat ?? '', at('2026-01-02T07:00:00Z'), 'UTC')).toBeNull()
  })

  it('repeats for ever without a number and shifts by an offset', () => {
    expect(iso(nextOfCycle('R/2026-01-01T00:00:00Z/P1M', at('2030-05-20T00:00:00Z'), 'UTC'))).toBe('2030-06-01T00:00:00.000Z')
    expect(iso(nextOfCycle('R/2026-01-01T00:00:00Z/PT1H', at('2026-01-01T02:10:00Z'), 'UTC', 600_000))).toBe('2026-01-01T03:10:00.000Z')
  })

  it('counts backwards from an end', () => {
    expect(iso(nextOfCycle('R5/PT1H/2026-01-01T10:00:00Z', at('2026-01-01T07:30:00Z'), 'UTC'))).toBe('2026-01-01T08:00:00.000Z')
  })

  it('reads retry cycles', () => {
    expect(parseRetryCycle('R5/PT5M')).toEqual({ retries: 5, intervals: [{ months: 0, days: 0, ms: 300_000 }] })
    expect(parseRetryCycle('PT5M,PT10M')?.retries).toBe(3)
    expect(parseRetryCycle('often')).toBeUndefined()
  })
})

describe('cron', () => {
  it.each([
    ['0 0 3 1 1 ?', '2026-05-05T00:00:00Z', '2027-01-01T03:00:00.000Z'],
    ['0 0/5 * * * ?', '2026-05-05T10:03:10Z', '2026-05-05T10:05:00.000Z'],
    ['0 0 9 ? * MON-FRI', '2026-11-27T09:00:00Z', '2026-11-30T09:00:00.000Z'],
    ['0 0 9 L * ?', '2026-02-01T00:00:00Z', '2026-02-28T09:00:00.000Z'],
    ['0 0 9 ? * 6#3', '2026-11-01T00:00:00Z', '2026-11-21T09:00:00.000Z'],
    ['0 0 9 ? * 2', '2026-11-25T12:00:00Z', '2026-12-01T09:00:00.000Z'],
    ['0 0 9 ? * 0', '2026-11-25T12:00:00Z', '2026-11-29T09:00:00.000Z'],
    ['@daily', '2026-11-25T12:00:00Z', '2026-11-26T00:00:00.000Z'],
    ['0 0 9 15W * ?', '2026-08-01T00:00:00Z', '2026-08-14T09:00:00.000Z'],
    ['*/10 * * * * *', '2026-08-01T00:00:09Z', '2026-08-01T00:00:10.000Z'],
    ['0 0 0 29 2 ? 2028', '2026-08-01T00:00:09Z', '2028-02-29T00:00:00.000Z'],
  ])('%s after %s', (text, after, due) => {
    const cron = parseCron(text)

    expect(iso(cron && nextOfCron(cron, at(after), 'UTC'))).toBe(due)
  })

  it('answers null when no date follows and undefined for other texts', () => {
    expect(nextOfCycle('0 0 0 1 1 ? 2020', at('2026-01-01T00:00:00Z'), 'UTC')).toBeNull()
    expect(parseCron('0 0 * * *')).toBeUndefined()
    expect(parseCron('61 0 0 * * ?')).toBeUndefined()
  })
})
