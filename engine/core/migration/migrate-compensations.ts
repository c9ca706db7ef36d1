import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Node } from '../model/node.ts'
import type { ProcessModel } from '../model/process-model.ts'
import type { CompensationEntry } from '../state.ts'
import type { Instructions } from './validate-instance.ts'

const compensationOf = (node: Node): Node | undefined =>
  node.boundaryEvents.find(({ behavior }) => behavior.kind === 'boundaryEvent' && behavior.trigger.kind === 'compensate')

/** Of an activity that a handler would undo: what the plan lacks, by the activity instance in which the handler would run. */
export function unmappedCompensations(instance: InstanceDraft, instructions: Instructions): Map<string, string[]> {
  const failures = new Map<string, string[]>()
  const visit = (entries: readonly CompensationEntry[], activityInstanceId: string): void => {
    for (const entry of entries) {
      const event = compensationEventOf(instance.node(entry.activityId), entry)
      if (event && !instructions.has(event.id)) {
        const found = failures.get(activityInstanceId) ?? []
        const what = event.behavior.kind === 'startEvent' ? 'start event' : 'boundary event'
        found.push(
          `Cannot migrate subscription for compensation handler '${entry.handlerId}'. There is no migration instruction for the compensation ${what}`,
        )
        failures.set(activityInstanceId, found)
      }
      visit(entry.inner, activityInstanceId)
    }
  }
  for (const scope of instance.scopes.all()) visit(scope.compensations, scope.activityInstanceId)
  return failures
}

/** The event by which a completed activity is compensated: at its edge, or the start of its event subprocess. */
function compensationEventOf(node: Node, entry: CompensationEntry): Node | undefined {
  if (entry.handlerId === entry.activityId) return undefined
  const inside = node.eventSubprocesses.find((each) => each.id === entry.handlerId)
  if (inside?.behavior.kind === 'eventSubprocess') return inside.behavior.start
  return compensationOf(node) ?? (node.parent?.behavior.kind === 'multiInstanceBody' ? compensationOf(node.parent) : undefined)
}

/** What completed activities have left goes to the handlers of their targets. Of a subprocess that is gone it moves outwards. */
export function migrateCompensations(
  instance: InstanceDraft,
  source: ProcessModel,
  target: ProcessModel,
  instructions: Instructions,
): void {
  const targetOf = (id: string): string | undefined => instructions.get(id)?.targetActivityId
  const migrated = (entries: readonly CompensationEntry[]): CompensationEntry[] =>
    entries.flatMap((entry) => {
      const inner = migrated(entry.inner)
      const node = source.nodes.get(entry.activityId)
      const event = node && compensationEventOf(node, entry)
      const twin = event && target.nodes.get(targetOf(event.id) ?? '')
      if (twin?.behavior.kind === 'boundaryEvent') {
        const host = twin.behavior.attachedTo
        return [{ ...entry, inner, activityId: host.id, handlerId: host.compensationHandler?.id ?? entry.handlerId }]
      }
      const activityId = targetOf(entry.activityId)
      if (activityId === undefined) return inner
      return [{ ...entry, inner, activityId, handlerId: event ? (targetOf(entry.handlerId) ?? entry.handlerId) : activityId }]
    })
  for (const each of [...instance.scopes.all()]) {
    if (each.compensations.length === 0) continue
    const scope = instance.scope(each.id)
    scope.compensations = migrated(scope.compensations)
  }
}
