import { historicProcessInstanceQuery } from '../history/process-instance-query.ts'
import { type Body, bodyOf, type Call, textsOf } from '../http/call.ts'
import { processInstanceQuery } from '../process-instance/query.ts'
import { keysOf, type ResourceQuery, readPost } from '../query/resource-query.ts'
import { externalTaskQuery } from './query.ts'

/** The external tasks that a body speaks of: listed, of instances, or found by queries. */
export async function chosenExternalTasks(call: Call): Promise<readonly string[]> {
  const body = bodyOf(call)
  const found = new Set(textsOf(body, 'externalTaskIds') ?? [])
  const keys = (resource: ResourceQuery, criteria: Body) => keysOf(resource, readPost(resource, criteria, new URLSearchParams()), call.run)
  const add = async (criteria: Body): Promise<void> => {
    for (const id of await keys(externalTaskQuery, criteria)) found.add(id)
  }
  const instances = textsOf(body, 'processInstanceIds')
  if (instances) await add({ processInstanceIdIn: instances })
  for (const [resource, name] of [
    [processInstanceQuery, 'processInstanceQuery'],
    [historicProcessInstanceQuery, 'historicProcessInstanceQuery'],
  ] as const)
    if (body[name]) await add({ processInstanceIdIn: await keys(resource, body[name] as Body) })
  if (body.externalTaskQuery) await add(body.externalTaskQuery as Body)
  return [...found]
}
