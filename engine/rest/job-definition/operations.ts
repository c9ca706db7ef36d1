import type { Suspension } from '../../runtime/delayed-suspension.ts'
import { type Body, bodyOf, type Call, flagOf, nothing, numberOf, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { dueDateOf, executionDateOf } from '../job/due-date.ts'
import { invalidRequest, notFound, Problem } from '../problem.ts'
import { findRow, keysOf, readPost } from '../query/resource-query.ts'
import { jobDefinitionQuery } from './query.ts'

export const jobDefinitionOperations: readonly Operation[] = [
  ...queryOperations(jobDefinitionQuery),
  operation('PUT', '/job-definition/suspended', 'Suspends or activates several job definitions', async (call) => {
    const body = bodyOf(call)
    const [id, key] = [textOf(body, 'processDefinitionId'), textOf(body, 'processDefinitionKey')]
    if (textOf(body, 'jobDefinitionId') !== null)
      throw invalidRequest('Either processDefinitionId or processDefinitionKey can be set to update the suspension state.')
    if ((id === null) === (key === null))
      throw invalidRequest('Either processDefinitionId or processDefinitionKey should be set to update the suspension state.')
    const criteria: Body = id !== null ? { processDefinitionId: id } : { processDefinitionKey: key }
    const ids = await keysOf(jobDefinitionQuery, readPost(jobDefinitionQuery, criteria, new URLSearchParams()), call.run)
    await suspend(call, ids, key === null ? undefined : { key })
    return nothing
  }),
  operation('PUT', '/job-definition/:id/suspended', 'Suspends or activates a job definition', async (call) => {
    // What does not exist is passed over.
    await suspend(call, [param(call, 'id')])
    return nothing
  }),
  operation('PUT', '/job-definition/:id/retries', 'Sets the retries of failed jobs', async (call) => {
    const retries = numberOf(bodyOf(call), 'retries')
    if (retries === null || retries < 0) throw new Problem(500, 'ProcessEngineException', 'retries must be a number that is not negative')
    await call.runtime.repository.setJobDefinitionRetries(param(call, 'id'), retries, dueDateOf(bodyOf(call)))
    return nothing
  }),
  operation('PUT', '/job-definition/:id/jobPriority', 'Overrides the priority of jobs', async (call) => {
    const body = bodyOf(call)
    const priority = numberOf(body, 'priority')
    const includeJobs = flagOf(body, 'includeJobs')
    if (priority === null && includeJobs) throw invalidRequest('Cannot reset priority for job definition with includeJobs=true')
    await call.runtime.repository.setJobDefinitionPriority(await known(call), priority, includeJobs)
    return nothing
  }),
]

const suspend = (call: Call, ids: readonly string[], process?: Suspension['process']): Promise<void> => {
  const body = bodyOf(call)
  const suspension = {
    of: 'job-definition',
    ids,
    ...(process && { process }),
    suspended: flagOf(body, 'suspended'),
    includesRunning: flagOf(body, 'includeJobs'),
  } as const
  return call.runtime.repository.suspend(suspension, undefined, executionDateOf(body))
}

async function known(call: Call): Promise<string> {
  const id = param(call, 'id')
  if (!(await findRow(jobDefinitionQuery, id, call.run))) throw notFound(`Job definition with id '${id}' does not exist`)
  return id
}
