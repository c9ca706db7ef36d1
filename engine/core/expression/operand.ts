import type { Value } from '../value.ts'
import type { Host } from './host.ts'

/**
 * What an expression computes with: a variable's value, or one of the things that exist only while it runs.
 * Lists and maps come from `Object` values holding JSON, from host objects and from methods; they become `Object` values when stored.
 */
export type Operand = Value | ListOperand | MapOperand | DateTimeOperand | HostOperand

export interface ListOperand {
  readonly t: 'List'
  readonly v: readonly Operand[]
}

export interface MapOperand {
  readonly t: 'Map'
  readonly v: ReadonlyMap<string, Operand>
}

/** A moment with calendar arithmetic, as `dateTime()` gives it. Epoch ms. */
export interface DateTimeOperand {
  readonly t: 'DateTime'
  readonly v: number
}

export interface HostOperand {
  readonly t: 'Host'
  readonly v: Host
}

export const listOf = (v: readonly Operand[]): ListOperand => ({ t: 'List', v })
export const mapOf = (v: ReadonlyMap<string, Operand>): MapOperand => ({ t: 'Map', v })
export const hostOf = (v: Host): HostOperand => ({ t: 'Host', v })
