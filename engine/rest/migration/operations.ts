import type { Failures } from '../../core/failure.ts'
import { generatePlan } from '../../core/index.ts'
import { EngineError } from '../../process-engine.ts'
import { startBatch } from '../batch/operations.ts'
import { bodyOf, type Call, flagOf, json, nothing, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { chosenInstances } from '../modification/operations.ts'
import { Problem } from '../problem.ts'
import { readVariables, variablesOut } from '../variable.ts'
import { instructionOut, type Plan, planBody, readPlan, reportsOf, requireValid } from './plan.ts'

export const migrationOperations: readonly Operation[] = [
  operation('POST', '/migration/generate', 'Proposes a plan: activities that are the same in both versions', async (call) => {
    const body = bodyOf(call)
    const plan = await readPlan(call, { ...body, instructions: [] })
    const { variables } = readVariables(body.variables)
    return json({
      sourceProcessDefinitionId: textOf(body, 'sourceProcessDefinitionId'),
      targetProcessDefinitionId: textOf(body, 'targetProcessDefinitionId'),
      instructions: generatePlan(plan.source, plan.target, flagOf(body, 'updateEventTriggers')).map(instructionOut),
      variables: Object.keys(variables).length === 0 ? null : variablesOut(variables),
    })
  }),
  operation('POST', '/migration/validate', 'Tells what is wrong with a plan', async (call) =>
    json({ instructionReports: reportsOf(await readPlan(call, bodyOf(call))), variableReports: {} }),
  ),
  operation('POST', '/migration/execute', 'Moves instances to another definition: all of them or none', async (call) => {
    const { plan, ids } = await readExecution(call)
    const body = bodyOf(call)
    await call.runtime.database.transaction(async (tx) => {
      for (const instanceId of ids)
        try {
          await call.runtime.execute(
            migrateCommand(plan, instanceId, flagOf(body, 'skipCustomListeners'), flagOf(body, 'skipIoMappings')),
            tx,
            call.userId,
          )
        } catch (error) {
          throw reportOf(error, instanceId)
        }
    })
    return nothing
  }),
  operation('POST', '/migration/executeAsync', 'Moves instances to another definition in the background', async (call) => {
    const { plan, ids } = await readExecution(call)
    const body = bodyOf(call)
    const { sourceId, targetId, instructions, variables } = plan
    const [skipCustomListeners, skipIoMappings] = [flagOf(body, 'skipCustomListeners'), flagOf(body, 'skipIoMappings')]
    const migration = {
      sourceDefinitionId: sourceId,
      targetDefinitionId: targetId,
      instructions,
      variables,
      skipCustomListeners,
      skipIoMappings,
    }
    return startBatch(call, { kind: 'instance-migration', migration }, ids, 'processInstanceIds')
  }),
]

/** A valid plan and the instances that it is for. */
async function readExecution(call: Call): Promise<{ readonly plan: Plan; readonly ids: readonly string[] }> {
  const plan = await readPlan(call, planBody(call))
  requireValid(plan)
  const ids = await chosenInstances(call)
  if (ids.length === 0) throw new Problem(400, 'BadUserRequestException', 'process instance ids is empty')
  return { plan, ids }
}

const migrateCommand = (
  { sourceId, targetId, instructions, variables }: Plan,
  instanceId: string,
  skipCustomListeners: boolean,
  skipIoMappings: boolean,
) =>
  ({
    kind: 'migrate',
    instanceId,
    sourceDefinitionId: sourceId,
    targetDefinitionId: targetId,
    instructions,
    variables,
    skipCustomListeners,
    skipIoMappings,
  }) as const

/** Activities of the instance that the plan leaves out are reported by name. */
function reportOf(error: unknown, processInstanceId: string): unknown {
  if (!(error instanceof EngineError)) return error
  if (error.code !== 'migration-refused') return new Problem(500, 'ProcessEngineException', error.message)
  const { activityInstanceReports = [], transitionInstanceReports = [] } = error.data as Failures['migration-refused']
  return new Problem(400, 'MigratingProcessInstanceValidationException', `Cannot migrate process instance '${processInstanceId}'`, {
    validationReport: {
      processInstanceId,
      failures: [],
      activityInstanceValidationReports: activityInstanceReports.map(({ instanceId, instruction, ...report }) => ({
        activityInstanceId: instanceId,
        migrationInstruction: instruction ? instructionOut(instruction) : null,
        ...report,
      })),
      transitionInstanceValidationReports: transitionInstanceReports.map(({ instanceId, instruction, ...report }) => ({
        transitionInstanceId: instanceId,
        migrationInstruction: instruction ? instructionOut(instruction) : null,
        ...report,
      })),
    },
  })
}
