import { EngineError } from '../../process-engine.ts'
import { activityTree } from '../../runtime/activity-tree.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { historicProcessInstanceQuery } from '../history/process-instance-query.ts'
import { type Body, bodyOf, type Call, flagOf, json, nothing, param, textOf, textsOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, notFound, Problem, wrapAll } from '../problem.ts'
import { keysOf, readPost } from '../query/resource-query.ts'
import { variableOperations } from '../variable-operations.ts'
import { treeOut } from './activity-tree.ts'
import { readInstructions } from './instructions.ts'
import { processInstanceQuery } from './query.ts'

export const processInstanceOperations: readonly Operation[] = [
  ...queryOperations(processInstanceQuery),
  operation('DELETE', '/process-instance/:id', 'Deletes an instance', async (call) => {
    const id = param(call, 'id')
    const has = (name: string): boolean => call.query.get(name) === 'true'
    try {
      await call.runtime.execute(
        {
          kind: 'delete',
          instanceId: id,
          reason: null,
          skipCustomListeners: has('skipCustomListeners'),
          skipIoMappings: has('skipIoMappings'),
          skipSubprocesses: has('skipSubprocesses'),
        },
        undefined,
        call.userId,
      )
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'unknown-instance') throw error
      if (call.query.get('failIfNotExists') !== 'false') throw notFound(`Process instance with id ${id} does not exist`)
    }
    return nothing
  }),
  operation('GET', '/process-instance/:id/activity-instances', 'The tree of what is active', async (call) => {
    const id = param(call, 'id')
    const instance = await call.runtime.instance(id)
    const found = instance && (await call.runtime.definitions.get(call.run.query, instance.definitionId, false))
    if (!instance || !found) throw notFound(`Process instance with id ${id} does not exist`)
    return json(treeOut(activityTree(instance, found.definition), instance, found.definition.model, null))
  }),
  operation('POST', '/process-instance/:id/modification', 'Starts and cancels activities of an instance', async (call) => {
    const body = bodyOf(call)
    const instructions = readInstructions(body)
    if (instructions.length === 0) return nothing
    await call.runtime.execute(
      {
        kind: 'modify',
        instanceId: param(call, 'id'),
        instructions,
        skipCustomListeners: flagOf(body, 'skipCustomListeners'),
        skipIoMappings: flagOf(body, 'skipIoMappings'),
      },
      undefined,
      call.userId,
    )
    return nothing
  }),
  operation('PUT', '/process-instance/:id/suspended', 'Suspends or activates an instance', async (call) => {
    // What does not exist is passed over.
    const [row] = await call.run.query('select instance_id from ru_instance where instance_id = ?', [param(call, 'id')])
    if (!row) return nothing
    await call.runtime.execute(
      { kind: 'setSuspended', instanceId: param(call, 'id'), suspended: flagOf(bodyOf(call), 'suspended') },
      undefined,
      call.userId,
    )
    return nothing
  }),
  operation('PUT', '/process-instance/suspended', 'Suspends or activates several instances', async (call) => {
    const suspended = flagOf(bodyOf(call), 'suspended')
    for (const instanceId of await instancesOf(call))
      await call.runtime.execute({ kind: 'setSuspended', instanceId, suspended }, undefined, call.userId)
    return nothing
  }),
  ...variableOperations({
    path: '/process-instance/:id/variables',
    what: 'process instance',
    read: async (call, id) => {
      const instance = await call.runtime.instance(id)
      if (!instance) throw new Problem(500, 'NullValueException', `execution ${id} doesn't exist: execution is null`, { code: 0 })
      return visibleVariables(instance, id)
    },
    change: async (call, id, variables, remove, transient) => {
      await call.runtime.execute(
        { kind: 'setVariables', instanceId: id, executionId: id, variables, remove, local: false, transient },
        undefined,
        call.userId,
      )
    },
    wrapping: wrapAll(500),
  }),
]

/** Which instances a body speaks of: listed, by a query, or all of one definition. */
async function instancesOf(call: Call): Promise<readonly string[]> {
  const body = bodyOf(call)
  const listed = textsOf(body, 'processInstanceIds')
  const query = body.processInstanceQuery
  const definitionId = textOf(body, 'processDefinitionId')
  const definitionKey = textOf(body, 'processDefinitionKey')
  if (definitionId !== null && definitionKey !== null)
    throw invalidRequest('Only one of processDefinitionId or processDefinitionKey should be set to update the suspension state.')
  const criteria = query ?? {
    ...(definitionId !== null && { processDefinitionId: definitionId }),
    ...(definitionKey !== null && { processDefinitionKey: definitionKey }),
    ...(textOf(body, 'processDefinitionTenantId') !== null && { tenantIdIn: [textOf(body, 'processDefinitionTenantId')] }),
    ...(flagOf(body, 'processDefinitionWithoutTenantId') && { withoutTenantId: true }),
  }
  if (listed !== null) return listed
  const historic = body.historicProcessInstanceQuery as Body | null | undefined
  if (historic)
    return keysOf(historicProcessInstanceQuery, readPost(historicProcessInstanceQuery, historic, new URLSearchParams()), call.run)
  if (typeof criteria !== 'object' || criteria === null || (query === undefined && Object.keys(criteria).length === 0))
    throw invalidRequest(
      'Either processInstanceId, processDefinitionId or processDefinitionKey should be set to update the suspension state.',
    )
  return keysOf(
    processInstanceQuery,
    readPost(processInstanceQuery, criteria as Readonly<Record<string, unknown>>, new URLSearchParams()),
    call.run,
  )
}
