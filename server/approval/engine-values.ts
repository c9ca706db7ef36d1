import type { Value, Variables } from '../../engine/process-engine.ts'

/** A plain value as a variable of the engine: whole numbers are Integers. Dates are marked by `instant`. */
export function engineValue(value: unknown): Value {
  if (typeof value === 'string') return { t: 'String', v: value }
  if (typeof value === 'boolean') return { t: 'Boolean', v: value }
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? { t: 'Integer', v: value } : { t: 'Double', v: value }
  return { t: 'Null', v: null }
}

/** Epoch ms as a Date variable: what timers read. */
export const instant = (at: number): Value => ({ t: 'Date', v: at })

export function engineVariables(values: Readonly<Record<string, unknown>>): Variables {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, engineValue(value)]))
}

export function plainValue(value: Value | undefined): unknown {
  if (value === undefined) return undefined
  return typeof value.v === 'bigint' ? Number(value.v) : value.v
}
