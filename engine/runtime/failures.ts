import type { Failure } from '../core/failure.ts'
import { EngineError } from '../process-engine.ts'

/** A refusal of the core as the port throws it. */
export class CommandRefused extends EngineError {
  /** The activity whose work failed, when that is not the command's own. */
  readonly failedActivityId: string | null
  constructor(failure: Failure, failedActivityId: string | null = null) {
    super(failure.code, failure.message, failure.data as Readonly<Record<string, unknown>>)
    this.failedActivityId = failedActivityId
  }
}
