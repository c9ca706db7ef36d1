import type { Command } from './command.ts'
import type { Env, Models } from './env.ts'
import { InvariantError } from './failure.ts'
import type { Family } from './state.ts'
import type { StepResult } from './step-result.ts'

/**
 * The engine: one command on one family, a pure function. `family` null: a start.
 */
export function step(_models: Models, _family: Family | null, command: Command, _env: Env): StepResult {
  throw new InvariantError(`not yet: ${command.kind}`)
}
