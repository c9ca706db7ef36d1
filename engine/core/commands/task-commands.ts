import type { OfTask, TaskCommand, TaskPatch } from '../command.ts'
import type { InstanceDraft, TaskDraft } from '../draft/instance-draft.ts'
import type { Run } from '../draft/run.ts'
import { failure, Refusal } from '../failure.ts'
import { throwError, throwEscalation } from '../flow/errors.ts'
import { type Place, placeOfTask } from '../flow/place.ts'
import { addLink, removeLink } from '../flow/task-entity.ts'
import { completeTaskEntity, endTask, fireTaskEvent, updateTask } from '../flow/tasks.ts'
import { removeLocalVariable, removeVariable, setLocalVariable, setVariable } from '../flow/variables.ts'
import type { Variables } from '../value.ts'

type Of<K extends TaskCommand['kind']> = Extract<TaskCommand, { readonly kind: K }>

function find(run: Run, { instanceId, taskId }: OfTask): { instance: InstanceDraft; task: TaskDraft } {
  const instance = run.instance(instanceId)
  const task = instance.tasks.edit(taskId)
  if (!task) throw new Refusal(failure('unknown-task', { taskId }))
  return { instance, task }
}

function findActive(run: Run, command: OfTask): { instance: InstanceDraft; task: TaskDraft } {
  const found = find(run, command)
  if (found.instance.head.suspended) throw new Refusal(failure('task-suspended', { taskId: command.taskId }))
  return found
}

/** What comes with the end of a task, or with its resolution, belongs to the instance: the task's own variables do not hide it. */
function setOutside(instance: InstanceDraft, task: TaskDraft, variables: Variables): void {
  setFrom({ ...placeOfTask(instance, task), task: null }, variables)
}

function setFrom(place: Place, variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) setVariable(place, name, value)
}

function setLocal(instance: InstanceDraft, task: TaskDraft, variables: Variables): void {
  const place = placeOfTask(instance, task)
  for (const [name, value] of Object.entries(variables)) setLocalVariable(place, name, value)
}

export function completeTask(run: Run, command: Of<'completeTask'>): void {
  const { instance, task } = findActive(run, command)
  setOutside(instance, task, command.variables)
  if (command.localVariables) setLocal(instance, task, command.localVariables)
  run.push(() => {
    if (instance.tasks.isAlive(task)) completeTaskEntity(instance, task)
  })
}

export function resolveTask(run: Run, command: Of<'resolveTask'>): void {
  const { instance, task } = findActive(run, command)
  setOutside(instance, task, command.variables)
  updateTask(instance, task, { delegation: 'RESOLVED', assignee: task.owner }, true)
}

export function claimTask(run: Run, command: Of<'claimTask'>): void {
  const { instance, task } = findActive(run, command)
  if (task.assignee !== null && task.assignee !== command.userId) {
    throw new Refusal(failure('task-already-claimed', { taskId: task.id, assignee: task.assignee }))
  }
  updateTask(instance, task, { assignee: command.userId }, true)
}

export function unclaimTask(run: Run, command: Of<'unclaimTask'>): void {
  const { instance, task } = findActive(run, command)
  updateTask(instance, task, { assignee: null }, true)
}

export function touchTask(run: Run, command: Of<'touchTask'>): void {
  const { instance, task } = find(run, command)
  task.updatedAt = run.env.now
  fireTaskEvent(instance, task, 'update')
}

export function expectSubTasks(run: Run, command: Of<'expectSubTasks'>): void {
  find(run, command).task.hasSubTasks = true
}

export function assignTask(run: Run, command: Of<'assignTask'>): void {
  const { instance, task } = findActive(run, command)
  updateTask(instance, task, { assignee: command.userId }, true)
}

export function delegateTask(run: Run, command: Of<'delegateTask'>): void {
  const { instance, task } = findActive(run, command)
  updateTask(instance, task, { delegation: 'PENDING', owner: task.owner ?? task.assignee, assignee: command.userId }, true)
}

export function updateTaskCommand(run: Run, command: Of<'updateTask'>): void {
  const { instance, task } = findActive(run, command)
  const { patch } = command
  updateTask(instance, task, patch satisfies TaskPatch)
}

export function addIdentityLink(run: Run, command: Of<'addIdentityLink' | 'deleteIdentityLink'>): void {
  const { instance, task } = findActive(run, command)
  const { linkType, userId, groupId } = command
  if (linkType === 'assignee') updateTask(instance, task, { assignee: userId })
  else if (linkType === 'owner') updateTask(instance, task, { owner: userId })
  else {
    addLink(instance, task, linkType, userId, groupId)
    task.updatedAt = run.env.now
    fireTaskEvent(instance, task, 'update')
  }
}

export function deleteIdentityLink(run: Run, command: Of<'addIdentityLink' | 'deleteIdentityLink'>): void {
  const { instance, task } = findActive(run, command)
  const { linkType, userId, groupId } = command
  if (linkType === 'assignee') updateTask(instance, task, { assignee: null })
  else if (linkType === 'owner') updateTask(instance, task, { owner: null })
  else {
    removeLink(instance, task, linkType, userId, groupId)
    task.updatedAt = run.env.now
    fireTaskEvent(instance, task, 'update')
  }
}

export function setTaskVariables(run: Run, command: Of<'setTaskVariables'>): void {
  const { instance, task } = find(run, command)
  const place = placeOfTask(instance, task)
  for (const name of command.remove) {
    if (command.local) removeLocalVariable(place, name)
    else removeVariable(place, name)
  }
  const before = task.vars
  if (command.local) setLocal(instance, task, command.variables)
  else setFrom(place, command.variables)
  if (task.vars !== before) {
    task.updatedAt = run.env.now
    fireTaskEvent(instance, task, 'update')
  }
}

export function taskBpmnError(run: Run, command: Of<'taskBpmnError'>): void {
  const { instance, task } = findActive(run, command)
  setOutside(instance, task, command.variables)
  const token = instance.token(task.executionId)
  throwError(instance, token, { code: command.errorCode, message: command.errorMessage })
  if (instance.tasks.isAlive(task)) endTask(instance, task, 'deleted', 'bpmn error')
}

export function taskEscalation(run: Run, command: Of<'taskEscalation'>): void {
  const { instance, task } = findActive(run, command)
  setOutside(instance, task, command.variables)
  const token = instance.token(task.executionId)
  if (throwEscalation(instance, token, command.escalationCode) === 'uncaught') {
    throw new Refusal(failure('unhandled-escalation', { escalationCode: command.escalationCode, activityId: task.node }))
  }
}
