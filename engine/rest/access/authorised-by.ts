import { bodyOf, type Call, textOf } from '../http/call.ts'
import type { Method } from '../http/operation.ts'
import type { Need } from './require.ts'
import {
  administrators,
  all,
  forTenant,
  ifBody,
  inGeneral,
  ofThings,
  on,
  onChosen,
  onDefinition,
  onEach,
  onFilter,
  onKey,
  onMembership,
  type Rule,
  signedIn,
} from './rule.ts'
import { thingsById } from './thing.ts'

const READ_DEFINITION: Need = ['READ:PROCESS_DEFINITION']
const READ_INSTANCE: Need = ['READ:PROCESS_INSTANCE', 'READ_INSTANCE:PROCESS_DEFINITION']
const UPDATE_INSTANCE: Need = ['UPDATE:PROCESS_INSTANCE', 'UPDATE_INSTANCE:PROCESS_DEFINITION']
const SUSPEND_INSTANCE: Need = [...UPDATE_INSTANCE, 'SUSPEND:PROCESS_INSTANCE', 'SUSPEND_INSTANCE:PROCESS_DEFINITION']
const SET_VARIABLES: Need = [...UPDATE_INSTANCE, 'UPDATE_VARIABLE:PROCESS_INSTANCE', 'UPDATE_INSTANCE_VARIABLE:PROCESS_DEFINITION']
const DELETE_INSTANCE: Need = ['DELETE:PROCESS_INSTANCE', 'DELETE_INSTANCE:PROCESS_DEFINITION']
const RETRY_JOB: Need = [...UPDATE_INSTANCE, 'RETRY_JOB:PROCESS_INSTANCE', 'RETRY_JOB:PROCESS_DEFINITION']
const CREATE_INSTANCE: readonly Need[] = [['CREATE:PROCESS_INSTANCE'], ['CREATE_INSTANCE:PROCESS_DEFINITION']]
const MIGRATE: Need = ['MIGRATE_INSTANCE:PROCESS_DEFINITION']
const READ_TASK: Need = ['READ:TASK', 'READ_TASK:PROCESS_DEFINITION']
const UPDATE_TASK: Need = ['UPDATE:TASK', 'UPDATE_TASK:PROCESS_DEFINITION']
const WORK_TASK: Need = [...UPDATE_TASK, 'TASK_WORK:TASK', 'TASK_WORK:PROCESS_DEFINITION']
const ASSIGN_TASK: Need = [...UPDATE_TASK, 'TASK_ASSIGN:TASK', 'TASK_ASSIGN:PROCESS_DEFINITION']
const SET_TASK_VARIABLES: Need = [...UPDATE_TASK, 'UPDATE_VARIABLE:TASK', 'UPDATE_TASK_VARIABLE:PROCESS_DEFINITION']
const READ_HISTORY: Need = ['READ_HISTORY:PROCESS_DEFINITION']
const DELETE_HISTORY: Need = ['DELETE_HISTORY:PROCESS_DEFINITION']
const CREATE_BATCH: Rule = inGeneral(['CREATE:BATCH'])
const UPDATE_DEFINITION: Need = ['UPDATE:PROCESS_DEFINITION']
const SUSPEND_DEFINITION: Need = ['UPDATE:PROCESS_DEFINITION', 'SUSPEND:PROCESS_DEFINITION']

const tenantOfForm = (call: Call): string | null => call.form.find(({ name }) => name === 'tenant-id')?.content.toString('utf8') || null
const tenantOfBody = (call: Call): string | null => textOf(bodyOf(call), 'tenantId')

/** Jobs or external tasks whose retries are set: listed, or by instances. */
const retriesOf = (kind: 'job' | 'external-task', member: string): Rule =>
  all(
    onChosen(kind, member, RETRY_JOB),
    onChosen('process-instance', 'processInstances', RETRY_JOB),
    onChosen('process-instance', 'processInstanceIds', RETRY_JOB),
  )

const memberships = (path: string, resource: 'GROUP_MEMBERSHIP' | 'TENANT_MEMBERSHIP'): Readonly<Record<string, Rule>> => ({
  [`PUT ${path}`]: onMembership(resource, [`CREATE:${resource}`]),
  [`DELETE ${path}`]: onMembership(resource, [`DELETE:${resource}`]),
})

/**
 * What each operation of the API asks of its caller, in Camunda's words. Lists, counts and single rows of searchable resources are not
 * here: their queries are narrowed to what the caller may read (`authorisedBy` of each resource). `key/:key` and `tenant-id/:tenantId`
 * are written as `:id`; a row that ends in `/**` holds for all that lies below. A test holds every operation to a row.
 */
const TABLE: Readonly<Record<string, Rule>> = {
  'GET /version': signedIn,
  'GET /engine': signedIn,
  'GET /openapi.json': signedIn,
  'GET /metrics': inGeneral(['READ:SYSTEM']),
  'GET /metrics/:name/sum': inGeneral(['READ:SYSTEM']),

  'POST /deployment/create': all(inGeneral(['CREATE:DEPLOYMENT']), forTenant(tenantOfForm)),
  'POST /deployment/:id/redeploy': all(inGeneral(['CREATE:DEPLOYMENT']), on('deployment', ['READ:DEPLOYMENT'])),
  'GET /deployment/registered': inGeneral(['READ:DEPLOYMENT']),
  'GET /deployment/:id/resources/**': on('deployment', ['READ:DEPLOYMENT']),
  'DELETE /deployment/:id': on('deployment', ['DELETE:DEPLOYMENT']),

  'GET /process-definition/statistics': signedIn,
  'PUT /process-definition/suspended': all(
    onKey('processDefinitionKey', SUSPEND_DEFINITION),
    ifBody('includeProcessInstances', onKey('processDefinitionKey', SUSPEND_INSTANCE)),
  ),
  'GET /process-definition/:id/**': onDefinition('process-definition', READ_DEFINITION),
  'POST /process-definition/:id/start': onDefinition('process-definition', ...CREATE_INSTANCE),
  'POST /process-definition/:id/submit-form': onDefinition('process-definition', ...CREATE_INSTANCE),
  'POST /process-definition/:id/restart': onDefinition('process-definition', ...CREATE_INSTANCE, READ_HISTORY),
  'POST /process-definition/:id/restart-async': all(CREATE_BATCH, onDefinition('process-definition', ...CREATE_INSTANCE, READ_HISTORY)),
  'PUT /process-definition/:id/suspended': all(
    onDefinition('process-definition', SUSPEND_DEFINITION),
    ifBody('includeProcessInstances', onDefinition('process-definition', SUSPEND_INSTANCE)),
  ),
  'PUT /process-definition/:id/history-time-to-live': onDefinition('process-definition', UPDATE_DEFINITION),
  'DELETE /process-definition/:id/**': onDefinition('process-definition', ['DELETE:PROCESS_DEFINITION']),

  'GET /decision-definition/:id/**': onDefinition('decision-definition', ['READ:DECISION_DEFINITION']),
  'POST /decision-definition/:id/evaluate': onDefinition('decision-definition', ['CREATE_INSTANCE:DECISION_DEFINITION']),
  'PUT /decision-definition/:id/history-time-to-live': onDefinition('decision-definition', ['UPDATE:DECISION_DEFINITION']),
  'GET /decision-requirements-definition/:id/**': onDefinition('decision-requirements-definition', [
    'READ:DECISION_REQUIREMENTS_DEFINITION',
  ]),

  'GET /process-instance/:id/**': on('process-instance', READ_INSTANCE),
  'DELETE /process-instance/:id': on('process-instance', DELETE_INSTANCE),
  'POST /process-instance/:id/modification': on('process-instance', UPDATE_INSTANCE),
  'POST /process-instance/:id/modification-async': all(CREATE_BATCH, on('process-instance', UPDATE_INSTANCE)),
  'PUT /process-instance/:id/suspended': on('process-instance', SUSPEND_INSTANCE),
  'POST /process-instance/:id/variables/**': on('process-instance', SET_VARIABLES),
  'PUT /process-instance/:id/variables/**': on('process-instance', SET_VARIABLES),
  'DELETE /process-instance/:id/variables/**': on('process-instance', SET_VARIABLES),
  'PUT /process-instance/suspended': all(
    onChosen('process-instance', 'processInstanceIds', SUSPEND_INSTANCE),
    onEach('process-definition', 'processDefinitionId', SUSPEND_INSTANCE),
    onKey('processDefinitionKey', SUSPEND_INSTANCE),
  ),
  'POST /process-instance/suspended-async': all(CREATE_BATCH, onChosen('process-instance', 'processInstanceIds', SUSPEND_INSTANCE)),
  'POST /process-instance/delete': all(CREATE_BATCH, onChosen('process-instance', 'processInstanceIds', DELETE_INSTANCE)),
  'POST /process-instance/job-retries': all(CREATE_BATCH, retriesOf('job', 'jobIds')),
  'POST /process-instance/message-async': all(CREATE_BATCH, onChosen('process-instance', 'processInstanceIds', UPDATE_INSTANCE)),
  'POST /process-instance/variables-async': all(CREATE_BATCH, onChosen('process-instance', 'processInstanceIds', SET_VARIABLES)),

  'GET /execution/:id/**': on('execution', READ_INSTANCE),
  'POST /execution/:id/signal': on('execution', UPDATE_INSTANCE),
  'POST /execution/:id/create-incident': on('execution', UPDATE_INSTANCE),
  'POST /execution/:id/messageSubscriptions/:messageName/trigger': on('execution', UPDATE_INSTANCE),
  'POST /execution/:id/localVariables/**': on('execution', SET_VARIABLES),
  'PUT /execution/:id/localVariables/**': on('execution', SET_VARIABLES),
  'DELETE /execution/:id/localVariables/**': on('execution', SET_VARIABLES),
  'GET /variable-instance/:id/data': on('variable-instance', [...READ_INSTANCE, ...READ_TASK]),

  // Receivers that the caller may not touch are not found.
  'POST /message': signedIn,
  'POST /signal': all(onEach('execution', 'executionId', UPDATE_INSTANCE)),
  'POST /condition': all(onEach('process-definition', 'processDefinitionId', ...CREATE_INSTANCE)),

  'GET /task/:id/comment/**': all(on('task', READ_TASK), on('historic-task', [...READ_TASK, ...READ_HISTORY])),
  'GET /task/:id/attachment/**': all(on('task', READ_TASK), on('historic-task', [...READ_TASK, ...READ_HISTORY])),
  'GET /task/:id/**': on('task', READ_TASK),
  'POST /task/:id/complete': on('task', WORK_TASK),
  'POST /task/:id/submit-form': on('task', WORK_TASK),
  'POST /task/:id/resolve': on('task', WORK_TASK),
  'POST /task/:id/claim': on('task', WORK_TASK),
  'POST /task/:id/unclaim': on('task', WORK_TASK),
  'POST /task/:id/bpmnError': on('task', WORK_TASK),
  'POST /task/:id/bpmnEscalation': on('task', WORK_TASK),
  'POST /task/:id/assignee': on('task', ASSIGN_TASK),
  'POST /task/:id/delegate': on('task', ASSIGN_TASK),
  'PUT /task/:id': on('task', ASSIGN_TASK),
  'DELETE /task/:id': on('task', ['DELETE:TASK']),
  'POST /task/:id/identity-links/**': on('task', ASSIGN_TASK),
  'POST /task/:id/variables/**': on('task', SET_TASK_VARIABLES),
  'PUT /task/:id/variables/**': on('task', SET_TASK_VARIABLES),
  'DELETE /task/:id/variables/**': on('task', SET_TASK_VARIABLES),
  'POST /task/:id/localVariables/**': on('task', SET_TASK_VARIABLES),
  'PUT /task/:id/localVariables/**': on('task', SET_TASK_VARIABLES),
  'DELETE /task/:id/localVariables/**': on('task', SET_TASK_VARIABLES),
  'POST /task/:id/comment/create': on('historic-task', [...WORK_TASK, ...READ_TASK]),
  'PUT /task/:id/comment': on('historic-task', UPDATE_TASK),
  'DELETE /task/:id/comment/**': on('historic-task', UPDATE_TASK),
  'POST /task/:id/attachment/create': on('historic-task', [...WORK_TASK, ...READ_TASK]),
  'DELETE /task/:id/attachment/**': on('historic-task', UPDATE_TASK),
  'POST /task/create': all(inGeneral(['CREATE:TASK']), forTenant(tenantOfBody)),
  'GET /task/report/candidate-group-count': inGeneral(READ_TASK),

  'POST /external-task/fetchAndLock': signedIn,
  'GET /external-task/topic-names': signedIn,
  'GET /external-task/:id': signedIn,
  'GET /external-task/:id/errorDetails': on('external-task', READ_INSTANCE),
  'POST /external-task/:id/**': on('external-task', UPDATE_INSTANCE),
  'PUT /external-task/:id/**': on('external-task', UPDATE_INSTANCE),
  'PUT /external-task/retries': retriesOf('external-task', 'externalTaskIds'),
  'POST /external-task/retries-async': all(CREATE_BATCH, retriesOf('external-task', 'externalTaskIds')),

  'GET /job/:id/stacktrace': on('job', READ_INSTANCE),
  'POST /job/:id/execute': on('job', RETRY_JOB),
  'PUT /job/:id/retries': on('job', RETRY_JOB),
  'PUT /job/:id/suspended': on('job', SUSPEND_INSTANCE),
  'PUT /job/:id/duedate': on('job', UPDATE_INSTANCE),
  'PUT /job/:id/priority': on('job', UPDATE_INSTANCE),
  'POST /job/:id/duedate/recalculate': on('job', UPDATE_INSTANCE),
  'DELETE /job/:id': on('job', UPDATE_INSTANCE),
  'POST /job/retries': all(CREATE_BATCH, retriesOf('job', 'jobIds')),
  'PUT /job/suspended': all(
    onEach('process-instance', 'processInstanceId', SUSPEND_INSTANCE),
    onEach('process-definition', 'processDefinitionId', SUSPEND_INSTANCE),
    onEach('job-definition', 'jobDefinitionId', SUSPEND_INSTANCE),
    onKey('processDefinitionKey', SUSPEND_INSTANCE),
  ),
  'PUT /job-definition/:id/suspended': all(
    on('job-definition', SUSPEND_DEFINITION),
    ifBody('includeJobs', on('job-definition', SUSPEND_INSTANCE)),
  ),
  'PUT /job-definition/:id/retries': on('job-definition', RETRY_JOB),
  'PUT /job-definition/:id/jobPriority': all(
    on('job-definition', UPDATE_DEFINITION),
    ifBody('includeJobs', on('job-definition', UPDATE_INSTANCE)),
  ),
  'PUT /job-definition/suspended': all(
    onEach('process-definition', 'processDefinitionId', SUSPEND_DEFINITION),
    onKey('processDefinitionKey', SUSPEND_DEFINITION),
    ifBody(
      'includeJobs',
      all(onEach('process-definition', 'processDefinitionId', SUSPEND_INSTANCE), onKey('processDefinitionKey', SUSPEND_INSTANCE)),
    ),
  ),

  'PUT /incident/:id/annotation': on('incident', UPDATE_INSTANCE),
  'DELETE /incident/:id/**': on('incident', UPDATE_INSTANCE),

  'POST /modification/execute': all(
    onEach('process-definition', 'processDefinitionId', UPDATE_INSTANCE),
    onChosen('process-instance', 'processInstanceIds', UPDATE_INSTANCE),
  ),
  'POST /modification/executeAsync': all(
    CREATE_BATCH,
    onEach('process-definition', 'processDefinitionId', UPDATE_INSTANCE),
    onChosen('process-instance', 'processInstanceIds', UPDATE_INSTANCE),
  ),
  'POST /migration/generate': onPlan(READ_DEFINITION),
  'POST /migration/validate': onPlan(READ_DEFINITION),
  'POST /migration/execute': all(onPlan(MIGRATE), onChosen('process-instance', 'processInstanceIds', MIGRATE)),
  'POST /migration/executeAsync': all(CREATE_BATCH, onPlan(MIGRATE), onChosen('process-instance', 'processInstanceIds', MIGRATE)),

  'GET /batch/statistics/**': signedIn,
  'PUT /batch/:id/suspended': on('batch', ['UPDATE:BATCH']),
  'DELETE /batch/:id': on('batch', ['DELETE:BATCH']),
  'DELETE /history/batch/:id': on('historic-batch', ['DELETE_HISTORY:BATCH']),

  'GET /filter': signedIn,
  'POST /filter/create': inGeneral(['CREATE:FILTER']),
  'GET /filter/:id/**': onFilter(['READ:FILTER']),
  'POST /filter/:id/**': onFilter(['READ:FILTER']),
  'PUT /filter/:id': onFilter(['UPDATE:FILTER']),
  'DELETE /filter/:id': onFilter(['DELETE:FILTER']),

  'DELETE /history/process-instance/:id/**': on('historic-process-instance', DELETE_HISTORY),
  'POST /history/process-instance/delete': all(
    CREATE_BATCH,
    onChosen('historic-process-instance', 'historicProcessInstanceIds', DELETE_HISTORY),
  ),
  'POST /history/process-instance/set-removal-time': all(
    CREATE_BATCH,
    onChosen('historic-process-instance', 'historicProcessInstanceIds', DELETE_HISTORY),
  ),
  'POST /history/decision-instance/set-removal-time': all(
    CREATE_BATCH,
    onChosen('historic-decision-instance', 'historicDecisionInstanceIds', ['DELETE_HISTORY:DECISION_DEFINITION']),
  ),
  'POST /history/batch/set-removal-time': all(CREATE_BATCH, onChosen('historic-batch', 'historicBatchIds', ['DELETE_HISTORY:BATCH'])),
  'GET /history/batch/cleanable-batch-report/**': inGeneral(['READ_HISTORY:BATCH']),
  'POST /history/decision-instance/delete': all(
    CREATE_BATCH,
    onChosen('historic-decision-instance', 'historicDecisionInstanceIds', ['DELETE_HISTORY:DECISION_DEFINITION']),
  ),
  'POST /process-instance/delete-historic-query-based': all(
    CREATE_BATCH,
    onChosen('process-instance', 'processInstanceIds', DELETE_INSTANCE),
  ),
  'GET /history/process-instance/report': inGeneral(READ_HISTORY),
  'GET /history/task/report': inGeneral(READ_HISTORY),
  'GET /history/detail/:id/data': on('historic-detail', READ_HISTORY),
  'GET /history/decision-definition/cleanable-decision-instance-report/**': inGeneral(['READ_HISTORY:DECISION_DEFINITION']),
  'GET /history/variable-instance/:id/data': on('historic-variable-instance', READ_HISTORY),
  'DELETE /history/variable-instance/:id': on('historic-variable-instance', DELETE_HISTORY),
  'GET /history/job-log/:id/stacktrace': on('historic-job-log', READ_HISTORY),
  'GET /history/external-task-log/:id/error-details': on('historic-external-task-log', READ_HISTORY),
  'GET /history/process-definition/:id/statistics': onDefinition('process-definition', READ_HISTORY),
  'GET /history/process-definition/cleanable-process-instance-report/**': inGeneral(READ_HISTORY),
  'GET /history/decision-requirements-definition/:id/statistics': onDefinition('decision-requirements-definition', [
    'READ:DECISION_REQUIREMENTS_DEFINITION',
  ]),
  'GET /history/decision-instance': signedIn,
  'GET /history/decision-instance/:id': on('historic-decision-instance', ['READ_HISTORY:DECISION_DEFINITION']),
  'GET /history/cleanup/**': administrators,
  'POST /history/cleanup': administrators,
  'PUT /history/user-operation/:operationId/set-annotation': onUserOperation([
    'UPDATE:OPERATION_LOG_CATEGORY',
    'UPDATE_HISTORY:PROCESS_DEFINITION',
  ]),
  'PUT /history/user-operation/:operationId/clear-annotation': onUserOperation([
    'UPDATE:OPERATION_LOG_CATEGORY',
    'UPDATE_HISTORY:PROCESS_DEFINITION',
  ]),
  'DELETE /history/user-operation/:id': on('user-operation', ['DELETE:OPERATION_LOG_CATEGORY', 'DELETE_HISTORY:PROCESS_DEFINITION']),

  'GET /identity/groups': signedIn,
  'POST /user/create': inGeneral(['CREATE:USER']),
  'GET /user/:id/profile': on('user', ['READ:USER']),
  'PUT /user/:id/profile': on('user', ['UPDATE:USER']),
  'PUT /user/:id/credentials': on('user', ['UPDATE:USER']),
  'POST /user/:id/unlock': administrators,
  'POST /identity/verify': signedIn,
  'DELETE /user/:id': on('user', ['DELETE:USER']),
  'POST /group/create': inGeneral(['CREATE:GROUP']),
  'PUT /group/:id': on('group', ['UPDATE:GROUP']),
  'DELETE /group/:id': on('group', ['DELETE:GROUP']),
  'POST /tenant/create': inGeneral(['CREATE:TENANT']),
  'PUT /tenant/:id': on('tenant', ['UPDATE:TENANT']),
  'DELETE /tenant/:id': on('tenant', ['DELETE:TENANT']),
  ...memberships('/group/:id/members/:memberId', 'GROUP_MEMBERSHIP'),
  ...memberships('/tenant/:id/user-members/:memberId', 'TENANT_MEMBERSHIP'),
  ...memberships('/tenant/:id/group-members/:memberId', 'TENANT_MEMBERSHIP'),

  'GET /authorization/check': signedIn,
  'GET /authorization/:id': on('authorization', ['READ:AUTHORIZATION']),
  'POST /authorization/create': inGeneral(['CREATE:AUTHORIZATION']),
  'PUT /authorization/:id': on('authorization', ['UPDATE:AUTHORIZATION']),
  'DELETE /authorization/:id': on('authorization', ['DELETE:AUTHORIZATION']),
}

/** The rule of an operation. Throws when nobody has decided: nothing is open by oversight. */
export function ruleOf(method: Method, path: string): Rule {
  if (method === 'OPTIONS') return signedIn
  const wanted = path.replace('/key/:key/tenant-id/:tenantId', '/:id').replace('/key/:key', '/:id')
  const exact = TABLE[`${method} ${wanted}`]
  if (exact) return exact
  const segments = wanted.split('/')
  for (let length = segments.length; length > 1; length--) {
    const below = TABLE[`${method} ${segments.slice(0, length).join('/')}/**`]
    if (below) return below
  }
  throw new Error(`nobody has decided who may ${method} ${path}`)
}

/** A migration plan names two definitions, in the body or in its `migrationPlan`. */
function onPlan(need: Need): Rule {
  const plan = (member: string): Rule => {
    const inner = onEach('process-definition', member, need)
    return {
      ...inner,
      check: async (call) => {
        const body = bodyOf(call)
        const within = body.migrationPlan
        await inner.check(typeof within === 'object' && within !== null ? { ...call, body: within } : call)
      },
    }
  }
  return all(plan('sourceProcessDefinitionId'), plan('targetProcessDefinitionId'))
}

function onUserOperation(need: Need): Rule {
  return ofThings(
    async (call) => {
      const entries = await call.run.query<{ readonly entry_id: string }>('select entry_id from hi_user_operation where operation_id = ?', [
        call.params.operationId ?? '',
      ])
      return thingsById(
        call.run.query,
        'user-operation',
        entries.map(({ entry_id }) => entry_id),
      )
    },
    [need],
  )
}
