import type { InstanceDraft, ScopeDraft } from '../draft/instance-draft.ts'
import { eventsOf, openTimer, subscribe, triggerOf } from '../flow/events.ts'
import { removeJob, timerDue } from '../flow/jobs.ts'
import { placeOfScope } from '../flow/place.ts'
import type { Node, Trigger } from '../model/node.ts'
import type { MigrationInstruction } from './migration-plan.ts'

/** What a migrated scope waits for: mapped events go over as they are or as the target says, others go, new ones come. */
export function migrateWaiting(
  instance: InstanceDraft,
  scope: ScopeDraft,
  source: Node,
  target: Node,
  instructions: ReadonlyMap<string, MigrationInstruction>,
): void {
  const candidates = [...eventsOf(target), ...(target.behavior.kind === 'eventGateway' ? target.behavior.events : []), target]
  const handled = new Set<string>()
  const mapped = (eventId: string): { event: Node; update: boolean } | null => {
    const instruction = instructions.get(eventId)
    const event = instruction && candidates.find((each) => each.id === instruction.targetActivityId)
    return event ? { event, update: instruction.updateEventTrigger } : null
  }
  for (const subscription of instance.subscriptions.of(scope.id)) {
    if (subscription.type === 'compensate') continue
    const found = mapped(subscription.node)
    if (!found || found.update) instance.subscriptions.remove(subscription.id)
    if (!found) continue
    subscription.node = found.event.id
    if (found.update) subscribe(instance, scope, found.event, ownTrigger(found.event))
    handled.add(found.event.id)
  }
  for (const job of instance.jobs.of(scope.id)) {
    if (!job.handler.startsWith('timer') || job.taskId !== undefined) continue
    const found =
      mapped(job.node) ??
      (job.node === target.id && source !== target
        ? { event: target, update: instructions.get(source.id)?.updateEventTrigger ?? false }
        : null)
    const trigger = found && triggerOf(found.event)
    if (!found || trigger?.kind !== 'timer') {
      removeJob(instance, job)
      continue
    }
    job.node = found.event.id
    job.declaration = trigger.jobKey
    job.jobDefinitionId = instance.definition.jobDefinitions[trigger.jobKey]?.id ?? null
    if (found.update) {
      const { due, repeat } = timerDue(placeOfScope(instance, scope), found.event, trigger.timer)
      job.due = due
      if (job.repeat) job.repeat = repeat
    }
    handled.add(found.event.id)
  }
  for (const event of candidates) {
    if (event === target || handled.has(event.id)) continue
    subscribe(instance, scope, event)
    openTimer(instance, scope, event)
  }
}

function ownTrigger(event: Node): Trigger {
  const { behavior } = event
  return behavior.kind === 'receiveTask' && behavior.message ? { kind: 'message', name: behavior.message } : triggerOf(event)
}
