import { throwError } from '../flow/errors.ts'
import { runHandler } from '../flow/handlers.ts'
import { leave } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import { BpmnError } from '../handler.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Service task whose work a registered handler does within the step (`camunda:class`, `camunda:delegateExpression`). */
export const handlerTask: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'handlerTask') return
    try {
      runHandler(placeOf(instance, token), node.behavior.handler)
    } catch (error) {
      if (!(error instanceof BpmnError)) throw error
      throwError(instance, token, { code: error.code, message: error.message })
      return
    }
    instance.run.pushFor(instance, token, () => leave(instance, token))
  },
}
