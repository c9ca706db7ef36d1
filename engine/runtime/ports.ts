import type { SqlValue, Tx } from '../../database/database.ts'
import type { Definition } from '../core/definition.ts'
import type { HistoryEvent } from '../core/history-event.ts'
import type { Family, Instance } from '../core/state.ts'
import type { StepResult } from '../core/step-result.ts'

/** What a command that went through has changed. */
export type Done = Extract<StepResult, { kind: 'done' }>

/** Where something that a command names lives. An instance belongs to one root for ever, so this never changes. */
export interface Place {
  readonly rootId: string
  readonly instanceId: string
}

export type LocatedKind = 'instance' | 'task' | 'job' | 'externalTask' | 'execution' | 'subscription' | 'incident'

/** What the runtime needs of the tables. `engine/store` implements it. */
export interface EngineStore {
  /** Locks the rows of all members in the order of their ids, and reads them. Families of which nothing is left are absent. */
  loadFamilies(tx: Tx, rootIds: readonly string[]): Promise<ReadonlyMap<string, Family>>
  /**
   * The same for some members, those that called them, and the root, whose lock stands for the whole family: what a command costs
   * does not grow with it. Where the root has ended and left members behind, the whole family.
   */
  loadMembers(tx: Tx, places: readonly Place[]): Promise<ReadonlyMap<string, Family>>
  /** Reads one instance without a lock. */
  readInstance(query: Query, instanceId: string): Promise<Instance | null>
  /** Ids that do not exist are absent. */
  locate(query: Query, kind: LocatedKind, ids: readonly string[]): Promise<ReadonlyMap<string, Place>>
  writes(): FamilyWrites
  /** Whether the history level keeps this; `detail`: each change of a variable. */
  keepsHistory(what: HistoryEvent['kind'] | 'detail'): boolean
}

export type Query = <Row>(sql: string, params?: readonly SqlValue[]) => Promise<Row[]>

/** The writes of commands, collected. */
export interface FamilyWrites {
  readonly isEmpty: boolean
  add(before: Family | null, done: Done, context: WriteContext): void
  /** Hands everything to the transaction. */
  flush(tx: Tx): void
}

export interface WriteContext {
  definition(id: string): Definition
  newId(): string
}
