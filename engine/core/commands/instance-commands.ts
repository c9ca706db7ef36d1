import type { InstanceCommand } from '../command.ts'
import type { InstanceDraft } from '../draft/instance-draft.ts'
import type { Run } from '../draft/run.ts'
import { cancelActivity } from '../flow/cancel.ts'
import { deleteInstance } from '../flow/instances.ts'
import { tokenEnded } from '../flow/lifecycle.ts'

type Of<K extends InstanceCommand['kind']> = Extract<InstanceCommand, { readonly kind: K }>

/** Deletes an instance and what it called. Of a called instance the caller's call activity is cancelled with it. */
export function deleteCommand(run: Run, command: Of<'delete'>): void {
  const instance = run.instance(command.instanceId)
  run.skipListeners = command.skipCustomListeners
  run.skipMappings = command.skipIoMappings
  const { superInstanceId, superTokenId } = instance.head
  deleteInstance(instance, { reason: command.reason ?? '', external: true, skipSubprocesses: command.skipSubprocesses })
  if (superInstanceId !== null && superTokenId !== null) cancelCall(run.instance(superInstanceId), superTokenId, command)
}

function cancelCall(caller: InstanceDraft, tokenId: string, command: Of<'delete'>): void {
  const token = caller.token(tokenId)
  token.calledInstanceId = null
  const outer = cancelActivity(caller, caller.token(caller.scopes.get(token.scopeId)?.tokenId ?? tokenId), { reason: command.reason ?? '' })
  if (caller.tokens.countOf(outer.scopeId) > 1) {
    caller.tokens.remove(outer.id)
    return
  }
  outer.node = token.node
  tokenEnded(caller, outer)
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
