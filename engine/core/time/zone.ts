/** A calendar moment without a zone. Months and days count from 1. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms: number
}

/** What clocks in `zone` show at the instant. `zone` is an IANA name or a fixed offset such as `+08:00`. */
export function localAt(instant: number, zone: string): LocalTime {
  const shifted = new Date(instant + offsetAt(instant, zone))
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ms: shifted.getUTCMilliseconds(),
  }
}

/**
 * The instant at which clocks in `zone` show `local`. A time that a clock skips moves forward by the gap; of a time that
 * occurs twice the earlier is meant. Fields may overflow (day 32), as in Date.UTC.
 */
export function instantOf(local: LocalTime, zone: string): number {
  const wall = utcOf(local)
  const before = offsetAt(wall - DAY, zone)
  const after = offsetAt(wall + DAY, zone)
  if (before === after) return wall - before
  const early = wall - before
  // The offset before the change still holds there: also the right answer within a gap, where `early` lies behind the change.
  if (offsetAt(early, zone) === before) return early
  const late = wall - after
  return offsetAt(late, zone) === after ? late : early
}

/** Milliseconds that clocks in `zone` are ahead of UTC at the instant. */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC' || zone === 'Z') return 0
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000
  const parts: Record<string, number> = {}
  for (const part of formatOf(zone).formatToParts(instant))
    if (part.type !== 'literal' && part.type !== 'era') parts[part.type] = Number(part.value)
  const wall = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second)
  return wall - Math.floor(instant / 1000) * 1000
}

const DAY = 86_400_000

function utcOf(local: LocalTime): number {
  // Set by field, because Date.UTC reads years below 100 as 19xx.
  const start = new Date(0)
  start.setUTCFullYear(local.year, local.month - 1, 1)
  return start.getTime() + (local.day - 1) * DAY + ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.ms
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}
