import { failure, Refusal } from '../failure.ts'
import type { Listener } from '../model/node.ts'
import { type Extras, evaluate } from './evaluate.ts'
import type { Moment } from './execution-host.ts'
import type { Place } from './place.ts'

export function runListeners(place: Place, listeners: readonly Listener[], moment: Moment, extras?: Extras): void {
  if (listeners.length === 0 || place.instance.run.skipListeners) return
  for (const listener of listeners) runListener(place, listener, moment, extras)
}

export function runListener(place: Place, listener: Listener, moment: Moment, extras?: Extras): void {
  if (listener.kind === 'handler') {
    throw new Refusal(failure('unsupported-handler', { activityId: place.token?.node ?? place.scope.node, handler: listener.name }))
  }
  evaluate(place, listener.expression, extras, moment)
}
