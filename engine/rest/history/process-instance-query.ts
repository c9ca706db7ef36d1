import { Problem } from '../problem.ts'
import { constantField, dateField, numberField, textField } from '../query/field.ts'
import {
  after,
  amongIfAny,
  before,
  calledBy,
  equalTo,
  filter,
  flag,
  instanceIds,
  isBlank,
  like,
  option,
  tenantFilters,
} from '../query/filter.ts'
import { boolean, date, text, texts, WITHOUT_NOT_LIKE } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { anyOf, inList, likeSql, type Sql, sql } from '../query/sql.ts'
import { variables } from '../query/variable-filter.ts'
import { removalField } from './removal-field.ts'

const ACTIVITY = 'select 1 from hi_activity a where a.instance_id = h.instance_id'
const INCIDENT = 'select 1 from hi_incident x where x.instance_id = h.instance_id'
const JOB = 'select 1 from hi_job_log l where l.instance_id = h.instance_id'
const exists = (from: string, condition: Sql): Sql => sql(`exists (${from} and ${condition.text})`, ...condition.params)
const definitionBy = (condition: (value: string, dialect: 'sqlite' | 'mariadb') => Sql) =>
  filter(text, (value, { dialect }) => {
    const { text: where, params } = condition(value, dialect)
    return sql(`h.definition_id in (select d.definition_id from re_definition d where ${where})`, ...params)
  })

const STATES = ['active', 'suspended', 'completed', 'externallyTerminated', 'internallyTerminated']

export const historicProcessInstanceQuery: ResourceQuery = {
  name: 'history/process-instance',
  from: 'hi_instance h',
  key: 'h.instance_id',
  takesAlternatives: true,
  authorisedBy: { tenant: 'h.tenant_id', rights: [['READ_HISTORY:PROCESS_DEFINITION', 'h.definition_key']] },
  fields: {
    id: textField('h.instance_id'),
    businessKey: textField('h.business_key'),
    processDefinitionId: textField('h.definition_id'),
    processDefinitionKey: textField('h.definition_key'),
    processDefinitionName: textField('(select d.name from re_definition d where d.definition_id = h.definition_id)'),
    processDefinitionVersion: numberField('(select d.version from re_definition d where d.definition_id = h.definition_id)'),
    startTime: dateField('h.started_at'),
    endTime: dateField('h.ended_at'),
    removalTime: removalField('h.root_id'),
    durationInMillis: numberField('(h.ended_at - h.started_at)'),
    startUserId: textField('h.start_user_id'),
    startActivityId: textField('h.start_activity_id'),
    deleteReason: textField('h.delete_reason'),
    rootProcessInstanceId: textField('h.root_id'),
    superProcessInstanceId: textField('h.super_instance_id'),
    superCaseInstanceId: constantField(null),
    caseInstanceId: constantField(null),
    tenantId: textField('h.tenant_id'),
    state: textField('h.state'),
    restartedProcessInstanceId: textField('h.restarted_instance_id'),
  },
  filters: {
    processInstanceId: equalTo('h.instance_id'),
    processInstanceIds: instanceIds('h.instance_id'),
    processInstanceIdNotIn: filter(texts, (values) => ({ text: `not ${inList('h.instance_id', values).text}`, params: values })),
    processDefinitionId: equalTo('h.definition_id'),
    processDefinitionKey: equalTo('h.definition_key'),
    processDefinitionKeyIn: amongIfAny('h.definition_key'),
    processDefinitionKeyNotIn: filter(texts, (values) => ({ text: `not ${inList('h.definition_key', values).text}`, params: values })),
    processDefinitionName: definitionBy((value) => sql('d.name = ?', value)),
    processDefinitionNameLike: definitionBy((value, dialect) => likeSql('d.name', value, dialect)),
    processInstanceBusinessKey: equalTo('h.business_key'),
    processInstanceBusinessKeyIn: amongIfAny('h.business_key'),
    processInstanceBusinessKeyLike: like('h.business_key'),
    rootProcessInstances: flag('h.super_instance_id is null'),
    rootProcessInstanceId: equalTo('h.root_id'),
    finished: flag('h.ended_at is not null'),
    unfinished: flag('h.ended_at is null'),
    withIncidents: flag(`exists (${INCIDENT})`),
    withRootIncidents: flag(`exists (${INCIDENT} and x.incident_id = x.root_cause_incident_id)`),
    incidentIdIn: filter(texts, (values) => (isBlank(values) ? null : exists(INCIDENT, inList('x.incident_id', values)))),
    incidentType: filter(text, (value) => exists(INCIDENT, sql('x.type = ?', value))),
    // Another status than these two is none: any incident will do.
    incidentStatus: filter(text, (value) =>
      ['open', 'resolved'].includes(value) ? exists(INCIDENT, sql('x.state = ?', value)) : sql(`exists (${INCIDENT})`),
    ),
    incidentMessage: filter(text, (value) => exists(INCIDENT, sql('x.message = ?', value))),
    incidentMessageLike: filter(text, (value, { dialect }) => exists(INCIDENT, likeSql('x.message', value, dialect))),
    startedBefore: before('h.started_at'),
    startedAfter: after('h.started_at'),
    finishedBefore: before('h.ended_at'),
    finishedAfter: after('h.ended_at'),
    executedActivityAfter: filter(after('').kind, (at) => exists(ACTIVITY, sql('a.started_at > ?', at))),
    executedActivityBefore: filter(after('').kind, (at) => exists(ACTIVITY, sql('a.started_at < ?', at))),
    executedActivityIdIn: filter(texts, (values) =>
      isBlank(values) ? null : exists(`${ACTIVITY} and a.ended_at is not null`, inList('a.activity_id', values)),
    ),
    activeActivityIdIn: filter(texts, (values) =>
      isBlank(values) ? null : exists(`${ACTIVITY} and a.ended_at is null`, inList('a.activity_id', values)),
    ),
    // Also where an incident stands, though the activity has not begun.
    activityIdIn: filter(texts, (values) =>
      isBlank(values)
        ? null
        : anyOf([
            exists(`${ACTIVITY} and a.ended_at is null`, inList('a.activity_id', values)),
            exists(`${INCIDENT} and x.ended_at is null`, inList('x.activity_id', values)),
          ]),
    ),
    executedJobAfter: filter(date, (at) => exists(JOB, sql('l.at > ?', at))),
    executedJobBefore: filter(date, (at) => exists(JOB, sql('l.at < ?', at))),
    startedBy: equalTo('h.start_user_id'),
    superProcessInstanceId: calledBy('hi_instance', 'h'),
    subProcessInstanceId: filter(text, (value) =>
      sql('h.instance_id in (select s.super_instance_id from hi_instance s where s.instance_id = ?)', value),
    ),
    ...tenantFilters('h.tenant_id'),
    variables: variables('hi_variable', "v.instance_id = h.instance_id and v.state <> 'DELETED'", WITHOUT_NOT_LIKE),
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
    active: flag("h.state = 'ACTIVE'"),
    suspended: flag("h.state = 'SUSPENDED'"),
    completed: flag("h.state = 'COMPLETED'"),
    externallyTerminated: flag("h.state = 'EXTERNALLY_TERMINATED'"),
    internallyTerminated: flag("h.state = 'INTERNALLY_TERMINATED'"),
  },
  check: (_has, value) => {
    if (STATES.filter((state) => value(state) === true).length > 1)
      throw new Problem(400, 'BadUserRequestException', 'an instance is in one state only')
  },
  sorts: {
    instanceId: 'h.instance_id',
    definitionId: 'h.definition_id',
    definitionKey: 'h.definition_key',
    definitionName: '(select d.name from re_definition d where d.definition_id = h.definition_id)',
    definitionVersion: '(select d.version from re_definition d where d.definition_id = h.definition_id)',
    businessKey: 'h.business_key',
    startTime: 'h.started_at',
    endTime: 'h.ended_at',
    duration: '(h.ended_at - h.started_at)',
    tenantId: 'h.tenant_id',
  },
}
