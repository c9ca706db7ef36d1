import { failure, Refusal } from '../failure.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** A Java class or delegate: refused at deployment; reached only in models that were let through. */
export const handlerTask: ElementBehavior = {
  execute: (_instance, _token, node) => {
    const handler = node.behavior.kind === 'handlerTask' ? node.behavior.handler : ''
    throw new Refusal(failure('unsupported-handler', { activityId: node.id, handler }))
  },
}
