import type { ThingKind } from '../access/thing.ts'
import { bodyOf, type Call, param } from '../http/call.ts'
import type { Method } from '../http/operation.ts'

/** One property that an operation changed. */
export type Property = readonly [name: string | null, newValue: unknown]

/** How an operation of the API appears in the user operation log: Camunda's words. */
export interface Logged {
  readonly entity: string
  readonly type: string | ((call: Call) => string)
  readonly category: 'TaskWorker' | 'Operator' | 'Admin'
  /** What the path's `:id` is: where the entry's context is looked up. */
  readonly on?: ThingKind
  readonly properties: (call: Call) => readonly Property[]
}

const given =
  (...names: readonly string[]) =>
  (call: Call): readonly Property[] =>
    names.flatMap((name): readonly Property[] => {
      const value = bodyOf(call)[name]
      return value === undefined ? [] : [[name, value]]
    })
const fixed =
  (name: string | null, value: unknown = null) =>
  (): readonly Property[] => [[name, value]]
const suspension = (active: string, suspended: string) => (call: Call) => (bodyOf(call).suspended === true ? suspended : active)
const state = (call: Call): readonly Property[] => [['suspensionState', bodyOf(call).suspended === true ? 'suspended' : 'active']]
const variableNames = (call: Call): readonly Property[] => [
  ['variables', null],
  ...(param(call, 'varName') ? [['name', param(call, 'varName')] as const] : []),
]

const task = (type: Logged['type'], properties: Logged['properties']): Logged => ({
  entity: 'Task',
  type,
  category: 'TaskWorker',
  on: 'task',
  properties,
})
const instance = (type: Logged['type'], properties: Logged['properties'], on: ThingKind | null = 'process-instance'): Logged => ({
  entity: 'ProcessInstance',
  type,
  category: 'Operator',
  ...(on && { on }),
  properties,
})
const operator = (entity: string, type: Logged['type'], on: ThingKind | null, properties: Logged['properties']): Logged => ({
  entity,
  type,
  category: 'Operator',
  ...(on && { on }),
  properties,
})
const admin = (entity: string, type: string, on: ThingKind | null, properties: Logged['properties']): Logged => ({
  entity,
  type,
  category: 'Admin',
  ...(on && { on }),
  properties,
})
const link = (adds: boolean): Logged =>
  task(
    (call) => `${adds ? 'Add' : 'Delete'}${bodyOf(call).groupId ? 'Group' : 'User'}Link`,
    (call) => [['candidate', bodyOf(call).groupId ?? bodyOf(call).userId ?? null]],
  )
const async = (call: Call): readonly Property[] => [
  ['nrOfInstances', (bodyOf(call).processInstanceIds as unknown[] | undefined)?.length ?? null],
  ['async', true],
]
const entity = (name: string): Readonly<Record<string, Logged>> => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const path = `/${name}`
  return {
    [`POST ${path}/create`]: admin(title, 'Create', null, (call) => [[`${name}Id`, bodyOf(call).id ?? null]]),
    [`PUT ${path}/:id`]: admin(title, 'Update', null, (call) => [[`${name}Id`, param(call, 'id')]]),
    [`DELETE ${path}/:id`]: admin(title, 'Delete', null, (call) => [[`${name}Id`, param(call, 'id')]]),
  }
}

const TABLE: Readonly<Record<string, Logged>> = {
  'POST /task/create': { ...task('Create', fixed('delete')), on: 'task' },
  'PUT /task/:id': task(
    'Update',
    given('name', 'description', 'assignee', 'owner', 'delegationState', 'due', 'followUp', 'priority', 'parentTaskId'),
  ),
  'DELETE /task/:id': task('Delete', fixed('delete', true)),
  'POST /task/:id/claim': task('Claim', (call) => [['assignee', bodyOf(call).userId ?? null]]),
  'POST /task/:id/unclaim': task('Claim', fixed('assignee')),
  'POST /task/:id/assignee': task('Assign', (call) => [['assignee', bodyOf(call).userId ?? null]]),
  'POST /task/:id/delegate': task('Delegate', (call) => [
    ['delegation', 'PENDING'],
    ['assignee', bodyOf(call).userId ?? null],
  ]),
  'POST /task/:id/resolve': task('Resolve', fixed('delegation', 'RESOLVED')),
  'POST /task/:id/complete': task('Complete', fixed('delete', true)),
  'POST /task/:id/submit-form': task('Complete', fixed('delete', true)),
  'POST /task/:id/identity-links': link(true),
  'POST /task/:id/identity-links/delete': link(false),
  'POST /task/:id/attachment/create': { ...task('AddAttachment', fixed('name')), entity: 'Attachment' },
  'DELETE /task/:id/attachment/:attachmentId': { ...task('DeleteAttachment', fixed('name')), entity: 'Attachment' },
  'PUT /task/:id/comment': { ...task('UpdateComment', given('message')), entity: 'Comment' },
  'DELETE /task/:id/comment': { ...task('DeleteComment', fixed(null)), entity: 'Comment' },
  'DELETE /task/:id/comment/:commentId': { ...task('DeleteComment', fixed(null)), entity: 'Comment' },

  ...variables('/task/:id/variables', 'task', 'TaskWorker'),
  ...variables('/task/:id/localVariables', 'task', 'TaskWorker'),
  ...variables('/process-instance/:id/variables', 'process-instance', 'Operator'),
  ...variables('/execution/:id/localVariables', 'execution', 'Operator'),
  'POST /process-instance/variables-async': operator('ProcessInstance', 'SetVariables', null, async),
  'DELETE /history/variable-instance/:id': operator('Variable', 'DeleteHistory', 'historic-variable-instance', fixed('name')),
  'DELETE /history/process-instance/:id/variable-instances': operator(
    'Variable',
    'DeleteHistory',
    'historic-process-instance',
    fixed('name'),
  ),

  'POST /process-definition/:id/start': instance('Create', fixed('processDefinitionId'), null),
  'POST /process-definition/:id/submit-form': instance('Create', fixed('processDefinitionId'), null),
  'DELETE /process-instance/:id': instance('Delete', fixed(null)),
  'PUT /process-instance/:id/suspended': instance(suspension('Activate', 'Suspend'), state),
  'PUT /process-instance/suspended': instance(suspension('Activate', 'Suspend'), state, null),
  'POST /process-instance/suspended-async': instance(suspension('ActivateJob', 'SuspendJob'), async, null),
  'POST /process-instance/delete': instance('Delete', async, null),
  'POST /process-instance/:id/modification': instance('ModifyProcessInstance', fixed(null)),
  'POST /process-instance/:id/modification-async': instance('ModifyProcessInstance', async),
  'POST /modification/execute': instance('ModifyProcessInstance', fixed('async', false), null),
  'POST /modification/executeAsync': instance('ModifyProcessInstance', async, null),
  'POST /migration/execute': instance('Migrate', fixed('async', false), null),
  'POST /migration/executeAsync': instance('Migrate', async, null),
  'POST /process-definition/:id/restart': instance('RestartProcessInstance', fixed('async', false), null),
  'POST /process-definition/:id/restart-async': instance('RestartProcessInstance', async, null),
  'POST /message': instance('CorrelateMessage', given('messageName', 'processInstanceId'), null),
  'POST /process-instance/message-async': instance('CorrelateMessage', async, null),
  'DELETE /history/process-instance/:id': instance('DeleteHistory', fixed(null), 'historic-process-instance'),
  'POST /history/process-instance/delete': instance('DeleteHistory', async, null),

  'PUT /process-definition/:id/suspended': operator(
    'ProcessDefinition',
    suspension('ActivateProcessDefinition', 'SuspendProcessDefinition'),
    'process-definition',
    state,
  ),
  'PUT /process-definition/suspended': operator(
    'ProcessDefinition',
    suspension('ActivateProcessDefinition', 'SuspendProcessDefinition'),
    null,
    state,
  ),
  'PUT /process-definition/:id/history-time-to-live': operator(
    'ProcessDefinition',
    'UpdateHistoryTimeToLive',
    'process-definition',
    given('historyTimeToLive'),
  ),
  'PUT /decision-definition/:id/history-time-to-live': operator(
    'DecisionDefinition',
    'UpdateHistoryTimeToLive',
    null,
    given('historyTimeToLive'),
  ),
  'DELETE /process-definition/:id': operator('ProcessDefinition', 'Delete', 'process-definition', (call) => [
    ['cascade', call.query.get('cascade') === 'true'],
  ]),
  'POST /decision-definition/:id/evaluate': operator('DecisionDefinition', 'Evaluate', null, fixed('decisionDefinitionId')),
  'POST /deployment/create': operator('Deployment', 'Create', null, fixed('duplicateFilterEnabled', false)),
  'POST /deployment/:id/redeploy': operator('Deployment', 'Create', 'deployment', fixed('duplicateFilterEnabled', false)),
  'DELETE /deployment/:id': operator('Deployment', 'Delete', 'deployment', (call) => [['cascade', call.query.get('cascade') === 'true']]),

  'POST /job/:id/execute': operator('Job', 'Execute', 'job', fixed(null)),
  'PUT /job/:id/retries': operator('Job', 'SetJobRetries', 'job', given('retries')),
  'POST /job/retries': operator('Job', 'SetJobRetries', null, given('retries')),
  'POST /process-instance/job-retries': operator('Job', 'SetJobRetries', null, given('retries')),
  'PUT /job/:id/duedate': operator('Job', 'SetDueDate', 'job', given('duedate')),
  'POST /job/:id/duedate/recalculate': operator('Job', 'RecalculateDueDate', 'job', fixed('duedate')),
  'PUT /job/:id/priority': operator('Job', 'SetPriority', 'job', given('priority')),
  'PUT /job/:id/suspended': operator('Job', suspension('ActivateJob', 'SuspendJob'), 'job', state),
  'PUT /job/suspended': operator('Job', suspension('ActivateJob', 'SuspendJob'), null, state),
  'DELETE /job/:id': operator('Job', 'Delete', 'job', fixed(null)),
  'PUT /job-definition/:id/suspended': operator(
    'JobDefinition',
    suspension('ActivateJobDefinition', 'SuspendJobDefinition'),
    'job-definition',
    state,
  ),
  'PUT /job-definition/suspended': operator('JobDefinition', suspension('ActivateJobDefinition', 'SuspendJobDefinition'), null, state),
  'PUT /job-definition/:id/retries': operator('JobDefinition', 'SetJobRetries', 'job-definition', given('retries')),
  'PUT /job-definition/:id/jobPriority': operator('JobDefinition', 'SetPriority', 'job-definition', (call) => [
    ['overridingPriority', bodyOf(call).priority ?? null],
  ]),
  'PUT /external-task/:id/retries': operator('ExternalTask', 'SetExternalTaskRetries', 'external-task', given('retries')),
  'PUT /external-task/retries': operator('ExternalTask', 'SetExternalTaskRetries', null, given('retries')),
  'POST /external-task/retries-async': operator('ExternalTask', 'SetExternalTaskRetries', null, given('retries')),
  'PUT /external-task/:id/priority': operator('ExternalTask', 'SetPriority', 'external-task', given('priority')),
  'POST /external-task/:id/unlock': operator('ExternalTask', 'Unlock', 'external-task', fixed(null)),
  'PUT /incident/:id/annotation': operator('Incident', 'SetAnnotation', 'incident', given('annotation')),
  'DELETE /incident/:id/annotation': operator('Incident', 'ClearAnnotation', 'incident', fixed('annotation')),
  'DELETE /incident/:id': operator('Incident', 'Resolve', 'incident', fixed('incidentId')),
  'POST /execution/:id/create-incident': operator('ProcessInstance', 'CreateIncident', 'execution', given('incidentType', 'configuration')),
  'PUT /batch/:id/suspended': operator('Batch', suspension('ActivateBatch', 'SuspendBatch'), 'batch', state),
  'DELETE /batch/:id': operator('Batch', 'Delete', 'batch', (call) => [['cascadeToHistory', call.query.get('cascade') === 'true']]),
  'DELETE /history/batch/:id': operator('Batch', 'DeleteHistory', 'historic-batch', fixed(null)),
  'POST /history/cleanup': operator('ProcessEngine', 'CreateHistoryCleanupJobs', null, (call) => [
    ['immediatelyDue', call.query.get('immediatelyDue') !== 'false'],
  ]),

  'POST /filter/create': { ...task('Create', given('name')), entity: 'Filter', on: 'filter' },
  'PUT /filter/:id': { ...task('Update', given('name')), entity: 'Filter', on: 'filter' },
  'DELETE /filter/:id': { ...task('Delete', (call) => [['filterId', param(call, 'id')]]), entity: 'Filter', on: 'filter' },
  'POST /user/create': admin('User', 'Create', null, (call) => [
    ['userId', (bodyOf(call).profile as { id?: unknown } | undefined)?.id ?? null],
  ]),
  'PUT /user/:id/profile': admin('User', 'Update', null, (call) => [['userId', param(call, 'id')]]),
  'DELETE /user/:id': admin('User', 'Delete', null, (call) => [['userId', param(call, 'id')]]),
  ...entity('group'),
  ...entity('tenant'),
  ...memberships('/group/:id/members/:memberId', 'Group membership', 'groupId'),
  ...memberships('/tenant/:id/user-members/:memberId', 'TenantMembership', 'tenantId'),
  ...memberships('/tenant/:id/group-members/:memberId', 'TenantMembership', 'tenantId'),
  'POST /authorization/create': admin(
    'Authorization',
    'Create',
    null,
    given('permissions', 'type', 'resourceType', 'resourceId', 'userId', 'groupId'),
  ),
  'PUT /authorization/:id': admin('Authorization', 'Update', null, given('permissions', 'resourceType', 'resourceId', 'userId', 'groupId')),
  'DELETE /authorization/:id': admin('Authorization', 'Delete', null, fixed(null)),
}

function variables(path: string, on: ThingKind, category: Logged['category']): Readonly<Record<string, Logged>> {
  const logged = (type: string): Logged => ({ entity: 'Variable', type, category, on, properties: variableNames })
  return {
    [`POST ${path}`]: logged('ModifyVariable'),
    [`PUT ${path}/:varName`]: logged('SetVariable'),
    [`POST ${path}/:varName/data`]: logged('SetVariable'),
    [`DELETE ${path}/:varName`]: logged('RemoveVariable'),
  }
}

function memberships(path: string, title: string, owner: string): Readonly<Record<string, Logged>> {
  const properties = (call: Call): readonly Property[] => [
    [owner, param(call, 'id')],
    ['userId', param(call, 'memberId')],
  ]
  return { [`PUT ${path}`]: admin(title, 'Create', null, properties), [`DELETE ${path}`]: admin(title, 'Delete', null, properties) }
}

/** How an operation is logged; undefined: it is not. */
export const loggedAs = (method: Method, path: string): Logged | undefined =>
  TABLE[`${method} ${path.replace('/key/:key/tenant-id/:tenantId', '/:id').replace('/key/:key', '/:id')}`]
