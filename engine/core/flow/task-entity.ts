import type { InstanceDraft, TaskDraft } from '../draft/instance-draft.ts'
import type { HistoricTask } from '../history-event.ts'
import type { Task } from '../state.ts'

export const historicTask = (task: Task): HistoricTask => ({
  name: task.name,
  description: task.description,
  assignee: task.assignee,
  owner: task.owner,
  priority: task.priority,
  due: task.due,
  followUp: task.followUp,
  parentTaskId: task.parentTaskId,
})

export type TaskChange = Partial<
  Pick<Task, 'name' | 'description' | 'assignee' | 'owner' | 'delegation' | 'priority' | 'due' | 'followUp' | 'parentTaskId'>
>

/** Changes properties and keeps history; fires no listener. Answers whether anything changed. */
export function changeTask(instance: InstanceDraft, task: TaskDraft, change: TaskChange): boolean {
  const changed = (Object.keys(change) as (keyof TaskChange)[]).some((key) => task[key] !== change[key])
  if (!changed) return false
  const assigneeChanged = change.assignee !== undefined && change.assignee !== task.assignee
  for (const role of ['assignee', 'owner'] as const) {
    const next = change[role]
    if (next === undefined || next === task[role]) continue
    if (task[role] !== null)
      instance.record({ kind: 'identity-link-deleted', taskId: task.id, linkType: role, userId: task[role], groupId: null })
    if (next !== null) instance.record({ kind: 'identity-link-added', taskId: task.id, linkType: role, userId: next, groupId: null })
  }
  Object.assign(task, change)
  task.updatedAt = instance.run.env.now
  instance.record({ kind: 'task-updated', taskId: task.id, task: historicTask(task) })
  if (assigneeChanged) instance.record({ kind: 'activity-updated', activityInstanceId: task.activityInstanceId, assignee: task.assignee })
  return true
}

export function addLink(instance: InstanceDraft, task: TaskDraft, type: string, userId: string | null, groupId: string | null): void {
  if (task.links.some((link) => link.type === type && link.userId === userId && link.groupId === groupId)) return
  task.links = [...task.links, { id: instance.run.newId(), type, userId, groupId }]
  instance.record({ kind: 'identity-link-added', taskId: task.id, linkType: type, userId, groupId })
}

export function removeLink(instance: InstanceDraft, task: TaskDraft, type: string, userId: string | null, groupId: string | null): void {
  const kept = task.links.filter((link) => !(link.type === type && link.userId === userId && link.groupId === groupId))
  if (kept.length === task.links.length) return
  task.links = kept
  instance.record({ kind: 'identity-link-deleted', taskId: task.id, linkType: type, userId, groupId })
}
