import { interruptScope } from '../flow/cancel.ts'
import { endToken } from '../flow/lifecycle.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Terminate end event (BPMN 2.0.2 §13.4.6): ends the scope that it lies in, and only that. */
export const terminateEnd: ElementBehavior = {
  execute: (instance, token, node) => {
    interruptScope(instance, instance.scopeOf(token), node, token)
    endToken(instance, token)
  },
}
