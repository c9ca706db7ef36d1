import type { Value, Variables } from '../core/value.ts'
import type { DecisionAnswer } from './failure.ts'
import { contextOf, evaluateFeel as evaluate, type FeelClock, ofFeel } from './feel.ts'

/** Evaluates a FEEL expression over variables, by the engine's clock. Missing variables are null, as FEEL has it. */
export function evaluateFeel(expression: string, variables: Variables, clock: FeelClock): DecisionAnswer<Value> {
  try {
    return { ok: true, value: ofFeel(evaluate(expression, contextOf(variables, clock)), clock.zone) }
  } catch (error) {
    // feelin throws on a text that it cannot read
    const message = `FEEL '${expression}': ${error instanceof Error ? error.message : String(error)}`
    return { ok: false, failure: { code: 'output-failed', message, decisionId: null, rule: null } }
  }
}
