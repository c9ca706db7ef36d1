import type { InstanceDraft, TaskDraft } from '../draft/instance-draft.ts'
import type { Node, TaskDeclaration, TaskListener } from '../model/node.ts'
import type { Task } from '../state.ts'
import { removeJob } from './jobs.ts'
import { leaveSignaled } from './lifecycle.ts'
import { runListener } from './listeners.ts'
import { placeOfTask } from './place.ts'
import { changeTask, type TaskChange } from './task-entity.ts'
import { taskOperand } from './task-host.ts'

export function declarationOf(instance: InstanceDraft, task: Task): TaskDeclaration {
  const { behavior } = instance.node(task.node) as Node
  return behavior.kind === 'userTask' ? behavior.task : emptyDeclaration
}

const emptyDeclaration: TaskDeclaration = {
  name: null,
  description: null,
  assignee: null,
  owner: null,
  candidateUsers: [],
  candidateGroups: [],
  due: null,
  followUp: null,
  priority: null,
  formKey: null,
  formRef: null,
  listeners: [],
}

export function fireTaskEvent(
  instance: InstanceDraft,
  task: TaskDraft,
  event: TaskListener['event'],
  deleteReason: string | null = null,
): void {
  if (instance.run.skipListeners) return
  for (const { event: wanted, listener } of declarationOf(instance, task).listeners) {
    if (wanted !== event) continue
    if (!instance.tasks.isAlive(task)) return
    runTaskListener(instance, task, listener, event, deleteReason)
  }
}

export function runTaskListener(
  instance: InstanceDraft,
  task: TaskDraft,
  listener: TaskListener['listener'],
  event: string,
  deleteReason: string | null = null,
): void {
  const place = placeOfTask(instance, task)
  runListener(place, listener, { eventName: event }, { task: taskOperand(instance, task, completeTaskEntity, event, deleteReason) })
}

/** Changes properties as a client does: update listeners, then assignment listeners when the assignee changed. */
export function updateTask(instance: InstanceDraft, task: TaskDraft, change: TaskChange, always = false): void {
  const before = task.assignee
  const changed = changeTask(instance, task, change)
  if (!changed && !always) return
  fireTaskEvent(instance, task, 'update')
  if (task.assignee !== before && instance.tasks.isAlive(task)) fireTaskEvent(instance, task, 'assignment')
}

/** The complete listeners, the end of the task, and on. */
export function completeTaskEntity(instance: InstanceDraft, task: TaskDraft): void {
  fireTaskEvent(instance, task, 'complete')
  if (!instance.tasks.isAlive(task)) return
  // A listener may have woken an event that takes the task away: it is looked at first.
  instance.run.push(() => {
    if (!instance.tasks.isAlive(task)) return
    const token = instance.token(task.executionId)
    endTask(instance, task, 'completed', 'completed')
    leaveSignaled(instance, token)
  })
}

/** The task goes because its activity is cancelled. */
export function deleteTask(instance: InstanceDraft, task: TaskDraft, reason: string): void {
  fireTaskEvent(instance, task, 'delete', reason)
  if (instance.tasks.isAlive(task)) endTask(instance, task, 'deleted', reason)
}

export function endTask(instance: InstanceDraft, task: TaskDraft, reason: 'completed' | 'deleted', deleteReason: string): void {
  for (const job of instance.jobs.of(task.executionId)) if (job.taskId === task.id) removeJob(instance, job)
  instance.tasks.remove(task.id)
  if (task.hasSubTasks) instance.run.effects.push({ kind: 'end-sub-tasks', taskId: task.id, deleteReason })
  instance.record({ kind: 'task-ended', taskId: task.id, activityId: task.node, reason, deleteReason })
}
