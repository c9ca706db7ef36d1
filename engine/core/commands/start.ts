import type { StartCommand } from '../command.ts'
import type { Run } from '../draft/run.ts'
import { failure, Refusal } from '../failure.ts'
import { createInstance, openInstance, tellStart } from '../flow/instances.ts'
import { startAt, startNodeOf } from '../flow/start.ts'
import { applyInstructions } from './modify.ts'

/** A new root instance, from its start event or, with instructions, from anywhere. */
export function start(run: Run, command: StartCommand): void {
  const definition = run.definition({ by: 'id', id: command.definitionId })
  if (definition.suspended) throw new Refusal(failure('definition-suspended', { definitionId: definition.id }))
  run.skipListeners = command.skipCustomListeners ?? false
  run.skipMappings = command.skipIoMappings ?? false
  const instructions = command.instructions ?? []
  const node =
    command.startNode === undefined
      ? instructions.length > 0
        ? null
        : startNodeOf(definition)
      : definition.model.nodes.get(command.startNode)
  if (node === undefined) throw new Refusal(failure('unknown-activity', { activityId: command.startNode ?? '' }))
  const first = instructions[0]
  const instance = createInstance(run, definition, {
    id: command.instanceId,
    businessKey: command.businessKey,
    tenantId: definition.tenantId ?? command.tenantId ?? null,
    caller: null,
    startActivityId:
      node?.id ?? (first && 'activityId' in first ? (first.activityId ?? '') : first && 'transitionId' in first ? first.transitionId : ''),
    variables: command.variables,
    ...(command.transient ? { transient: command.transient } : {}),
  })
  if (node) startAt(instance, node)
  else {
    openInstance(instance)
    tellStart(instance)
    // Started elsewhere than at the beginning, only changes wake conditions, as in Camunda.
    run.conditionEvents = run.conditionEvents.filter(({ event }) => event !== 'initial')
    applyInstructions(instance, instructions)
  }
}
