import type { Variables } from '../../core/value.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { bodyOf, type Call, flagOf, json, nothing } from '../http/call.ts'
import { variablesOut } from '../variable.ts'
import { findTask } from './read-task.ts'
import * as standalone from './standalone-task.ts'

/** Completes a task; with `withVariablesInReturn` the instance's variables are answered. Also what `submit-form` does. */
export async function complete(call: Call, taskId: string, variables: Variables) {
  const returns = flagOf(bodyOf(call), 'withVariablesInReturn')
  if (await standalone.isStandalone(call, taskId)) {
    const seen = await standalone.complete(call, taskId, variables)
    return returns ? json(variablesOut(seen)) : nothing
  }
  const before = returns ? await findTask(call, taskId) : null
  const done = await call.runtime.execute({ kind: 'completeTask', taskId, variables }, undefined, call.userId)
  if (!before) return nothing
  const { instance } = before
  const after = done.family.instances.get(instance.id)
  return json(variablesOut(after ? visibleVariables(after, after.id) : { ...visibleVariables(instance, instance.id), ...variables }))
}
