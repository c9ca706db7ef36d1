import type { InstanceCommand } from '../command.ts'
import type { Run } from '../draft/run.ts'
import { deleteInstance } from '../flow/cancel.ts'
import { cancelCall } from '../flow/cancel-branch.ts'
import { deleteTask } from '../flow/tasks.ts'

type Of<K extends InstanceCommand['kind']> = Extract<InstanceCommand, { readonly kind: K }>

/** Deletes an instance and what it called. Of a called instance the caller's call activity is cancelled with it. */
export function deleteCommand(run: Run, command: Of<'delete'>): void {
  const instance = run.instance(command.instanceId)
  run.skipListeners = command.skipCustomListeners
  run.skipMappings = command.skipIoMappings
  const { superInstanceId, superTokenId } = instance.head
  // Deleted from outside, its tasks go first, then the activities: otherwise it is the other way round.
  for (const task of [...instance.tasks.all()]) {
    const draft = instance.tasks.edit(task.id)
    if (draft) deleteTask(instance, draft, command.reason ?? 'deleted')
  }
  deleteInstance(instance, { reason: command.reason, external: true, skipSubprocesses: command.skipSubprocesses })
  if (superInstanceId !== null && superTokenId !== null) cancelCall(run.instance(superInstanceId), superTokenId, command.reason)
}

export function setSuspended(run: Run, command: Of<'setSuspended'>): void {
  const instance = run.instance(command.instanceId)
  if (instance.head.suspended === command.suspended) return
  instance.head.suspended = command.suspended
  for (const job of [...instance.jobs.all()]) {
    const edited = instance.jobs.edit(job.id)
    if (edited) edited.suspended = command.suspended
  }
  instance.record({ kind: 'instance-updated', state: command.suspended ? 'SUSPENDED' : 'ACTIVE', businessKey: instance.head.businessKey })
}
