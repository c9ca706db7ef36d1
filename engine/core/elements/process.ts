import { InvariantError } from '../failure.ts'
import { completeInstance } from '../flow/instances.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** The process itself: with its last token the instance completes. */
export const process: ElementBehavior = {
  execute: () => {
    throw new InvariantError('a process is started, not executed')
  },
  completed: (instance) => completeInstance(instance),
}
