import type { Node } from '../model/node.ts'

/** Where the tokens on one activity go. One to one. */
export interface MigrationInstruction {
  readonly sourceActivityId: string
  readonly targetActivityId: string
  /** The event is waited for as the target says: its message, its due date; else as it was. */
  readonly updateEventTrigger: boolean
}

/** Whether tokens on such an activity can be migrated at all. */
export function isMigratable(node: Node): boolean {
  return migratable.has(node.behavior.kind) || node.async.before || node.async.after || isEventSubprocessStart(node)
}

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

export const isEvent = (node: Node): boolean =>
  node.behavior.kind === 'boundaryEvent' || node.behavior.kind === 'intermediateCatch' || node.behavior.kind === 'startEvent'

/** A trigger that is kept while it waits: a message, a signal, a timer, a condition. */
export function hasTrigger(node: Node): boolean {
  const { behavior } = node
  if (behavior.kind === 'receiveTask') return behavior.message !== null
  if (behavior.kind !== 'boundaryEvent' && behavior.kind !== 'startEvent' && behavior.kind !== 'intermediateCatch') return false
  return ['message', 'signal', 'timer', 'conditional'].includes(behavior.trigger.kind)
}

/** Why a token on `source` cannot stand on `target`; null when it can. */
export function incompatibility(source: Node, target: Node): string | null {
  if (isEvent(source) && isEvent(target)) {
    return source.activityType === target.activityType
      ? null
      : `Events are not of the same type (${source.activityType} != ${target.activityType})`
  }
  if (family(source) === family(target)) return null
  return `Activities have incompatible types (${family(source)} is not compatible with ${family(target)})`
}

function family({ behavior }: Node): string {
  if (behavior.kind === 'eventSubprocess') return 'subprocess'
  if (behavior.kind === 'multiInstanceBody')
    return behavior.multiInstance.sequential ? 'sequential multi-instance body' : 'parallel multi-instance body'
  return behavior.kind
}
