import { throwEscalation } from '../flow/errors.ts'
import { evaluateText } from '../flow/evaluate.ts'
import { leave } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Escalation throw and end event: uncaught it is ignored, and only an interrupting catcher stops the thrower. */
export const escalationThrow: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'escalationThrow') return
    const code = evaluateText(placeOf(instance, token), node.behavior.code) ?? ''
    if (throwEscalation(instance, token, code) !== 'interrupted') leave(instance, token)
  },
}
