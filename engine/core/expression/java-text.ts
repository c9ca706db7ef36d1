import { localAt, offsetAt } from '../time/zone.ts'

/** A double as Java writes it: `1.0`, `0.001`, `1.0E7`, `1.5E-5`. */
export function textOfDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value)
    return text.includes('.') ? text : `${text}.0`
  }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

/** A date as java.util.Date prints it: `Wed Nov 25 13:31:46 UTC 2026`. */
export function textOfDate(instant: number, zone: string): string {
  const { year, month, day, hour, minute, second } = localAt(instant, zone)
  const weekDay = DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  return `${weekDay} ${MONTHS[month - 1]} ${two(day)} ${two(hour)}:${two(minute)}:${two(second)} ${zone === 'UTC' ? 'UTC' : `GMT${offsetText(instant, zone)}`} ${year}`
}

/** A moment as Joda-Time prints it: `2026-11-25T13:31:46.000Z`. */
export function textOfDateTime(instant: number, zone: string): string {
  const { year, month, day, hour, minute, second, ms } = localAt(instant, zone)
  const offset = offsetAt(instant, zone) === 0 ? 'Z' : offsetText(instant, zone)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${String(ms).padStart(3, '0')}${offset}`
}

function offsetText(instant: number, zone: string): string {
  const minutes = Math.round(offsetAt(instant, zone) / 60_000)
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
