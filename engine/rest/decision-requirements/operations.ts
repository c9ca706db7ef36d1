import { type Call, json, nothing, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { notFound, Problem } from '../problem.ts'
import { type Selector, selectors } from '../process-definition/find-definition.ts'
import { findRow } from '../query/resource-query.ts'
import { decisionRequirementsQuery } from './query.ts'

export const decisionRequirementsOperations: readonly Operation[] = [
  ...queryOperations(decisionRequirementsQuery, { post: false, byId: false }),
  ...selectors.flatMap(({ selector, prefix }) => operationsBy(selector, prefix('decision-requirements-definition'))),
]

function operationsBy(selector: Selector, prefix: string): readonly Operation[] {
  return [
    operation('GET', prefix, 'A decision requirements graph', async (call) => json(await find(call, selector))),
    operation('GET', `${prefix}/xml`, 'The DMN file of a graph', async (call) => {
      const row = await find(call, selector)
      const resource = await call.runtime.context.definitionStore.resource(call.run.query, String(row.deploymentId), String(row.resource))
      if (!resource) throw notFound(`The file of decision requirements definition ${row.id} is missing`)
      return json({ id: row.id, dmnXml: new TextDecoder().decode(resource.content) })
    }),
    operation(
      'GET',
      `${prefix}/diagram`,
      'The picture of a graph, if one was deployed',
      async (call) => {
        await find(call, selector)
        return nothing
      },
      { binary: true },
    ),
  ]
}

/** By id, or the newest of a key. */
async function find(call: Call, selector: Selector): Promise<Record<string, unknown>> {
  const tenantId = selector === 'tenant' ? param(call, 'tenantId') : null
  const [newest] =
    selector === 'id'
      ? [{ requirements_id: param(call, 'id') }]
      : await call.run.query<{ readonly requirements_id: string }>(
          `select requirements_id from re_requirements where requirements_key = ? and ${tenantId === null ? 'tenant_id is null' : 'tenant_id = ?'}
           order by version desc, requirements_id desc limit 1`,
          tenantId === null ? [param(call, 'key')] : [param(call, 'key'), tenantId],
        )
  const row = newest && (await findRow(decisionRequirementsQuery, newest.requirements_id, call.run))
  if (!row)
    throw new Problem(
      selector === 'id' ? 400 : 404,
      selector === 'id' ? 'InvalidRequestException' : 'RestException',
      `No matching decision requirements definition with ${selector === 'id' ? 'id' : 'key'} ${param(call, selector === 'id' ? 'id' : 'key')}`,
    )
  return row
}
