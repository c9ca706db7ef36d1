import { openTimer, waitFor } from '../flow/events.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Event-based gateway (BPMN 2.0.2 §13.3.4): waits for all events behind it on one execution; the first one cancels it. */
export const eventGateway: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'eventGateway') return
    for (const event of node.behavior.events) {
      waitFor(instance, token, event)
      openTimer(instance, instance.scopeOf(token), event)
    }
  },
}
