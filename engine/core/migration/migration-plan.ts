import type { Node } from '../model/node.ts'
import { behaviorName } from './behavior-name.ts'

/** Where the tokens on one activity go. One to one. */
export interface MigrationInstruction {
  readonly sourceActivityId: string
  readonly targetActivityId: string
  /** The event is waited for as the target says: its message, its due date; else as it was. */
  readonly updateEventTrigger: boolean
}

/** Whether tokens on such an activity can be migrated at all. */
export const isMigratable = (node: Node): boolean => isWaitingSupported(node) || node.async.before || node.async.after

/** Whether tokens that wait in such an activity can be; else only those that wait for their turn before or after it. */
export const isWaitingSupported = (node: Node): boolean => migratable.has(node.behavior.kind) || isEventSubprocessStart(node)

/** Whether nothing is kept for such an event while it waits: it is looked for only when it is thrown. */
export const isLookedUp = ({ behavior }: Node): boolean =>
  (behavior.kind === 'boundaryEvent' || behavior.kind === 'startEvent') &&
  !['message', 'signal', 'timer', 'compensate', 'conditional'].includes(behavior.trigger.kind)

const migratable = new Set<Node['behavior']['kind']>([
  'subprocess',
  'eventSubprocess',
  'multiInstanceBody',
  'userTask',
  'externalTask',
  'receiveTask',
  'callActivity',
  'boundaryEvent',
  'intermediateCatch',
  'eventGateway',
  'parallelGateway',
  'inclusiveGateway',
])

const isEventSubprocessStart = (node: Node): boolean =>
  node.behavior.kind === 'startEvent' && node.parent?.behavior.kind === 'eventSubprocess'

/** A trigger that is kept while it waits: a message, a signal, a timer, a condition, the timers of a task. */
export function hasTrigger(node: Node): boolean {
  const { behavior } = node
  if (behavior.kind === 'receiveTask') return behavior.message !== null
  if (behavior.kind === 'userTask') return behavior.task.listeners.some(({ timer }) => timer !== null)
  if (behavior.kind !== 'boundaryEvent' && behavior.kind !== 'startEvent' && behavior.kind !== 'intermediateCatch') return false
  return ['message', 'signal', 'timer', 'conditional'].includes(behavior.trigger.kind)
}

/** Where a node waits for its event: the activity of a boundary event, the scope around an event subprocess, or the node itself. */
export function eventScopeOf(node: Node): Node | null {
  if (node.eventScope) return node.eventScope
  const { kind } = node.behavior
  return kind === 'intermediateCatch' || ((kind === 'receiveTask' || kind === 'userTask') && hasTrigger(node)) ? node : null
}

/** Why a token on `source` cannot stand on `target`; none when it can. */
export function incompatibilities(source: Node, target: Node): string[] {
  const [from, to] = [behaviorName(source), behaviorName(target)]
  const reasons: string[] = []
  if (kindOf(from) !== kindOf(to)) reasons.push(`Activities have incompatible types (${from} is not compatible with ${to})`)
  if (isAttached(source) && isAttached(target) && source.activityType !== target.activityType)
    reasons.push(`Events are not of the same type (${source.activityType} != ${target.activityType})`)
  return reasons
}

/** An event subprocess that has begun is a subprocess like another. */
const kindOf = (name: string): string => (name === 'EventSubProcessActivityBehavior' ? 'SubProcessActivityBehavior' : name)

const isAttached = (node: Node): boolean => node.behavior.kind === 'boundaryEvent' || isEventSubprocessStart(node)

/** A condition is always looked at anew: it may be another one. */
export const isConditional = ({ behavior }: Node): boolean =>
  (behavior.kind === 'boundaryEvent' || behavior.kind === 'startEvent' || behavior.kind === 'intermediateCatch') &&
  behavior.trigger.kind === 'conditional'
