import type { Variables } from '../../core/value.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { bodyOf, type Call, flagOf, json, nothing } from '../http/call.ts'
import { variablesOut } from '../variable.ts'
import { findTask } from './read-task.ts'
import * as standalone from './standalone-task.ts'

/** Completes a task; with `withVariablesInReturn` the instance's variables are answered. Also what `submit-form` does. */
export async function complete(call: Call, taskId: string, variables: Variables) {
  const returns = flagOf(bodyOf(call), 'withVariablesInReturn')
  const before = returns ? await findTask(call, taskId) : null
  if (!call.runtime.context.locator.recall('task', taskId) && (await standalone.isStandalone(call, taskId))) {
    await standalone.complete(call, taskId)
    return returns ? json({}) : nothing
  }
  const done = await call.runtime.execute({ kind: 'completeTask', taskId, variables }, undefined, call.userId)
  if (!before) return nothing
  const { instance } = before
  const after = done.family.instances.get(instance.id)
  return json(variablesOut(after ? visibleVariables(after, after.id) : { ...visibleVariables(instance, instance.id), ...variables }))
}
