import type { TaskPatch } from '../../core/command.ts'
import { type Body, dateOf, numberOf, textOf } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'

/** A task as a body describes it: what is absent is null, as in Camunda. */
export function patchOf(body: Body): TaskPatch {
  const delegation = textOf(body, 'delegationState')
  if (delegation !== null && delegation !== 'PENDING' && delegation !== 'RESOLVED')
    throw invalidRequest(`Invalid delegationState ${delegation}`)
  return {
    name: textOf(body, 'name'),
    description: textOf(body, 'description'),
    assignee: textOf(body, 'assignee'),
    owner: textOf(body, 'owner'),
    delegation,
    // Priority is a primitive in Camunda's body: absent is 0
    priority: numberOf(body, 'priority') ?? 0,
    due: dateOf(body, 'due'),
    followUp: dateOf(body, 'followUp'),
    parentTaskId: textOf(body, 'parentTaskId'),
  }
}
