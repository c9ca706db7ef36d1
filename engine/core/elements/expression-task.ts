import { evaluate, evaluateValue } from '../flow/evaluate.ts'
import { leave } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { setVariable } from '../flow/variables.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Service task with an expression, and script task in JUEL: evaluates, keeps the result if asked to, goes on. */
export const expressionTask: ElementBehavior = {
  execute: (instance, token, node) => {
    const { behavior } = node
    const place = placeOf(instance, token)
    const expression = behavior.kind === 'expressionTask' ? behavior.expression : behavior.kind === 'scriptTask' ? behavior.script : null
    if (expression && 'resultVariable' in behavior) {
      if (behavior.resultVariable !== null) setVariable(place, behavior.resultVariable, evaluateValue(place, expression))
      else evaluate(place, expression)
    }
    // Conditions woken by what it has set come before it leaves.
    instance.run.pushFor(instance, token, () => leave(instance, token))
  },
}
