import type { ExternalTaskCommand, OfExternalTask } from '../command.ts'
import type { InstanceDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Run } from '../draft/run.ts'
import type { Mutable } from '../draft/table.ts'
import { type Expression, type ExternalTaskHost, hostOf } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { throwError } from '../flow/errors.ts'
import { type Extras, evaluate, holdsIfEvaluable } from '../flow/evaluate.ts'
import { logExternalTask } from '../flow/external-tasks.ts'
import { createIncident, endIncidentOf } from '../flow/incidents.ts'
import { type Place, placeOf } from '../flow/place.ts'
import { setLocalVariable, setVariable } from '../flow/variables.ts'
import type { ExternalTask } from '../state.ts'
import type { Variables } from '../value.ts'

type Of<K extends ExternalTaskCommand['kind']> = Extract<ExternalTaskCommand, { readonly kind: K }>

interface Found {
  readonly instance: InstanceDraft
  readonly task: Mutable<ExternalTask>
  readonly token: TokenDraft
}

function find(run: Run, { instanceId, externalTaskId }: OfExternalTask): Found {
  const instance = run.instance(instanceId)
  const task = instance.externalTasks.edit(externalTaskId)
  if (!task) throw new Refusal(failure('unknown-external-task', { externalTaskId }))
  return { instance, task, token: instance.token(task.executionId) }
}

function requireActive({ instance, task }: Found): void {
  if (instance.head.suspended) throw new Refusal(failure('external-task-suspended', { externalTaskId: task.id }))
}

/** The worker must be the last one that locked it; that the lock has run out does not matter. */
function findOwn(run: Run, command: OfExternalTask & { readonly workerId: string }): Found {
  const found = find(run, command)
  if (found.task.workerId !== command.workerId) {
    throw new Refusal(
      failure('external-task-not-locked', { externalTaskId: found.task.id, workerId: command.workerId, lockedBy: found.task.workerId }),
    )
  }
  requireActive(found)
  return found
}

export function lockExternalTask(run: Run, command: Of<'lockExternalTask'>): void {
  const found = find(run, command)
  const { task } = found
  requireActive(found)
  const isLocked = task.workerId !== null && task.lockExpiresAt !== null && task.lockExpiresAt > run.env.now
  if (isLocked && task.workerId !== command.workerId)
    throw new Refusal(failure('external-task-locked', { externalTaskId: task.id, workerId: task.workerId ?? '' }))
  task.workerId = command.workerId
  task.lockExpiresAt = run.env.now + command.lockMs
}

export function extendExternalTaskLock(run: Run, command: Of<'extendExternalTaskLock'>): void {
  const { task } = findOwn(run, command)
  if (task.lockExpiresAt === null || task.lockExpiresAt < run.env.now) {
    throw new Refusal(failure('external-task-not-locked', { externalTaskId: task.id, workerId: command.workerId, lockedBy: task.workerId }))
  }
  task.lockExpiresAt = run.env.now + command.lockMs
}

export function unlockExternalTask(run: Run, command: Of<'unlockExternalTask'>): void {
  const { task } = find(run, command)
  task.workerId = null
  task.lockExpiresAt = null
}

function setAll({ instance, token }: Found, variables: Variables, locals: Variables): void {
  const place = placeOf(instance, token)
  for (const [name, value] of Object.entries(variables)) setVariable(place, name, value)
  for (const [name, value] of Object.entries(locals)) setLocalVariable(place, name, value)
}

export function completeExternalTask(run: Run, command: Of<'completeExternalTask'>): void {
  const found = findOwn(run, command)
  const { instance, token } = found
  setAll(found, command.variables, command.localVariables)
  run.pushFor(instance, token, () => {
    if (throwsDeclaredError(found, false)) return
    const node = instance.nodeOf(token)
    instance.run.behaviorOf(node).triggered?.(instance, token, node, 'client')
  })
}

/** Error event definitions at the task: the first whose condition holds is thrown instead. */
function throwsDeclaredError({ instance, task, token }: Found, lenient: boolean): boolean {
  const { behavior } = instance.nodeOf(token)
  if (behavior.kind !== 'externalTask') return false
  const extras = { externalTask: hostOf(hostFor(instance, task)) }
  const place = placeOf(instance, token)
  // On completion a condition that cannot be evaluated refuses the command; on failure it counts as false.
  const evaluated = lenient ? holdsIfEvaluable : holdsExactly
  const error = behavior.external.errors.find(({ condition }) => condition.text !== '' && evaluated(place, condition, extras))
  if (!error) return false
  throwError(instance, token, { code: error.code, message: error.message })
  removeIfLeft(instance, task)
  return true
}

/** What is no truth value does not hold. */
function holdsExactly(place: Place, condition: Expression, extras: Extras): boolean {
  const result = evaluate(place, condition, extras)
  return result.t === 'Boolean' && result.v
}

function removeIfLeft(instance: InstanceDraft, task: Mutable<ExternalTask>): void {
  if (!instance.externalTasks.isAlive(task)) return
  instance.externalTasks.remove(task.id)
  logExternalTask(instance, task, 'deleted')
}

const hostFor = (instance: InstanceDraft, task: Mutable<ExternalTask>): ExternalTaskHost => ({
  kind: 'externalTask',
  id: task.id,
  topicName: task.topic,
  workerId: task.workerId,
  errorMessage: task.errorMessage,
  errorDetails: task.errorDetails,
  retries: task.retries,
  priority: task.priority,
  activityId: task.node,
  activityInstanceId: task.activityInstanceId,
  executionId: task.executionId,
  processInstanceId: instance.id,
  processDefinitionId: instance.definition.id,
  processDefinitionKey: instance.definition.key,
  businessKey: instance.head.businessKey,
  tenantId: instance.head.tenantId,
})

export function failExternalTask(run: Run, command: Of<'failExternalTask'>): void {
  const found = findOwn(run, command)
  const { instance, task, token } = found
  if (command.retries < 0) throw new Refusal(failure('invalid-value', { what: 'retries', text: String(command.retries) }))
  setAll(found, command.variables, command.localVariables)
  const before = task.retries
  task.errorMessage = command.errorMessage
  task.errorDetails = command.errorDetails
  run.pushFor(instance, token, () => {
    if (throwsDeclaredError(found, true)) return
    task.lockExpiresAt = run.env.now + command.retryTimeoutMs
    logExternalTask(instance, task, 'failed', before)
    applyRetries(found, command.retries)
  })
}

function applyRetries({ instance, task }: Found, retries: number): void {
  const wasOut = task.retries !== null && task.retries <= 0
  task.retries = retries
  if (retries <= 0 && !wasOut) {
    createIncident(instance, {
      type: 'failedExternalTask',
      executionId: task.executionId,
      activityId: task.node,
      // Only jobs name the activity that failed; as in Camunda.
      failedActivityId: null,
      configuration: task.id,
      message: task.errorMessage,
      jobDefinitionId: null,
    })
  } else if (retries > 0 && wasOut) endIncidentOf(instance, task.id, 'resolved')
}

export function externalTaskBpmnError(run: Run, command: Of<'externalTaskBpmnError'>): void {
  const found = findOwn(run, command)
  const { instance, task, token } = found
  setAll(found, command.variables, {})
  run.pushFor(instance, token, () => {
    throwError(instance, token, { code: command.errorCode, message: command.errorMessage })
    removeIfLeft(instance, task)
  })
}

export function setExternalTaskRetries(run: Run, command: Of<'setExternalTaskRetries'>): void {
  const found = find(run, command)
  if (command.retries < 0) throw new Refusal(failure('invalid-value', { what: 'retries', text: String(command.retries) }))
  applyRetries(found, command.retries)
}

export function setExternalTaskPriority(run: Run, command: Of<'setExternalTaskPriority'>): void {
  find(run, command).task.priority = command.priority
}
