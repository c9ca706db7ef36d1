import type { SqlValue, Tx } from '../../database/database.ts'
import type { Definition } from '../core/definition.ts'
import type { HistoryEvent } from '../core/history-event.ts'
import type { Family } from '../core/state.ts'
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
  /** Locks the roots' rows in the order of their ids and reads all members. Roots that do not exist are absent. */
  loadFamilies(tx: Tx, rootIds: readonly string[]): Promise<ReadonlyMap<string, Family>>
  /** Reads members without a lock. */
  readFamily(query: Query, rootId: string): Promise<Family | null>
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
