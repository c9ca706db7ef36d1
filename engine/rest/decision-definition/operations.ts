import type { Value } from '../../core/value.ts'
import { evaluateDecision } from '../../dmn/index.ts'
import type { CachedDecision } from '../../runtime/decision-cache.ts'
import { bodyOf, type Call, json, nothing, numberOf, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { notFound, Problem } from '../problem.ts'
import { type Selector, selectors } from '../process-definition/find-definition.ts'
import { refuseNoTtl } from '../process-definition/operations.ts'
import { findRow } from '../query/resource-query.ts'
import { readVariables, variableOut } from '../variable.ts'
import { writeDecisionHistory } from './decision-history.ts'
import { decisionDefinitionQuery } from './query.ts'

export const decisionDefinitionOperations: readonly Operation[] = [
  ...queryOperations(decisionDefinitionQuery, { post: false, byId: false }),
  ...selectors.flatMap(({ selector, prefix }) => operationsBy(selector, prefix('decision-definition'))),
]

function operationsBy(selector: Selector, prefix: string): readonly Operation[] {
  return [
    operation('GET', prefix, 'A decision', async (call) =>
      json(await findRow(decisionDefinitionQuery, (await find(call, selector)).row.id, call.run)),
    ),
    operation('GET', `${prefix}/xml`, 'The DMN file of a decision', async (call) => {
      const { row } = await find(call, selector)
      const resource = await call.runtime.context.definitionStore.resource(call.run.query, row.deploymentId, row.resourceName)
      if (!resource) throw notFound(`The file of decision ${row.id} is missing`)
      return json({ id: row.id, dmnXml: new TextDecoder().decode(resource.content) })
    }),
    operation(
      'GET',
      `${prefix}/diagram`,
      'The picture of a decision, if one was deployed',
      async (call) => {
        await find(call, selector)
        return nothing
      },
      { binary: true },
    ),
    operation('POST', `${prefix}/evaluate`, 'Evaluates a decision', async (call) => evaluate(call, await find(call, selector))),
    operation('PUT', `${prefix}/history-time-to-live`, 'Sets how long history is kept', async (call) => {
      const { row } = await find(call, selector)
      const days = numberOf(bodyOf(call), 'historyTimeToLive')
      refuseNoTtl(call, days)
      if (days !== null && days < 0)
        throw new Problem(400, 'BadUserRequestException', 'historyTimeToLive must be greater than or equal to 0')
      await call.runtime.database.transaction(async (tx) =>
        tx.write('update re_decision set history_ttl = ? where decision_id = ?', [days, row.id]),
      )
      return nothing
    }),
  ]
}

async function find(call: Call, selector: Selector): Promise<CachedDecision> {
  const { decisions } = call.runtime.context
  if (selector === 'id') {
    const found = await decisions.byId(call.run.query, param(call, 'id'))
    if (!found) throw notFound(`No matching decision definition with id ${param(call, 'id')}`)
    return found
  }
  const tenantId = selector === 'tenant' ? param(call, 'tenantId') : null
  const found = await decisions.resolve(call.run.query, { key: param(call, 'key'), binding: 'latest', deploymentId: '', tenantId })
  if (!found || found.row.tenantId !== tenantId)
    throw new Problem(
      404,
      'RestException',
      `No matching decision definition with key: ${param(call, 'key')} and ${tenantId === null ? 'no tenant-id' : `tenant-id: ${tenantId}`}`,
    )
  return found
}

async function evaluate(call: Call, { row, model }: CachedDecision) {
  const { runtime } = call
  const { variables } = readVariables(bodyOf(call).variables)
  const clock = { now: runtime.context.now(), zone: runtime.context.settings.zone }
  const answer = evaluateDecision(model, row.key, variables, clock)
  if (!answer.ok) throw new Problem(500, 'RestException', `Cannot evaluate decision ${row.id}: ${answer.failure.message}`)
  const { rows, untyped, evaluations } = answer.value
  await writeDecisionHistory(call, row, model, evaluations, clock.now)
  return json(
    rows.map((result) =>
      Object.fromEntries(
        Object.entries(result).map(([name, value]) => {
          const typed = variableOut(value)
          return [name, untyped.includes(name) ? withoutType(value, typed) : typed]
        }),
      ),
    ),
  )
}

/** A value without a declared type: plain JSON. */
function withoutType(value: Value, typed: ReturnType<typeof variableOut>) {
  if (value.t === 'Null') return typed
  const plain = value.t === 'Object' && value.v !== null ? JSON.parse(value.v) : typed.value
  return { type: null, value: plain, valueInfo: null }
}
