import { fromWireDate } from '../../wire/date-time.ts'
import type { ThingKind } from '../access/thing.ts'
import { type Body, bodyOf, type Call, param, textOf } from '../http/call.ts'
import {
  always,
  byParameter,
  changeOf,
  type Logged,
  nothingElse,
  type Outcome,
  type Property,
  property,
  suspension,
  suspensionState,
  type Where,
} from './logged.ts'

const operator = (entity: string, type: Logged['type'], on: Logged['on'] | null, properties: Logged['properties']): Logged => ({
  entity,
  type,
  category: 'Operator',
  ...(on && { on }),
  properties,
})
const instance = (type: Logged['type'], properties: Logged['properties'], on: Logged['on'] | null = 'process-instance'): Logged =>
  operator('ProcessInstance', type, on, properties)

/** Where an operation on many takes place, as far as its body names one place. */
const named =
  (...members: readonly (readonly [member: string, kind: ThingKind])[]) =>
  (call: Call): Where | null => {
    const body = bodyOf(call)
    for (const [member, kind] of members) {
      const id = textOf(body, member)
      if (id !== null) return { kind, id }
    }
    const key = textOf(body, 'processDefinitionKey')
    return key === null ? null : { key }
  }
const ofDefinition = named(['processDefinitionId', 'process-definition'])
const planOf = (body: Body): Body => (body.migrationPlan ?? {}) as Body
const ofPlan = (call: Call): Where | null => {
  const id = textOf(planOf(bodyOf(call)), 'sourceProcessDefinitionId')
  return id === null ? null : { kind: 'process-definition', id }
}

const LISTS = ['processInstanceIds', 'processInstances', 'historicProcessInstanceIds', 'jobIds', 'externalTaskIds']
const listed = (body: Body): number | null => {
  const lists = LISTS.map((name) => body[name]).filter(Array.isArray)
  return lists.length === 0 ? null : lists.reduce((sum, list) => sum + list.length, 0)
}
/** How many there were: a batch that found them by a query says so. */
const many =
  (async: boolean, more: (outcome: Outcome) => readonly Property[] = () => []) =>
  (outcome: Outcome): readonly Property[] => [
    property('nrOfInstances', listed(outcome.body) ?? outcome.answer.totalJobs),
    property('async', async),
    ...more(outcome),
  ]
const given =
  (...names: readonly string[]) =>
  ({ body }: Outcome): readonly Property[] =>
    names.map((name) => property(name, body[name]))
const nrOfVariables =
  (member: string) =>
  ({ body }: Outcome): readonly Property[] => [property('nrOfVariables', Object.keys((body[member] ?? {}) as object).length)]
const also =
  (...parts: readonly ((outcome: Outcome) => readonly Property[])[]) =>
  (outcome: Outcome): readonly Property[] =>
    parts.flatMap((part) => part(outcome))

const instantOf = (body: Body, name: string): number | null => fromWireDate(textOf(body, name) ?? '') ?? null
const cascade =
  (name: string, from: unknown) =>
  ({ call }: Outcome) => [property(name, call.query.get('cascade') === 'true', from)]

const JOB: Logged['before'] = ['ru_job', 'job_id', 'id', ['retries', 'due_at', 'priority']]
const EXTERNAL_TASK: Logged['before'] = ['ru_external_task', 'external_task_id', 'id', ['retries', 'priority']]
const OF_JOBS = named(
  ['jobDefinitionId', 'job-definition'],
  ['processInstanceId', 'process-instance'],
  ['processDefinitionId', 'process-definition'],
)

const jobRetries = ({ body, before }: Outcome): readonly Property[] => [
  property('retries', body.retries, before.retries),
  ...(body.dueDate === undefined ? [] : [property('dueDate', instantOf(body, 'dueDate'), before.due_at)]),
]

const removalTime = ({ body }: Outcome): readonly Property[] => {
  const mode = ['absoluteRemovalTime', 'calculatedRemovalTime', 'clearedRemovalTime'].find((name) => body[name])
  return [
    property('mode', mode?.replace(/R.*/, '_REMOVAL_TIME').toUpperCase()),
    property('removalTime', instantOf(body, 'absoluteRemovalTime')),
    property('hierarchical', body.hierarchical === true),
    property('updateInChunks', body.updateInChunks === true),
    property('chunkSize', body.updateChunkSize),
  ]
}

const definitionState = (on: Logged['on']): Logged =>
  operator('ProcessDefinition', suspension('ActivateProcessDefinition', 'SuspendProcessDefinition'), on, (outcome) => [
    ...suspensionState(outcome),
    property('includeProcessInstances', outcome.body.includeProcessInstances === true),
  ])

const variables = (path: string, on: ThingKind): Readonly<Record<string, Logged>> => ({
  [`POST ${path}`]: operator('Variable', 'ModifyVariable', on, nothingElse),
  [`PUT ${path}/:varName`]: operator('Variable', 'SetVariable', on, nothingElse),
  [`POST ${path}/:varName/data`]: operator('Variable', 'SetVariable', on, nothingElse),
  [`DELETE ${path}/:varName`]: operator('Variable', 'RemoveVariable', on, nothingElse),
})

const started: Logged = {
  ...instance('Create', nothingElse, null),
  made: (answer) => ({ kind: 'historic-process-instance', id: String(answer.id) }),
}
const deployed: Logged = {
  ...operator('Deployment', 'Create', null, always(property('duplicateFilterEnabled', false))),
  made: (answer) => ({ kind: 'deployment', id: String(answer.id) }),
}

/** What those do who look after the engine's work. */
export const operatorOperations: Readonly<Record<string, Logged>> = {
  ...variables('/process-instance/:id/variables', 'process-instance'),
  ...variables('/execution/:id/localVariables', 'execution'),
  'POST /process-instance/variables-async': instance('SetVariables', many(true, nrOfVariables('variables')), null),
  'DELETE /history/variable-instance/:id': {
    ...operator('Variable', 'DeleteHistory', 'historic-variable-instance', ({ before }) => [property('name', before.name)]),
    before: ['hi_variable', 'variable_id', 'id', ['name']],
  },
  'DELETE /history/process-instance/:id/variable-instances': operator(
    'Variable',
    'DeleteHistory',
    'historic-process-instance',
    nothingElse,
  ),

  'POST /process-definition/:id/start': started,
  'POST /process-definition/:id/submit-form': started,
  'DELETE /process-instance/:id': instance('Delete', nothingElse),
  'PUT /process-instance/:id/suspended': instance(suspension('Activate', 'Suspend'), suspensionState),
  'PUT /process-instance/suspended': instance(suspension('Activate', 'Suspend'), suspensionState, ofDefinition),
  'POST /process-instance/suspended-async': instance(suspension('ActivateJob', 'SuspendJob'), many(true), null),
  'POST /process-instance/delete': instance('Delete', many(true, given('deleteReason')), null),
  'POST /process-instance/:id/modification': instance('ModifyProcessInstance', nothingElse),
  'POST /process-instance/:id/modification-async': instance('ModifyProcessInstance', nothingElse),
  'POST /modification/execute': instance('ModifyProcessInstance', many(false), ofDefinition),
  'POST /modification/executeAsync': instance('ModifyProcessInstance', many(true), ofDefinition),
  ...Object.fromEntries(
    [false, true].map((async) => [
      `POST /migration/execute${async ? 'Async' : ''}`,
      instance(
        'Migrate',
        many(async, ({ body }) => {
          const { sourceProcessDefinitionId, targetProcessDefinitionId } = planOf(body)
          return [property('processDefinitionId', targetProcessDefinitionId, sourceProcessDefinitionId)]
        }),
        ofPlan,
      ),
    ]),
  ),
  'POST /process-definition/:id/restart': instance('RestartProcessInstance', many(false), 'process-definition'),
  'POST /process-definition/:id/restart-async': instance('RestartProcessInstance', many(true), 'process-definition'),
  'POST /process-instance/message-async': instance(
    'CorrelateMessage',
    many(true, also(given('messageName'), nrOfVariables('variables'))),
    null,
  ),
  'DELETE /history/process-instance/:id': instance('DeleteHistory', always(property('nrOfInstances', 1), property('async', false)), null),
  'POST /history/process-instance/delete': instance('DeleteHistory', many(true, given('deleteReason')), null),
  'POST /history/process-instance/set-removal-time': instance('SetRemovalTime', many(true, removalTime), null),

  'PUT /process-definition/:id/suspended': definitionState('process-definition'),
  'PUT /process-definition/suspended': definitionState(ofDefinition),
  'PUT /process-definition/:id/history-time-to-live': {
    ...operator('ProcessDefinition', 'UpdateHistoryTimeToLive', 'process-definition', ({ body, before }) => [
      property('historyTimeToLive', body.historyTimeToLive, before.history_ttl),
    ]),
    before: ['re_definition', 'definition_id', 'id', ['history_ttl']],
  },
  'PUT /decision-definition/:id/history-time-to-live': {
    ...operator('DecisionDefinition', 'UpdateHistoryTimeToLive', null, ({ call, body, before }) => [
      property('historyTimeToLive', body.historyTimeToLive, before.history_ttl),
      property('decisionDefinitionId', param(call, 'id')),
      property('decisionDefinitionKey', before.decision_key),
    ]),
    before: ['re_decision', 'decision_id', 'id', ['history_ttl', 'decision_key']],
  },
  'DELETE /process-definition/:id': operator('ProcessDefinition', 'Delete', 'process-definition', cascade('cascade', false)),
  'POST /decision-definition/:id/evaluate': {
    ...operator('DecisionDefinition', 'Evaluate', null, ({ before }) => [
      property('decisionDefinitionId', before.decision_id),
      property('decisionDefinitionKey', before.decision_key),
    ]),
    before: ['re_decision', 'decision_id', 'id', ['decision_id', 'decision_key']],
  },
  'POST /deployment/create': deployed,
  'POST /deployment/:id/redeploy': deployed,
  'DELETE /deployment/:id': operator('Deployment', 'Delete', 'deployment', cascade('cascade', null)),

  'POST /job/:id/execute': operator('Job', 'Execute', 'job', nothingElse),
  'PUT /job/:id/retries': { ...operator('Job', 'SetJobRetries', 'job', jobRetries), before: JOB },
  'POST /job/retries': operator('Job', 'SetJobRetries', null, many(true, given('retries'))),
  'POST /process-instance/job-retries': operator('Job', 'SetJobRetries', null, many(true, given('retries'))),
  'PUT /job/:id/duedate': { ...operator('Job', 'SetDueDate', 'job', changeOf('due_at', 'duedate')), before: JOB },
  'POST /job/:id/duedate/recalculate': {
    ...operator('Job', 'RecalculateDueDate', 'job', async (outcome) => [
      ...(await changeOf('due_at', 'duedate')(outcome)),
      property('creationDateBased', outcome.call.query.get('creationDateBased') !== 'false'),
    ]),
    before: JOB,
  },
  'PUT /job/:id/priority': { ...operator('Job', 'SetPriority', 'job', changeOf('priority', 'priority')), before: JOB },
  'PUT /job/:id/suspended': operator('Job', suspension('ActivateJob', 'SuspendJob'), 'job', suspensionState),
  'PUT /job/suspended': operator('Job', suspension('ActivateJob', 'SuspendJob'), OF_JOBS, suspensionState),
  'DELETE /job/:id': operator('Job', 'Delete', 'job', nothingElse),
  'PUT /job-definition/:id/suspended': operator(
    'JobDefinition',
    suspension('ActivateJobDefinition', 'SuspendJobDefinition'),
    'job-definition',
    suspensionState,
  ),
  'PUT /job-definition/suspended': operator(
    'JobDefinition',
    suspension('ActivateJobDefinition', 'SuspendJobDefinition'),
    ofDefinition,
    suspensionState,
  ),
  'PUT /job-definition/:id/retries': operator('Job', 'SetJobRetries', 'job-definition', given('retries')),
  'PUT /job-definition/:id/jobPriority': {
    ...operator('JobDefinition', 'SetPriority', 'job-definition', ({ body, before }) => [
      property('overridingPriority', body.priority, before.priority),
      ...(body.includeJobs === true ? [{ ...property('priority', body.priority), entity: 'Job' }] : []),
    ]),
    before: ['ru_job_definition', 'job_definition_id', 'id', ['priority']],
  },

  'PUT /external-task/:id/retries': {
    ...operator('ExternalTask', 'SetExternalTaskRetries', 'external-task', changeOf('retries', 'retries')),
    before: EXTERNAL_TASK,
  },
  'PUT /external-task/retries': operator('ExternalTask', 'SetExternalTaskRetries', null, many(false, given('retries'))),
  'POST /external-task/retries-async': operator('ExternalTask', 'SetExternalTaskRetries', null, many(true, given('retries'))),
  'PUT /external-task/:id/priority': {
    ...operator('ExternalTask', 'SetPriority', 'external-task', changeOf('priority', 'priority')),
    before: EXTERNAL_TASK,
  },
  'POST /external-task/:id/unlock': operator('ExternalTask', 'Unlock', 'external-task', nothingElse),

  'PUT /incident/:id/annotation': operator('Incident', 'SetAnnotation', null, byParameter('incidentId', 'id')),
  'DELETE /incident/:id/annotation': operator('Incident', 'ClearAnnotation', null, byParameter('incidentId', 'id')),
  'DELETE /incident/:id': operator('ProcessInstance', 'Resolve', 'incident', byParameter('incidentId', 'id')),
  'POST /execution/:id/create-incident': instance('CreateIncident', given('incidentType', 'configuration'), 'execution'),
  'PUT /batch/:id/suspended': operator('Batch', suspension('ActivateBatch', 'SuspendBatch'), 'batch', suspensionState),
  'DELETE /batch/:id': operator('Batch', 'Delete', 'batch', cascade('cascadeToHistory', null)),
  'DELETE /history/batch/:id': operator('Batch', 'DeleteHistory', 'historic-batch', nothingElse),
  'POST /history/cleanup': operator('Job', 'CreateHistoryCleanupJobs', null, ({ call }) => [
    property('immediatelyDue', call.query.get('immediatelyDue') !== 'false'),
  ]),
}
