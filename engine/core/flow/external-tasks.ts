import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { ExternalTask } from '../state.ts'
import { endIncidentOf } from './incidents.ts'

export function logExternalTask(
  instance: InstanceDraft,
  task: ExternalTask,
  state: 'created' | 'failed' | 'successful' | 'deleted',
  retries = task.retries,
): void {
  instance.record({
    kind: 'external-task-log',
    state,
    externalTaskId: task.id,
    executionId: task.executionId,
    activityId: task.node,
    activityInstanceId: task.activityInstanceId,
    topic: task.topic,
    workerId: task.workerId,
    priority: task.priority,
    retries,
    errorMessage: state === 'failed' ? task.errorMessage : null,
    errorDetails: state === 'failed' ? task.errorDetails : null,
  })
}

export function removeExternalTask(instance: InstanceDraft, task: ExternalTask, state: 'successful' | 'deleted'): void {
  instance.externalTasks.remove(task.id)
  logExternalTask(instance, task, state)
  endIncidentOf(instance, task.id, state === 'successful' ? 'resolved' : 'deleted')
}
