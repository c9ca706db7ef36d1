import { failure, Refusal } from '../failure.ts'
import { BpmnError } from '../handler.ts'
import type { Listener } from '../model/node.ts'
import { type Extras, evaluate } from './evaluate.ts'
import type { Moment } from './execution-host.ts'
import { runHandler } from './handlers.ts'
import type { Place } from './place.ts'

export function runListeners(place: Place, listeners: readonly Listener[], moment: Moment, extras?: Extras): void {
  if (listeners.length === 0 || place.instance.run.skipListeners) return
  for (const listener of listeners) runListener(place, listener, moment, extras)
}

export function runListener(place: Place, listener: Listener, moment: Moment, extras?: Extras): void {
  if (listener.kind === 'expression') {
    evaluate(place, listener.expression, extras, moment)
    return
  }
  try {
    runHandler(place, listener.handler, moment, extras)
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error
    // A listener stands between two moments of an activity: its errors go to whoever gave the command.
    const activityId = place.token?.node ?? place.scope.node
    throw new Refusal(failure('unhandled-error', { errorCode: error.code, activityId }))
  }
}
