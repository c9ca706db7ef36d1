import type { SqlValue } from '../../../database/database.ts'
import type { ThingKind } from '../access/thing.ts'
import { type Body, bodyOf, type Call, param } from '../http/call.ts'

/** One property that an operation changed. */
export interface Property {
  readonly name: string | null
  readonly to: unknown
  /** What it was before. */
  readonly from?: unknown
  /** Of another entity than the operation's. */
  readonly entity?: string
}

export type Row = Readonly<Record<string, SqlValue>>

/** A thing where an entry's context is looked up; a key is a process definition's. */
export type Where = { readonly kind: ThingKind; readonly id: string } | { readonly key: string }

/** What is known once an operation is done. */
export interface Outcome {
  readonly call: Call
  readonly body: Body
  /** The row that `before` names, as it was before. */
  readonly before: Row
  /** The same row now; empty when it has gone. */
  readonly after: () => Promise<Row>
  /** What was answered, if that is an object. */
  readonly answer: Body
}

/** How an operation of the API appears in the user operation log: Camunda's words. */
export interface Logged {
  readonly entity: string
  readonly type: string | ((call: Call) => string)
  readonly category: 'TaskWorker' | 'Operator' | 'Admin'
  /** What the path's `:id` is; or where else the operation takes place. */
  readonly on?: ThingKind | ((call: Call) => Where | null)
  /** Where it took place, when only the answer says. */
  readonly made?: (answer: Body) => Where | null
  /** A row to compare with: its table, its key, what of the call names it (a parameter of the path), the columns. */
  readonly before?: readonly [table: string, key: string, id: string | ((call: Call) => string | null), columns: readonly string[]]
  readonly properties: (outcome: Outcome) => readonly Property[] | Promise<readonly Property[]>
}

export const property = (name: string | null, to: unknown = null, from: unknown = null): Property => ({ name, to, from })
export const always =
  (...properties: readonly Property[]) =>
  (): readonly Property[] =>
    properties
/** An operation of which the log says that it took place, nothing else. */
export const nothingElse = always(property(null))
export const byParameter =
  (name: string, parameter: string) =>
  ({ call }: Outcome): readonly Property[] => [property(name, param(call, parameter))]

export const suspension = (active: string, suspended: string) => (call: Call) => (bodyOf(call).suspended === true ? suspended : active)
export const suspensionState = ({ body }: Outcome): readonly Property[] => [
  property('suspensionState', body.suspended === true ? 'suspended' : 'active'),
]

/** Members of a row that the operation has changed, under the log's own names. */
export const changesOf =
  (names: Readonly<Record<string, string>>, born: Row = {}) =>
  async ({ before, after }: Outcome): Promise<readonly Property[]> => {
    const [was, now] = [{ ...born, ...before }, await after()]
    return Object.entries(names).flatMap(([column, name]) =>
      column in now && now[column] !== (was[column] ?? null) ? [property(name, now[column], was[column])] : [],
    )
  }

/** One member of a row, also when it stays as it was. */
export const changeOf =
  (column: string, name: string) =>
  async ({ before, after }: Outcome): Promise<readonly Property[]> => [property(name, (await after())[column] ?? null, before[column])]
