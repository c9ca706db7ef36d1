import { evaluateFeel, evaluateValue } from '../flow/evaluate.ts'
import { leave } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { setVariable } from '../flow/variables.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Service task with an expression, and script task in JUEL or FEEL: evaluates, keeps the result if asked to, goes on. */
export const expressionTask: ElementBehavior = {
  execute: (instance, token, node) => {
    const { behavior } = node
    const place = placeOf(instance, token)
    if (behavior.kind === 'scriptTask' && behavior.language === 'feel') {
      const value = evaluateFeel(place, behavior.script.text)
      if (behavior.resultVariable !== null) setVariable(place, behavior.resultVariable, value)
    } else if (behavior.kind === 'expressionTask' || behavior.kind === 'scriptTask') {
      const expression = behavior.kind === 'expressionTask' ? behavior.expression : behavior.script
      const result = evaluateValue(place, expression)
      // A script without a result leaves the variable as it is, an expression does not.
      const isKept = result.t !== 'Null' || behavior.kind === 'expressionTask'
      if (behavior.resultVariable !== null && isKept) setVariable(place, behavior.resultVariable, result)
    }
    // Conditions woken by what it has set come before it leaves.
    instance.run.pushFor(instance, token, () => leave(instance, token))
  },
}
