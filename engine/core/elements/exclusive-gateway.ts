import { failure, Refusal } from '../failure.ts'
import { holds } from '../flow/evaluate.ts'
import { leaveBy } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Exclusive gateway (BPMN 2.0.2 §13.3.2): the first flow in document order that holds; else the default flow. */
export const exclusiveGateway: ElementBehavior = {
  execute: (instance, token, node) => {
    const place = placeOf(instance, token)
    const chosen =
      node.outgoing.find((flow) => flow !== node.defaultFlow && (!flow.condition || holds(place, flow.condition))) ?? node.defaultFlow
    if (!chosen)
      throw new Refusal(
        failure(
          'no-outgoing-flow',
          { activityId: node.id },
          `no outgoing sequence flow of the exclusive gateway '${node.id}' could be selected`,
        ),
      )
    leaveBy(instance, token, [chosen])
  },
}
