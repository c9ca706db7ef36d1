import { throwError } from '../flow/errors.ts'
import { evaluateText } from '../flow/evaluate.ts'
import { placeOf } from '../flow/place.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Error end event (BPMN 2.0.2 §13.4.6). */
export const errorEnd: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'errorEnd') return
    const place = placeOf(instance, token)
    throwError(instance, token, {
      code: evaluateText(place, node.behavior.code) ?? '',
      message: evaluateText(place, node.behavior.message),
    })
  },
}
