import type { Need } from './env.ts'
import type { Failure } from './failure.ts'
import type { HistoryEvent } from './history-event.ts'
import type { EntityChange } from './projection-rows.ts'
import type { Family } from './state.ts'
import type { Variables } from './value.ts'

/**
 * What a step answers. `done`: the new family (without members that ended), index-row changes, history in order, and what the
 * runtime must do in the same transaction. `refused`: nothing has happened. `needs`: fetch these and run the same step again.
 */
export type StepResult =
  | {
      readonly kind: 'done'
      readonly family: Family
      /** Instances whose snapshot must be written (touched and not ended). */
      readonly touched: readonly string[]
      /** Members that ended: their snapshots are deleted. */
      readonly ended: readonly string[]
      readonly changes: readonly EntityChange[]
      readonly history: readonly HistoryEvent[]
      readonly effects: readonly Effect[]
    }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly failedActivityId: string | null }
  | { readonly kind: 'needs'; readonly needs: readonly Need[] }

/**
 * `signal`: deliver to subscriptions of other families and to signal start events, in the same transaction, after this step.
 * Receivers within the family are served by the step itself. `tenantId` null: only those without tenant; else that tenant's
 * and those without.
 * `end-sub-tasks`: a task has gone; those made by hand below it, of which no instance knows, end with it.
 */
export type Effect =
  | {
      readonly kind: 'signal'
      readonly name: string
      readonly tenantId: string | null
      readonly variables: Variables
      /** Of instances that it starts. */
      readonly businessKey: string | null
      readonly async: boolean
    }
  | { readonly kind: 'end-sub-tasks'; readonly taskId: string; readonly deleteReason: string }
