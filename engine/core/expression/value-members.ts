import { addDuration, type Duration } from '../time/duration.ts'
import { instantOf, type LocalTime, localAt } from '../time/zone.ts'
import type { Value } from '../value.ts'
import { nullValue } from '../value.ts'
import { boolean, double, integer, isWhole, long, text, toBoolean, toDouble, toInteger, toLong, toText } from './coerce.ts'
import { ExpressionError } from './failure.ts'
import { type MemberTable, type Method, method } from './member-table.ts'
import { type DateTimeOperand, type ListOperand, listOf, type MapOperand, type Operand } from './operand.ts'
import { orderOf, sameThing } from './operators.ts'
import { patternOf } from './pattern.ts'

type Text = Extract<Value, { t: 'String' }>
type Numeric = Extract<Value, { t: 'Short' | 'Integer' | 'Double' | 'Long' }>
type DateValue = Extract<Value, { t: 'Date' }>
type Truth = Extract<Value, { t: 'Boolean' }>

const string = (operand: Operand | undefined): string => {
  if (operand?.t !== 'String') throw new ExpressionError('wrong-type', 'a text is expected as argument')
  return operand.v
}
const index = (operand: Operand | undefined, length: number): number => {
  const at = toInteger(operand ?? nullValue)
  if (at < 0 || at > length) throw new ExpressionError('arithmetic', `index ${at} is out of range`)
  return at
}
const itself = <T extends Operand>(): Readonly<Record<'equals' | 'toString' | 'hashCode', Method<T>>> => ({
  equals: method(1, (target, [other]) => boolean(sameThing(target, other as Operand))),
  toString: method(0, (target, _args, { zone }) => text(toText(target, zone))),
  hashCode: method(0, (target, _args, { zone }) => integer(javaHash(target) ?? hashOf(toText(target, zone)))),
})
const javaHash = (target: Operand): number | undefined => {
  if (target.t === 'Integer' || target.t === 'Short') return target.v
  if (target.t === 'Long') return Number(BigInt.asIntN(32, target.v ^ (BigInt.asUintN(64, target.v) >> 32n)))
  return target.t === 'Boolean' ? (target.v ? 1231 : 1237) : undefined
}
const hashOf = (value: string): number => {
  let hash = 0
  for (let at = 0; at < value.length; at++) hash = (Math.imul(31, hash) + value.charCodeAt(at)) | 0
  return hash
}

/** As Java: the difference of the first characters that differ, else of the lengths. */
function compareTexts(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const textMembers: MemberTable<Text> = {
  methods: {
    ...itself<Text>(),
    length: method(0, ({ v }) => integer(v.length)),
    isEmpty: method(0, ({ v }) => boolean(v === '')),
    isBlank: method(0, ({ v }) => boolean(v.trim() === '')),
    toUpperCase: method(0, ({ v }) => text(v.toUpperCase())),
    toLowerCase: method(0, ({ v }) => text(v.toLowerCase())),
    trim: method(0, ({ v }) => text(v.trim())),
    strip: method(0, ({ v }) => text(v.trim())),
    concat: method(1, ({ v }, [other], { zone }) => text(v + toText(other as Operand, zone))),
    contains: method(1, ({ v }, [other]) => boolean(v.includes(string(other)))),
    startsWith: method([1, 2], ({ v }, [other, from]) => boolean(v.startsWith(string(other), from ? toInteger(from) : 0))),
    endsWith: method(1, ({ v }, [other]) => boolean(v.endsWith(string(other)))),
    indexOf: method([1, 2], ({ v }, [other, from]) => integer(v.indexOf(string(other), from ? toInteger(from) : 0))),
    lastIndexOf: method(1, ({ v }, [other]) => integer(v.lastIndexOf(string(other)))),
    substring: method([1, 2], ({ v }, [from, to]) => {
      const end = to ? index(to, v.length) : v.length
      return text(v.slice(index(from, end), end))
    }),
    charAt: method(1, ({ v }, [at]) => text(v.charAt(index(at, v.length - 1)))),
    replace: method(2, ({ v }, [what, by]) => text(v.replaceAll(string(what), () => string(by)))),
    replaceAll: method(2, ({ v }, [what, by]) => text(v.replace(patternOf(string(what), v, 'g'), () => string(by)))),
    replaceFirst: method(2, ({ v }, [what, by]) => text(v.replace(patternOf(string(what), v), () => string(by)))),
    split: method(1, ({ v }, [by]) => {
      const parts = v.split(patternOf(string(by), v))
      while (parts.length > 1 && parts.at(-1) === '') parts.pop() // Java drops empty texts at the end
      return listOf(parts.map(text))
    }),
    matches: method(1, ({ v }, [pattern]) => boolean(patternOf(string(pattern), v).exec(v)?.[0] === v)),
    repeat: method(1, ({ v }, [times]) => text(v.repeat(index(times, 10_000)))),
    equalsIgnoreCase: method(1, ({ v }, [other]) => boolean(other?.t === 'String' && v.toLowerCase() === other.v.toLowerCase())),
    compareTo: method(1, ({ v }, [other]) => integer(compareTexts(v, string(other)))),
    compareToIgnoreCase: method(1, ({ v }, [other]) => integer(compareTexts(v.toLowerCase(), string(other).toLowerCase()))),
    contentEquals: method(1, ({ v }, [other]) => boolean(v === string(other))),
    codePointAt: method(1, ({ v }, [at]) => integer(v.codePointAt(index(at, v.length - 1)) ?? 0)),
    subSequence: method(2, ({ v }, [from, to]) => text(v.slice(index(from, v.length), index(to, v.length)))),
    intern: method(0, (target) => target),
  },
  properties: {
    empty: ({ v }) => boolean(v === ''),
    blank: ({ v }) => boolean(v.trim() === ''),
    bytes: ({ v }) => listOf([...v].map((char) => integer(char.charCodeAt(0)))),
  },
}

export const numberMembers: MemberTable<Numeric> = {
  methods: {
    ...itself<Numeric>(),
    intValue: method(0, (n) => integer(Number(BigInt.asIntN(32, toLong(n))))),
    longValue: method(0, (n) => long(toLong(n))),
    doubleValue: method(0, (n) => double(toDouble(n))),
    shortValue: method(0, (n) => ({ t: 'Short', v: Number(BigInt.asIntN(16, toLong(n))) })),
    compareTo: method(1, (n, [other], { zone }) => integer(Math.sign(orderOf(n, other as Operand, zone)))),
    isNaN: method(0, (n) => boolean(!isWhole(n) && Number.isNaN(n.v))),
  },
  properties: {},
}

export const truthMembers: MemberTable<Truth> = {
  methods: { ...itself<Truth>(), booleanValue: method(0, (value) => boolean(toBoolean(value))) },
  properties: {},
}

const instant = (operand: Operand | undefined): number => {
  if (operand?.t !== 'Date' && operand?.t !== 'DateTime') throw new ExpressionError('wrong-type', 'a date is expected as argument')
  return operand.v
}

export const dateMembers: MemberTable<DateValue> = {
  methods: {
    ...itself<DateValue>(),
    after: method(1, ({ v }, [other]) => boolean(v > instant(other))),
    before: method(1, ({ v }, [other]) => boolean(v < instant(other))),
    compareTo: method(1, ({ v }, [other]) => integer(Math.sign(v - instant(other)))),
  },
  properties: {
    time: ({ v }) => long(BigInt(v)),
    // As java.util.Date counts: years from 1900, months and days of the week from 0.
    year: ({ v }, { zone }) => integer(localAt(v, zone).year - 1900),
    month: ({ v }, { zone }) => integer(localAt(v, zone).month - 1),
    date: ({ v }, { zone }) => integer(localAt(v, zone).day),
    day: ({ v }, { zone }) => integer(weekDay(localAt(v, zone)) % 7),
    hours: ({ v }, { zone }) => integer(localAt(v, zone).hour),
    minutes: ({ v }, { zone }) => integer(localAt(v, zone).minute),
    seconds: ({ v }, { zone }) => integer(localAt(v, zone).second),
  },
}

const dateTime = (v: number): DateTimeOperand => ({ t: 'DateTime', v })
const plus = (unit: (n: number) => Partial<Duration>, sign: number): Method<DateTimeOperand> =>
  method(1, ({ v }, [amount], { zone }) =>
    dateTime(addDuration(v, { months: 0, days: 0, ms: 0, ...unit(sign * toInteger(amount as Operand)) }, zone)),
  )
const withField = (change: (local: LocalTime, value: number) => Partial<LocalTime>): Method<DateTimeOperand> =>
  method(1, ({ v }, [value], { zone }) => {
    const local = localAt(v, zone)
    return dateTime(instantOf({ ...local, ...change(local, toInteger(value as Operand)) }, zone))
  })
const weekDay = ({ year, month, day }: LocalTime): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7

const UNITS: Readonly<Record<string, (n: number) => Partial<Duration>>> = {
  Years: (n) => ({ months: 12 * n }),
  Months: (n) => ({ months: n }),
  Weeks: (n) => ({ days: 7 * n }),
  Days: (n) => ({ days: n }),
  Hours: (n) => ({ ms: n * 3_600_000 }),
  Minutes: (n) => ({ ms: n * 60_000 }),
  Seconds: (n) => ({ ms: n * 1000 }),
  Millis: (n) => ({ ms: n }),
}
const moves = Object.fromEntries(
  Object.entries(UNITS).flatMap(([name, unit]) => [
    [`plus${name}`, plus(unit, 1)],
    [`minus${name}`, plus(unit, -1)],
  ]),
)

/** `dateTime()`: the part of Joda-Time that models use. */
export const dateTimeMembers: MemberTable<DateTimeOperand> = {
  methods: {
    ...itself<DateTimeOperand>(),
    ...moves,
    withYear: withField((_local, year) => ({ year })),
    withMonthOfYear: withField((_local, month) => ({ month })),
    withDayOfMonth: withField((_local, day) => ({ day })),
    withDayOfWeek: withField((local, day) => ({ day: local.day + day - weekDay(local) })),
    withHourOfDay: withField((_local, hour) => ({ hour })),
    withMinuteOfHour: withField((_local, minute) => ({ minute })),
    withSecondOfMinute: withField((_local, second) => ({ second })),
    withMillisOfSecond: withField((_local, ms) => ({ ms })),
    withTime: method(4, ({ v }, args, { zone }) => {
      const [hour = 0, minute = 0, second = 0, ms = 0] = args.map(toInteger)
      return dateTime(instantOf({ ...localAt(v, zone), hour, minute, second, ms }, zone))
    }),
    withTimeAtStartOfDay: method(0, ({ v }, _args, { zone }) =>
      dateTime(instantOf({ ...localAt(v, zone), hour: 0, minute: 0, second: 0, ms: 0 }, zone)),
    ),
    toDate: method(0, ({ v }) => ({ t: 'Date', v })),
    isBefore: method(1, ({ v }, [other]) => boolean(v < instant(other))),
    isAfter: method(1, ({ v }, [other]) => boolean(v > instant(other))),
    isEqual: method(1, ({ v }, [other]) => boolean(v === instant(other))),
  },
  properties: {
    millis: ({ v }) => long(BigInt(v)),
    year: ({ v }, { zone }) => integer(localAt(v, zone).year),
    monthOfYear: ({ v }, { zone }) => integer(localAt(v, zone).month),
    dayOfMonth: ({ v }, { zone }) => integer(localAt(v, zone).day),
    dayOfWeek: ({ v }, { zone }) => integer(weekDay(localAt(v, zone))),
    hourOfDay: ({ v }, { zone }) => integer(localAt(v, zone).hour),
    minuteOfHour: ({ v }, { zone }) => integer(localAt(v, zone).minute),
    secondOfMinute: ({ v }, { zone }) => integer(localAt(v, zone).second),
    millisOfSecond: ({ v }, { zone }) => integer(localAt(v, zone).ms),
    beforeNow: ({ v }, { now }) => boolean(v < now),
    afterNow: ({ v }, { now }) => boolean(v > now),
  },
}

/** Java lists, and the result of a decision (`getSingleResult`, `collectEntries`, …), which is a list of maps. */
export const listMembers: MemberTable<ListOperand> = {
  methods: {
    ...itself<ListOperand>(),
    size: method(0, ({ v }) => integer(v.length)),
    isEmpty: method(0, ({ v }) => boolean(v.length === 0)),
    get: method(1, ({ v }, [at]) => v[index(at, v.length - 1)] ?? nullValue),
    contains: method(1, ({ v }, [item]) => boolean(v.some((other) => sameThing(other, item as Operand)))),
    indexOf: method(1, ({ v }, [item]) => integer(v.findIndex((other) => sameThing(other, item as Operand)))),
    getFirstResult: method(0, ({ v }) => v[0] ?? nullValue),
    getSingleResult: method(0, (list) => single(list)),
    collectEntries: method(1, ({ v }, [name]) =>
      listOf(v.flatMap((entry) => (entry.t === 'Map' && entry.v.has(string(name)) ? [entry.v.get(string(name)) ?? nullValue] : []))),
    ),
    getResultList: method(0, (list) => list),
    getSingleEntry: method(0, (list) => {
      const result = single(list)
      return result.t === 'Map' ? singleEntry(result) : nullValue
    }),
  },
  properties: {
    empty: ({ v }) => boolean(v.length === 0),
    firstResult: ({ v }) => v[0] ?? nullValue,
    singleResult: (list) => single(list),
    resultList: (list) => list,
    singleEntry: (list) => {
      const result = single(list)
      return result.t === 'Map' ? singleEntry(result) : nullValue
    },
  },
}

function single({ v }: ListOperand): Operand {
  if (v.length > 1) throw new ExpressionError('wrong-type', `one result is expected, there are ${v.length}`)
  return v[0] ?? nullValue
}

function singleEntry({ v }: MapOperand): Operand {
  if (v.size > 1) throw new ExpressionError('wrong-type', `one entry is expected, there are ${[...v.keys()].join(', ')}`)
  return [...v.values()][0] ?? nullValue
}

export const mapMembers: MemberTable<MapOperand> = {
  methods: {
    ...itself<MapOperand>(),
    size: method(0, ({ v }) => integer(v.size)),
    isEmpty: method(0, ({ v }) => boolean(v.size === 0)),
    get: method(1, ({ v }, [key], { zone }) => v.get(toText(key as Operand, zone)) ?? nullValue),
    getEntry: method(1, ({ v }, [key]) => v.get(string(key)) ?? nullValue),
    getOrDefault: method(2, ({ v }, [key, otherwise], { zone }) => v.get(toText(key as Operand, zone)) ?? (otherwise as Operand)),
    containsKey: method(1, ({ v }, [key], { zone }) => boolean(v.has(toText(key as Operand, zone)))),
    containsValue: method(1, ({ v }, [item]) => boolean([...v.values()].some((other) => sameThing(other, item as Operand)))),
    keySet: method(0, ({ v }) => listOf([...v.keys()].map(text))),
    values: method(0, ({ v }) => listOf([...v.values()])),
    getFirstEntry: method(0, ({ v }) => [...v.values()][0] ?? nullValue),
    getSingleEntry: method(0, (map) => singleEntry(map)),
    getEntryMap: method(0, (map) => map),
  },
  properties: {},
}
