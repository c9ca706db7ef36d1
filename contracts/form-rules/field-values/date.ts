import { type FieldValue, isBlank, typeFinding } from './field-value.ts'

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d$/

/** A real day of the calendar between 1990 and 2100, as `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  const match = DATE.exec(value)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0)
}

/** A minute of the county's local time, as `YYYY-MM-DDTHH:mm`. */
export function isMinute(value: string): boolean {
  const match = TIME.exec(value)
  return match !== null && isDay(match[1] ?? '')
}

/** 2023年12月31日 */
export function dayInWords(value: unknown): string {
  const match = typeof value === 'string' ? DATE.exec(value.slice(0, 10)) : null
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : ''
}

export const date: FieldValue = {
  type: 'Date',
  valueTypes: ['string'],
  isEmpty: isBlank,
  requiredMessage: ({ title }) => `请选择${title}`,
  check: (value, scope) => (typeof value === 'string' && isDay(value) ? [] : typeFinding(scope, '选择日期')),
  toText: dayInWords,
}

export const dateTime: FieldValue = {
  ...date,
  type: 'DateTime',
  check: (value, scope) => (typeof value === 'string' && isMinute(value) ? [] : typeFinding(scope, '选择日期和时间')),
  toText: (value) => (typeof value === 'string' && isMinute(value) ? `${dayInWords(value)} ${value.slice(11)}` : ''),
}
