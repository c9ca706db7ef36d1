import { type Expression, evaluateCondition } from '../../core/expression/index.ts'
import type { Variables } from '../../core/value.ts'
import type { UnitOfWork } from '../../runtime/unit-of-work.ts'
import { reachOf } from '../access/reach.ts'
import { bodyOf, type Call, json, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { tenantOf } from '../message/operations.ts'
import { Problem } from '../problem.ts'
import { processInstanceQuery } from '../process-instance/query.ts'
import { findRow, unrestricted } from '../query/resource-query.ts'
import { readVariables } from '../variable.ts'

interface Candidate {
  readonly definition_id: string
  readonly activity_id: string
}

export const conditionOperations: readonly Operation[] = [
  operation('POST', '/condition', 'Starts instances whose start conditions hold', async (call) => {
    const body = bodyOf(call)
    const { variables } = readVariables(body.variables)
    const businessKey = textOf(body, 'businessKey')
    const ids = await call.runtime.executor.perform({
      places: [],
      run: async (unit) => {
        const started: string[] = []
        const candidates = await candidatesOf(call, unit)
        if (candidates.length === 0)
          throw new Problem(500, 'ProcessEngineException', 'No subscriptions were found during evaluation of the conditional start events.')
        for (const candidate of candidates) {
          if (!(await holds(unit, candidate, variables))) continue
          const instanceId = unit.context.newId()
          unit.expectNew(instanceId)
          await unit.run(instanceId, {
            kind: 'start',
            definitionId: candidate.definition_id,
            instanceId,
            businessKey,
            variables,
            startNode: candidate.activity_id,
          })
          started.push(instanceId)
        }
        return started
      },
    })
    const answers: unknown[] = []
    for (const id of ids)
      answers.push(
        (await findRow(processInstanceQuery, id, unrestricted(call.run))) ?? { links: [], id, businessKey, ended: true, suspended: false },
      )
    return json(answers)
  }),
]

/** The start events in question: of one definition, of a tenant, or of all newest versions. */
async function candidatesOf(call: Call, unit: UnitOfWork): Promise<readonly Candidate[]> {
  const definitionId = textOf(bodyOf(call), 'processDefinitionId')
  if (definitionId !== null) {
    const definition = await unit.definition(definitionId)
    if (!definition) throw new Problem(400, 'NotFoundException', `no deployed process definition found with id '${definitionId}'`)
    return definition.model.starts.flatMap((start) =>
      start.kind === 'conditional' ? [{ definition_id: definitionId, activity_id: start.nodeId }] : [],
    )
  }
  const { tenantId } = tenantOf(call)
  const tenant = tenantId === undefined ? '' : tenantId === null ? ' and tenant_id is null' : ' and tenant_id = ?'
  const startable = reachOf(call.caller)?.starts
  return unit.query<Candidate>(
    `select definition_id, activity_id from ru_subscription where type = 'conditional' and instance_id is null${tenant}
     ${startable ? `and ${startable.text}` : ''} order by created_at, subscription_id`,
    [...(tenantId === undefined || tenantId === null ? [] : [tenantId]), ...(startable?.params ?? [])],
  )
}

async function holds(unit: UnitOfWork, { definition_id, activity_id }: Candidate, variables: Variables): Promise<boolean> {
  const definition = await unit.definition(definition_id)
  const start = definition?.model.starts.find(({ nodeId }) => nodeId === activity_id)
  if (!definition || definition.suspended || start?.kind !== 'conditional') return false
  if (start.variableName !== null && !Object.hasOwn(variables, start.variableName)) return false
  return isTrue(unit, start.condition, variables)
}

/** A condition on a variable that is not given does not hold. */
function isTrue(unit: UnitOfWork, condition: Expression, variables: Variables): boolean {
  const { zone } = unit.context.settings
  const result = evaluateCondition(condition.text, {
    now: unit.now,
    zone,
    resolve: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
  })
  if (result.ok) return result.value
  if (result.failure.code === 'unknown-name') return false
  throw new Problem(500, 'ProcessEngineException', result.failure.message)
}
