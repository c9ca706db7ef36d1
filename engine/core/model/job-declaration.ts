import type { Expression } from '../expression/ast.ts'
import type { JobHandler } from '../state.ts'

/** What becomes a job definition at deployment. */
export interface JobDeclaration {
  /** Unique within the process: `activityId` and handler, and for asynchronous continuations before or after. */
  readonly key: string
  readonly activityId: string
  readonly handler: JobHandler | 'timer-start-event'
  /** Camunda's `jobConfiguration`: `async-before`, `async-after`, `CYCLE: …`, `DURATION: …`, `DATE: …`. */
  readonly configuration: string
  readonly timer: Timer | null
  readonly priority: Expression | null
}

export interface Timer {
  readonly kind: 'date' | 'duration' | 'cycle'
  readonly text: Expression
}
