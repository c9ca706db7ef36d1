import { toWireDate } from '../../wire/date-time.ts'
import type { Schema } from './kind.ts'

export type Raw = Readonly<Record<string, unknown>>

/** A member of the answer: from which column it comes and how it is written. */
export interface Field {
  readonly column: string | null
  readonly schema: Schema
  readonly write: (raw: unknown) => unknown
}

const field = (column: string | null, schema: Schema, write: Field['write']): Field => ({ column, schema, write })

export const textField = (column: string): Field => field(column, { type: 'string' }, (raw) => raw ?? null)
export const numberField = (column: string): Field =>
  field(column, { type: 'integer' }, (raw) => (raw === null || raw === undefined ? null : Number(raw)))
export const booleanField = (column: string): Field => field(column, { type: 'boolean' }, (raw) => Boolean(raw))
export const dateField = (column: string): Field =>
  field(column, { type: 'string', format: 'date-time' }, (raw) => (raw === null || raw === undefined ? null : toWireDate(Number(raw))))
export const constantField = (value: unknown): Field => field(null, {}, () => value)
/** A column whose text is turned into something else. */
export const mappedField = (column: string, schema: Schema, write: (raw: unknown) => unknown): Field => field(column, schema, write)
