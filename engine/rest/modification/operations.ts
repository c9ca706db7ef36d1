import { historicProcessInstanceQuery } from '../history/process-instance-query.ts'
import { bodyOf, type Call, flagOf, nothing, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { readInstructions } from '../process-instance/instructions.ts'
import { processInstanceQuery } from '../process-instance/query.ts'
import { chosen } from '../query/chosen.ts'

export const modificationOperations: readonly Operation[] = [
  operation(
    'POST',
    '/modification/execute',
    'Modifies several instances of a definition: all of them or none',
    async (call) => {
      const { instructions, ids } = await readModification(call)
      const body = bodyOf(call)
      const [skipCustomListeners, skipIoMappings] = [flagOf(body, 'skipCustomListeners'), flagOf(body, 'skipIoMappings')]
      await call.runtime.database.transaction(async (tx) => {
        for (const instanceId of ids) {
          const [row] = await tx.query('select instance_id from ru_instance where instance_id = ?', [instanceId])
          if (!row)
            throw new Problem(500, 'ProcessEngineException', `Process instance '${instanceId}' cannot be modified: it does not exist`)
          const done = await call.runtime.execute(
            { kind: 'modify', instanceId, instructions, skipCustomListeners, skipIoMappings },
            tx,
            call.userId,
          )
          // Who modifies many does not terminate each from outside: Camunda makes this difference.
          for (const ended of done.ended)
            tx.write("update hi_instance set state = 'INTERNALLY_TERMINATED' where instance_id = ? and state = 'EXTERNALLY_TERMINATED'", [
              ended,
            ])
        }
      })
      return nothing
    },
    {
      wrapping: {
        type: 'InvalidRequestException',
        status: (status) => status,
        only: ['NotValidException', 'BadUserRequestException', 'SuspendedEntityInteractionException'],
      },
    },
  ),
]

/** Checks what a modification of many needs and finds the instances. */
export async function readModification(call: Call) {
  const body = bodyOf(call)
  if (textOf(body, 'processDefinitionId') === null) throw invalidRequest('processDefinitionId must be set')
  const definitionId = textOf(body, 'processDefinitionId') ?? ''
  if (!(await call.runtime.definitionRow(definitionId))) throw invalidRequest(`no definition with id ${definitionId}`)
  const instructions = readInstructions(body)
  if (instructions.length === 0) throw invalidRequest('instructions must be set')
  if (instructions.some((instruction) => instruction.type === 'cancel' && instruction.activityId === undefined))
    throw invalidRequest('instances of one batch are cancelled by activityId only')
  const ids = await chosenInstances(call)
  if (ids.length === 0) throw invalidRequest('Process instance ids cannot be empty')
  return { instructions, ids }
}

/** Instances that a body lists or finds by queries, each once. */
export const chosenInstances = (call: Call): Promise<readonly string[]> =>
  chosen(call, 'processInstanceIds', { processInstanceQuery, historicProcessInstanceQuery })
