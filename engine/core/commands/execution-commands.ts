import type { ExecutionCommand } from '../command.ts'
import type { Run } from '../draft/run.ts'
import { failure, Refusal } from '../failure.ts'
import { deliver, scheduleDelivery } from '../flow/deliver.ts'
import { createIncident } from '../flow/incidents.ts'
import { placeOfExecution } from '../flow/place.ts'
import { removeLocalVariable, removeVariable, setLocalVariable, setVariable } from '../flow/variables.ts'

type Of<K extends ExecutionCommand['kind']> = Extract<ExecutionCommand, { readonly kind: K }>

export function triggerCommand(run: Run, command: Of<'trigger'>): void {
  const instance = run.instance(command.instanceId)
  instance.requireActive()
  const place = placeOfExecution(instance, command.executionId)
  for (const [name, value] of Object.entries(command.variables)) {
    if (command.local) setLocalVariable(place, name, value)
    else setVariable(place, name, value)
  }
  const { token } = place
  const node = token?.node ? instance.node(token.node) : null
  if (!token || !node || token.phase !== 'active' || token.childScopeId !== null) {
    throw new Refusal(failure('not-waiting', { executionId: command.executionId, activityId: token?.node ?? null }))
  }
  const { triggered } = instance.run.behaviorOf(node)
  if (!triggered) throw new Refusal(failure('not-waiting', { executionId: command.executionId, activityId: node.id }))
  run.pushFor(instance, token, () => triggered(instance, token, node, 'client'))
}

export function setVariablesCommand(run: Run, command: Of<'setVariables'>): void {
  const instance = run.instance(command.instanceId)
  const place = placeOfExecution(instance, command.executionId)
  const transient = new Set(command.transient)
  for (const name of command.remove) {
    if (command.local) removeLocalVariable(place, name)
    else removeVariable(place, name)
  }
  for (const [name, value] of Object.entries(command.variables)) {
    const options = { transient: transient.has(name) }
    if (command.local) setLocalVariable(place, name, value, options)
    else setVariable(place, name, value, options)
  }
}

export function deliverCommand(run: Run, command: Of<'deliver'>): void {
  const instance = run.instance(command.instanceId)
  instance.requireActive()
  const subscription = instance.subscriptions.get(command.subscriptionId)
  if (!subscription) throw new Refusal(failure('unknown-subscription', { subscriptionId: command.subscriptionId }))
  deliver(instance, subscription, command.variables, command.localVariables, command.transient, command.triggeredVariables)
}

export function scheduleDeliveryCommand(run: Run, command: Of<'scheduleDelivery'>): void {
  const instance = run.instance(command.instanceId)
  const subscription = instance.subscriptions.get(command.subscriptionId)
  if (subscription) scheduleDelivery(instance, subscription, command.variables)
}

export function createIncidentCommand(run: Run, command: Of<'createIncident'>): void {
  const instance = run.instance(command.instanceId)
  const place = placeOfExecution(instance, command.executionId)
  const activityId = place.token?.node
  if (!activityId) throw new Refusal(failure('null-argument', { what: 'execution must be related to an activity' }))
  createIncident(instance, {
    type: command.type,
    executionId: command.executionId,
    activityId,
    failedActivityId: null,
    configuration: command.configuration,
    message: command.message,
    jobDefinitionId: null,
  })
}
