import { waitFor } from '../flow/events.ts'
import { leaveSignaled } from '../flow/lifecycle.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Receive task (BPMN 2.0.2 §13.3.3): waits for its message, or without one for a client's signal. */
export const receiveTask: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind === 'receiveTask' && node.behavior.message)
      waitFor(instance, token, node, { kind: 'message', name: node.behavior.message })
  },
  triggered: (instance, token) => leaveSignaled(instance, token),
}
