import { type MigrationInstruction, validatePlan } from '../../core/index.ts'
import type { ProcessModel } from '../../core/model/process-model.ts'
import type { Variables } from '../../core/value.ts'
import { type Body, bodyOf, type Call, objectsOf, textOf, textsOf } from '../http/call.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { readVariables } from '../variable.ts'

/** A migration plan with the models that it speaks of. */
export interface Plan {
  readonly sourceId: string
  readonly targetId: string
  readonly source: ProcessModel
  readonly target: ProcessModel
  readonly instructions: readonly MigrationInstruction[]
  readonly variables: Variables
}

/** Reads a plan; `body` is the plan itself. */
export async function readPlan(call: Call, body: Body): Promise<Plan> {
  const sourceId = textOf(body, 'sourceProcessDefinitionId')
  const targetId = textOf(body, 'targetProcessDefinitionId')
  const source = await modelOf(call, sourceId, 'Source')
  const target = await modelOf(call, targetId, 'Target')
  const { variables } = readVariables(body.variables)
  return {
    sourceId: sourceId ?? '',
    targetId: targetId ?? '',
    source,
    target,
    variables,
    instructions: objectsOf(body, 'instructions').map(readInstruction),
  }
}

async function modelOf(call: Call, id: string | null, which: string): Promise<ProcessModel> {
  const found = id === null ? null : await call.runtime.definitions.get(call.run.query, id, false)
  if (!found) throw invalidRequest(`${which} process definition with id '${id}' does not exist: process definition is null`)
  return found.definition.model
}

function readInstruction(body: Body): MigrationInstruction {
  const [source] = textsOf(body, 'sourceActivityIds') ?? []
  const [target] = textsOf(body, 'targetActivityIds') ?? []
  return {
    sourceActivityId: String(source ?? ''),
    targetActivityId: String(target ?? ''),
    updateEventTrigger: body.updateEventTrigger === true,
  }
}

export const instructionOut = ({ sourceActivityId, targetActivityId, updateEventTrigger }: MigrationInstruction) => ({
  sourceActivityIds: [sourceActivityId],
  targetActivityIds: [targetActivityId],
  updateEventTrigger,
})

/** What is wrong with a plan, as the API writes it. */
export const reportsOf = (plan: Plan) =>
  validatePlan(plan.source, plan.target, plan.instructions).map(({ instruction, failures }) => ({
    instruction: instructionOut(instruction),
    failures,
  }))

/** Refuses a plan that cannot be executed, with the report. */
export function requireValid(plan: Plan): void {
  const instructionReports = reportsOf(plan)
  if (instructionReports.length > 0)
    throw new Problem(400, 'MigrationPlanValidationException', 'Migration plan is not valid', {
      validationReport: { variableReports: {}, instructionReports },
    })
}

export function planBody(call: Call): Body {
  const plan = bodyOf(call).migrationPlan
  if (typeof plan !== 'object' || plan === null || Array.isArray(plan)) throw invalidRequest('migrationPlan must be an object')
  return plan as Body
}
