import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import { handOverCompensation } from '../flow/compensation.ts'
import { enter, leave } from '../flow/lifecycle.ts'
import type { Node } from '../model/node.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Embedded subprocess, transaction, event subprocess (BPMN 2.0.2 §13.2.4, §13.4.4): the token inside goes to the start event. */
export const subprocess: ElementBehavior = {
  execute: (instance: InstanceDraft, token: TokenDraft, node: Node) => {
    const { behavior } = node
    const start = behavior.kind === 'subprocess' || behavior.kind === 'eventSubprocess' ? behavior.start : null
    if (!start) return leave(instance, token)
    token.activityInstanceId = null
    enter(instance, token, start)
  },
  completed: (instance, scope, token) => {
    const node = instance.node(scope.node)
    // What compensates is not compensated.
    if (!isCompensation(node)) handOverCompensation(instance, scope, node)
    leave(instance, token)
  },
}

const isCompensation = ({ behavior }: Node): boolean =>
  behavior.kind === 'eventSubprocess' &&
  behavior.start.behavior.kind === 'startEvent' &&
  behavior.start.behavior.trigger.kind === 'compensate'
