import { dateAndTime, evaluate, FeelDate, FeelDateTime, FeelDuration, FeelTime, unaryTest } from 'feelin'
import type { Operand } from '../core/expression/index.ts'
import { lift, toJson } from '../core/expression/index.ts'
import { instantOf, localAt } from '../core/time/zone.ts'
import type { Value, Variables } from '../core/value.ts'

/** What FEEL's own functions of time answer. */
export interface FeelClock {
  readonly now: number
  readonly zone: string
}

export type FeelContext = Readonly<Record<string, unknown>>

/** Variables as FEEL sees them, with `now()` and `today()` by the engine's clock. */
export function contextOf(variables: Variables, clock: FeelClock): FeelContext {
  const context: Record<string, unknown> = {
    now: () => momentOf(clock.now, clock.zone),
    today: () => evaluate(`date("${isoOf(clock.now, clock.zone).slice(0, 10)}")`).value,
  }
  for (const [name, value] of Object.entries(variables)) context[name] = toFeel(value, clock.zone)
  return context
}

/** Evaluates an expression. Constants, the usual content of a table's cells, are read once and cost nothing afterwards. */
export function evaluateFeel(text: string, context: FeelContext): unknown {
  const constant = constantOf(text)
  return constant === undefined ? evaluate(text, context as Record<string, unknown>).value : constant.value
}

/** Whether a cell accepts `input`. Nothing but true accepts. */
export function testFeel(text: string, input: unknown, context: FeelContext): boolean {
  const test = simpleTestOf(text)
  if (test) return test(input)
  // What is not known neither holds nor fails to hold: its negation does not hold either.
  if (input === null && /^\s*not\s*\(.*(<|>|\.\.)/.test(text)) return false
  if (typeof input === 'boolean' && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text)) return evaluateFeel(text, context) === input
  const all = { ...context, '?': input }
  // A test that speaks of `?` is a Boolean expression. feelin would take its null for "equal to the null input".
  if (input === null && /\?/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return evaluate(text, all).value === true
  return unaryTest(text, all).value === true
}

const CACHE_SIZE = 10_000
const constants = new Map<string, { readonly value: unknown } | undefined>()
const tests = new Map<string, ((input: unknown) => boolean) | undefined>()

function remember<T>(cache: Map<string, T>, key: string, make: () => T): T {
  if (cache.has(key)) return cache.get(key) as T
  if (cache.size >= CACHE_SIZE) cache.clear()
  const made = make()
  cache.set(key, made)
  return made
}

/** The value of a number, text, Boolean or null; undefined for every other expression. */
function constantOf(text: string): { readonly value: unknown } | undefined {
  return remember(constants, text, () => {
    if (/^-?(\d+(\.\d+)?|\.\d+)$/.test(text)) return { value: Number(text) }
    if (/^"[^"\\]*"$/.test(text)) return { value: text.slice(1, -1) }
    if (text === 'true' || text === 'false') return { value: text === 'true' }
    return text === 'null' ? { value: null } : undefined
  })
}

/** Constants, comparisons with a number and lists of them: read once. feelin parses a text anew each time (190 µs). */
function simpleTestOf(text: string): ((input: unknown) => boolean) | undefined {
  return remember(tests, text, () => {
    const parts = text.match(/(?:"[^"\\]*"|[^,"])+/g)
    if (!parts || parts.join(',') !== text) return undefined
    const each = parts.map((part) => atomOf(part.trim()))
    return each.every((test) => test !== undefined) ? (input) => each.some((test) => test?.(input)) : undefined
  })
}

function atomOf(text: string): ((input: unknown) => boolean) | undefined {
  const constant = constantOf(text)
  if (constant) return (input) => input === constant.value
  const match = /^(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$/.exec(text)
  if (!match) return undefined
  const bound = Number(match[2])
  switch (match[1]) {
    case '<':
      return (input) => typeof input === 'number' && input < bound
    case '>':
      return (input) => typeof input === 'number' && input > bound
    case '<=':
      return (input) => typeof input === 'number' && input <= bound
    default:
      return (input) => typeof input === 'number' && input >= bound
  }
}

export function toFeel(operand: Operand, zone: string): unknown {
  const value = lift(operand)
  switch (value.t) {
    case 'Null':
      return null
    case 'Long':
      return Number(value.v)
    case 'Date':
    case 'DateTime':
      return momentOf(value.v, zone)
    case 'List':
      return value.v.map((item) => toFeel(item, zone))
    case 'Map':
      return Object.fromEntries([...value.v].map(([key, item]) => [key, toFeel(item, zone)]))
    case 'Host':
      return null
    default:
      return value.v
  }
}

/** The value of a result whose column has no type: whole numbers are Long, others Double. */
export function ofFeel(result: unknown, zone: string): Value {
  if (result === null || result === undefined) return { t: 'Null', v: null }
  if (typeof result === 'string') return { t: 'String', v: result }
  if (typeof result === 'boolean') return { t: 'Boolean', v: result }
  if (typeof result === 'number' && Number.isFinite(result) && !Number.isInteger(result)) return { t: 'Double', v: decimalOf(result) }
  if (typeof result === 'number') return Number.isInteger(result) ? { t: 'Long', v: BigInt(result) } : { t: 'Double', v: result }
  const instant = instantOfFeel(result, zone)
  if (instant !== undefined) return { t: 'Date', v: instant }
  if (result instanceof FeelDuration || result instanceof FeelTime) return { t: 'String', v: result.toString() }
  // A name that is no variable may be that of a built-in function (`sum`): as a value it is nothing.
  if (!Array.isArray(result) && Object.getPrototypeOf(result) !== Object.prototype) return { t: 'Null', v: null }
  return {
    t: 'Object',
    v: jsonOf(result, zone),
    info: {
      objectTypeName: Array.isArray(result) ? 'java.util.ArrayList' : 'java.util.LinkedHashMap',
      serializationDataFormat: 'application/json',
    },
  }
}

/** FEEL counts in decimals: 0.1 + 0.2 is 0.3. */
function decimalOf(result: number): number {
  const rounded = Number(result.toPrecision(15))
  return String(rounded).length <= 13 ? rounded : result
}

/** Epoch ms of a FEEL date or date and time; one without a zone lies in `zone`. */
export function instantOfFeel(result: unknown, zone: string): number | undefined {
  if (!(result instanceof FeelDate) && !(result instanceof FeelDateTime)) return undefined
  const clock = result instanceof FeelDateTime ? result : { hour: 0, minute: 0, second: 0 }
  const local = {
    year: result.year,
    month: result.month,
    day: result.day,
    hour: clock.hour,
    minute: clock.minute,
    second: Math.floor(clock.second),
    ms: 0,
  }
  const fraction = /\.(\d{1,3})/.exec(result.toString())?.[1] ?? '0'
  return instantOf({ ...local, ms: Number(fraction.padEnd(3, '0')) }, (result instanceof FeelDateTime && result.timezone) || zone)
}

function jsonOf(result: unknown, zone: string): string {
  if (Array.isArray(result)) return `[${result.map((item) => jsonOf(item, zone)).join(',')}]`
  if (typeof result === 'object' && result !== null && Object.getPrototypeOf(result) === Object.prototype)
    return `{${Object.entries(result)
      .map(([key, item]) => `${JSON.stringify(key)}:${jsonOf(item, zone)}`)
      .join(',')}}`
  return toJson(ofFeel(result, zone))
}

const momentOf = (instant: number, zone: string): unknown => dateAndTime(isoOf(instant, zone))

function isoOf(instant: number, zone: string): string {
  const { year, month, day, hour, minute, second, ms } = localAt(instant, zone)
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0')
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}${ms ? `.${pad(ms, 3)}` : ''}`
}
