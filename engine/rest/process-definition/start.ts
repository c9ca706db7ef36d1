import type { Variables } from '../../core/value.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { bodyOf, type Call, flagOf, json, textOf } from '../http/call.ts'
import { readInstructions } from '../process-instance/instructions.ts'
import { readVariables, variablesOut } from '../variable.ts'
import { lastVariables } from './last-variables.ts'

/** What a start form makes of the body. */
export interface Submitted {
  readonly variables: Variables
  readonly businessKey: string | null
}

/** Starts an instance and answers it as Camunda does; also what `submit-form` does, with the values of the form. */
export async function start(call: Call, definitionId: string, submitted?: Submitted) {
  const body = bodyOf(call)
  const given = readVariables(body.variables)
  const variables = submitted?.variables ?? given.variables
  const businessKey = submitted ? submitted.businessKey : textOf(body, 'businessKey')
  const instructions = readInstructions(body, 'startInstructions')
  const { instanceId, definition, done } = await call.runtime.startInstance(
    {
      definitionId,
      businessKey,
      variables,
      transient: given.transient,
      ...(instructions.length > 0 && { instructions }),
      ...(flagOf(body, 'skipCustomListeners') && { skipCustomListeners: true }),
      ...(flagOf(body, 'skipIoMappings') && { skipIoMappings: true }),
    },
    undefined,
    call.userId,
  )
  const instance = done.family.instances.get(instanceId)
  return json({
    links: [{ method: 'GET', href: `${call.base}/process-instance/${instanceId}`, rel: 'self' }],
    id: instanceId,
    definitionId: definition.id,
    definitionKey: definition.key,
    businessKey: instance ? instance.businessKey : businessKey,
    caseInstanceId: null,
    ended: !instance,
    suspended: instance?.suspended ?? false,
    tenantId: definition.tenantId,
    ...(flagOf(body, 'withVariablesInReturn') && {
      variables: variablesOut(instance ? visibleVariables(instance, instanceId) : await lastVariables(call.run.query, instanceId)),
    }),
  })
}
