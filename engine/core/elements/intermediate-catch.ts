import { openTimer, waitFor } from '../flow/events.ts'
import { leave, leaveSignaled } from '../flow/lifecycle.ts'
import type { Node } from '../model/node.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Intermediate catch event (BPMN 2.0.2 §13.4.2): waits in a scope of its own; behind an event-based gateway it has happened already. */
export const intermediateCatch: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'intermediateCatch') return
    if (node.behavior.afterEventGateway) {
      leave(instance, token)
      return
    }
    waitFor(instance, token, node)
    openTimer(instance, instance.scopeOf(token), node)
  },
  // A condition may also be woken by what the step itself does.
  triggered: (instance, token, node) =>
    isConditional(node) && !instance.run.isFresh ? leave(instance, token) : leaveSignaled(instance, token),
}

const isConditional = ({ behavior }: Node): boolean => behavior.kind === 'intermediateCatch' && behavior.trigger.kind === 'conditional'
