import type { Correlated, Correlation } from '../../runtime/messages.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { reachOf } from '../access/reach.ts'
import { bodyOf, type Call, flagOf, json, nothing, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { processInstanceQuery } from '../process-instance/query.ts'
import { findRow, unrestricted } from '../query/resource-query.ts'
import { readVariables, variablesOut } from '../variable.ts'

/** `tenantId` and `withoutTenantId` of messages, signals and conditions. */
export function tenantOf(call: Call): { readonly tenantId?: string | null } {
  const body = bodyOf(call)
  const tenantId = textOf(body, 'tenantId')
  if (!flagOf(body, 'withoutTenantId')) return tenantId === null ? {} : { tenantId }
  if (tenantId !== null) throw invalidRequest("Parameter 'tenantId' cannot be used together with parameter 'withoutTenantId'.")
  return { tenantId: null }
}

export const messageOperations: readonly Operation[] = [
  operation(
    'POST',
    '/message',
    'Correlates a message',
    async (call) => {
      const body = bodyOf(call)
      const name = textOf(body, 'messageName')
      if (name === null) throw invalidRequest('No message name supplied')
      const returns = flagOf(body, 'resultEnabled')
      const returnsVariables = flagOf(body, 'variablesInResultEnabled')
      if (returnsVariables && !returns)
        throw invalidRequest("Parameter 'variablesInResultEnabled' cannot be used without 'resultEnabled' set to 'true'.")
      const correlated = await call.runtime.correlate(correlationOf(call, name))
      if (!returns) return nothing
      const results: unknown[] = []
      for (const one of correlated) results.push(await resultOut(call, one, returnsVariables))
      return json(results)
    },
    { wrapping: { type: 'RestException', status: () => 400, only: ['MismatchingMessageCorrelationException'] } },
  ),
  operation('POST', '/signal', 'Broadcasts a signal', async (call) => {
    const body = bodyOf(call)
    const name = textOf(body, 'name')
    if (name === null) throw invalidRequest('No signal name given')
    const { variables } = readVariables(body.variables)
    // A tenant that is named counts, whatever else is said.
    const tenantId = textOf(body, 'tenantId')
    const tenant = tenantId !== null ? { tenantId } : flagOf(body, 'withoutTenantId') ? { tenantId: null } : {}
    const within = reachOf(call.caller)
    const executionId = textOf(body, 'executionId')
    if (executionId === null) await call.runtime.broadcast({ name, variables, ...tenant, ...(within && { within }) })
    else await signalExecution(call, name, executionId, variables, 'tenantId' in tenant)
    return nothing
  }),
]

function correlationOf(call: Call, name: string): Correlation {
  const body = bodyOf(call)
  const values = readVariables(body.processVariables)
  const locals = readVariables(body.processVariablesLocal).variables
  const triggered = readVariables(body.processVariablesToTriggeredScope).variables
  const businessKey = textOf(body, 'businessKey')
  const processInstanceId = textOf(body, 'processInstanceId')
  const keys = body.correlationKeys ? readVariables(body.correlationKeys, 'correlationKeys').variables : undefined
  const localKeys = body.localCorrelationKeys ? readVariables(body.localCorrelationKeys, 'localCorrelationKeys').variables : undefined
  const tenant = tenantOf(call)
  const within = reachOf(call.caller)
  if ('tenantId' in tenant && processInstanceId !== null)
    throw new Problem(400, 'BadUserRequestException', 'Cannot specify a tenant-id when correlate a message to a single process instance')
  return {
    name,
    ...tenant,
    ...(within && { within }),
    ...(businessKey !== null && { businessKey }),
    ...(processInstanceId !== null && { processInstanceId }),
    ...(keys && { correlationKeys: keys }),
    ...(localKeys && { localCorrelationKeys: localKeys }),
    variables: values.variables,
    transient: values.transient,
    localVariables: locals,
    triggeredVariables: triggered,
    all: flagOf(body, 'all'),
  }
}

async function resultOut(call: Call, one: Correlated, withVariables: boolean) {
  const instance = await call.runtime.instance(one.processInstanceId)
  const variables = withVariables ? { variables: variablesOut(instance ? visibleVariables(instance, instance.id) : {}) } : {}
  if (one.kind === 'execution')
    return {
      resultType: 'Execution',
      execution: {
        id: one.executionId,
        processInstanceId: one.processInstanceId,
        ended: !instance || !(instance.scopes.has(one.executionId ?? '') || instance.tokens.has(one.executionId ?? '')),
        tenantId: instance?.tenantId ?? null,
      },
      processInstance: null,
      ...variables,
    }
  const row = await findRow(processInstanceQuery, one.processInstanceId, unrestricted(call.run))
  return {
    resultType: 'ProcessDefinition',
    execution: null,
    processInstance: row ?? {
      links: [],
      id: one.processInstanceId,
      definitionId: one.definitionId,
      businessKey: null,
      ended: true,
      suspended: false,
      tenantId: null,
    },
    ...variables,
  }
}

async function signalExecution(
  call: Call,
  name: string,
  executionId: string,
  variables: Correlation['variables'],
  hasTenant: boolean,
): Promise<void> {
  if (hasTenant)
    throw new Problem(400, 'BadUserRequestException', 'Cannot specify a tenant-id when deliver a signal to a single execution.')
  const [row] = await call.run.query<{ readonly subscription_id: string }>(
    "select subscription_id from ru_subscription where instance_id in (select e.instance_id from ru_execution e where e.execution_id = ?) and execution_id = ? and type = 'signal' and +name = ? order by seq limit 1",
    [executionId, executionId, name],
  )
  if (!row)
    throw new Problem(500, 'NullValueException', `Execution '${executionId}' has not subscribed to a signal event with name '${name}'.`)
  await call.runtime.execute({ kind: 'deliver', subscriptionId: row.subscription_id, variables: variables ?? {} }, undefined, call.userId)
}
