import type { Instruction } from '../../core/command.ts'
import { type Body, flagOf, objectsOf, textOf } from '../http/call.ts'
import { invalidRequest } from '../problem.ts'
import { readVariables } from '../variable.ts'

/** Reads modification and start instructions. */
export const readInstructions = (body: Body, name: 'instructions' | 'startInstructions' = 'instructions'): readonly Instruction[] =>
  objectsOf(body, name).map(readInstruction)

function readInstruction(body: Body): Instruction {
  const type = textOf(body, 'type')
  const activityId = textOf(body, 'activityId')
  const ancestor = textOf(body, 'ancestorActivityInstanceId')
  const { variables, local } = readVariables(body.variables)
  const list = Object.entries(variables).map(([name, value]) => ({ name, value, local: local.includes(name) }))
  const placed = { ...(ancestor !== null && { ancestorActivityInstanceId: ancestor }), ...(list.length > 0 && { variables: list }) }
  switch (type) {
    case 'startBeforeActivity':
    case 'startAfterActivity':
      if (activityId === null) throw invalidRequest(`For instruction type '${type}': 'activityId' must be set`)
      return { type, activityId, ...placed }
    case 'startTransition': {
      const transitionId = textOf(body, 'transitionId')
      if (transitionId === null) throw invalidRequest(`For instruction type '${type}': 'transitionId' must be set`)
      return { type, transitionId, ...placed }
    }
    case 'cancel': {
      const activityInstanceId = textOf(body, 'activityInstanceId')
      const transitionInstanceId = textOf(body, 'transitionInstanceId')
      if (activityId === null && activityInstanceId === null && transitionInstanceId === null)
        throw invalidRequest(
          "For instruction type 'cancel': exactly one, 'activityId', 'activityInstanceId', or 'transitionInstanceId', must be set",
        )
      return {
        type,
        ...(activityId !== null && { activityId }),
        ...(activityInstanceId !== null && { activityInstanceId }),
        ...(transitionInstanceId !== null && { transitionInstanceId }),
        ...(flagOf(body, 'cancelCurrentActiveActivityInstances') && { cancelCurrentActiveActivityInstances: true }),
      }
    }
    default:
      throw invalidRequest(`For instruction type '${type}': the type is not known`)
  }
}
