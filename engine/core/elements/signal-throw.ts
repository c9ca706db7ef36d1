import { mappedVariables } from '../flow/call-mappings.ts'
import { evaluateText } from '../flow/evaluate.ts'
import { eventName } from '../flow/events.ts'
import { leave } from '../flow/lifecycle.ts'
import { type Place, placeOf } from '../flow/place.ts'
import { broadcastSignal } from '../flow/signals.ts'
import type { VariableMapping } from '../model/node.ts'
import type { ElementBehavior } from './element-behavior.ts'

const businessKeyOf = (place: Place, inputs: readonly VariableMapping[]): string | null =>
  evaluateText(place, inputs.find((mapping) => mapping.kind === 'businessKey')?.sourceExpression ?? null)

/** Signal throw and end event: receivers of the family at once, all others by an effect of the same transaction. */
export const signalThrow: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'signalThrow') return
    const { name, inputs, async } = node.behavior
    const place = placeOf(instance, token)
    broadcastSignal(instance, eventName(place, name), mappedVariables(place, inputs), async, businessKeyOf(place, inputs))
    // Its own signal may have cancelled it.
    if (instance.isAlive(token)) leave(instance, token)
  },
}
