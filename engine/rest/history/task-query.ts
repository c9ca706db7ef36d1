import { constantField, dateField, numberField, textField } from '../query/field.ts'
import {
  after,
  among,
  at,
  before,
  equalIgnoringCase,
  equalTo,
  filter,
  flag,
  like,
  likeIgnoringCase,
  option,
  tenantFilters,
  whenGiven,
} from '../query/filter.ts'
import { boolean, integer, text, texts } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { inList, likeSql, type Sql, sql } from '../query/sql.ts'
import { variables } from '../query/variable-filter.ts'
import { removalField } from './removal-field.ts'

const byLink = (condition: (value: string) => Sql) =>
  filter(text, (value) => {
    const { text: where, params } = condition(value)
    return sql(`exists (select 1 from hi_identity_link l where l.task_id = h.task_id and ${where})`, ...params)
  })
const definitionBy = (column: string) =>
  filter(text, (value) => sql(`h.definition_id in (select d.definition_id from re_definition d where d.${column} = ?)`, value))
const ofInstance = (condition: string) => whenGiven(`h.instance_id in (select i.instance_id from hi_instance i where ${condition})`)

const TASK_STATE = `case when h.ended_at is not null then (case when h.delete_reason = 'completed' then 'Completed' else 'Deleted' end)
  when exists (select 1 from ru_task r where r.task_id = h.task_id and r.updated_at is not null) then 'Updated' else 'Created' end`

export const historicTaskQuery: ResourceQuery = {
  name: 'history/task',
  from: 'hi_task h',
  key: 'h.task_id',
  takesAlternatives: true,
  authorisedBy: { tenant: 'h.tenant_id', rights: [['READ_HISTORY:PROCESS_DEFINITION', 'h.definition_key']] },
  fields: {
    id: textField('h.task_id'),
    processDefinitionKey: textField('h.definition_key'),
    processDefinitionId: textField('h.definition_id'),
    processInstanceId: textField('h.instance_id'),
    executionId: textField('h.execution_id'),
    caseDefinitionKey: constantField(null),
    caseDefinitionId: constantField(null),
    caseInstanceId: constantField(null),
    caseExecutionId: constantField(null),
    activityInstanceId: textField('h.activity_instance_id'),
    name: textField('h.name'),
    description: textField('h.description'),
    deleteReason: textField('h.delete_reason'),
    owner: textField('h.owner'),
    assignee: textField('h.assignee'),
    startTime: dateField('h.started_at'),
    endTime: dateField('h.ended_at'),
    duration: numberField('(h.ended_at - h.started_at)'),
    taskDefinitionKey: textField('h.task_definition_key'),
    priority: numberField('h.priority'),
    due: dateField('h.due_at'),
    parentTaskId: textField('h.parent_task_id'),
    followUp: dateField('h.follow_up_at'),
    tenantId: textField('h.tenant_id'),
    removalTime: removalField('h.root_id'),
    rootProcessInstanceId: textField('h.root_id'),
    taskState: textField(TASK_STATE),
  },
  filters: {
    taskId: equalTo('h.task_id'),
    taskParentTaskId: equalTo('h.parent_task_id'),
    processInstanceId: equalTo('h.instance_id'),
    rootProcessInstanceId: equalTo('h.root_id'),
    processInstanceBusinessKey: filter(text, (value) =>
      sql('h.instance_id in (select i.instance_id from hi_instance i where i.business_key = ?)', value),
    ),
    processInstanceBusinessKeyIn: filter(texts, (values) => {
      const { text: where, params } = inList('i.business_key', values)
      return sql(`h.instance_id in (select i.instance_id from hi_instance i where ${where})`, ...params)
    }),
    processInstanceBusinessKeyLike: filter(text, (value, { dialect }) => {
      const { text: where, params } = likeSql('i.business_key', value, dialect)
      return sql(`h.instance_id in (select i.instance_id from hi_instance i where ${where})`, ...params)
    }),
    executionId: equalTo('h.execution_id'),
    processDefinitionId: equalTo('h.definition_id'),
    processDefinitionKey: equalTo('h.definition_key'),
    processDefinitionName: definitionBy('name'),
    activityInstanceIdIn: among('h.activity_instance_id'),
    taskName: equalIgnoringCase('h.name_lower'),
    taskNameLike: likeIgnoringCase('h.name_lower'),
    taskDescription: equalTo('h.description'),
    taskDescriptionLike: like('h.description'),
    taskDefinitionKey: equalTo('h.task_definition_key'),
    taskDefinitionKeyIn: among('h.task_definition_key'),
    taskDeleteReason: equalTo('h.delete_reason'),
    taskDeleteReasonLike: like('h.delete_reason'),
    taskAssignee: equalTo('h.assignee'),
    taskAssigneeLike: like('h.assignee'),
    taskOwner: equalTo('h.owner'),
    taskOwnerLike: like('h.owner'),
    taskPriority: filter(integer, (value) => sql('h.priority = ?', value)),
    assigned: whenGiven('h.assignee is not null'),
    unassigned: whenGiven('h.assignee is null'),
    finished: whenGiven('h.ended_at is not null'),
    unfinished: whenGiven('h.ended_at is null'),
    processFinished: ofInstance('i.ended_at is not null'),
    processUnfinished: ofInstance('i.ended_at is null'),
    taskDueDate: at('h.due_at'),
    taskDueDateBefore: before('h.due_at'),
    taskDueDateAfter: after('h.due_at'),
    withoutTaskDueDate: flag('h.due_at is null'),
    taskFollowUpDate: at('h.follow_up_at'),
    taskFollowUpDateBefore: before('h.follow_up_at'),
    taskFollowUpDateAfter: after('h.follow_up_at'),
    startedBefore: before('h.started_at'),
    startedAfter: after('h.started_at'),
    finishedBefore: before('h.ended_at'),
    finishedAfter: after('h.ended_at'),
    taskInvolvedUser: byLink((value) => sql('l.user_id = ?', value)),
    taskInvolvedGroup: byLink((value) => sql('l.group_id = ?', value)),
    taskHadCandidateUser: filter(text, (value) =>
      sql("exists (select 1 from hi_identity_link l where l.task_id = h.task_id and l.type = 'candidate' and l.user_id = ?)", value),
    ),
    taskHadCandidateGroup: filter(text, (value) =>
      sql("exists (select 1 from hi_identity_link l where l.task_id = h.task_id and l.type = 'candidate' and l.group_id = ?)", value),
    ),
    withCandidateGroups: whenGiven(
      "exists (select 1 from hi_identity_link l where l.task_id = h.task_id and l.type = 'candidate' and l.group_id is not null)",
    ),
    withoutCandidateGroups: whenGiven(
      "not exists (select 1 from hi_identity_link l where l.task_id = h.task_id and l.type = 'candidate' and l.group_id is not null)",
    ),
    taskVariables: variables('hi_variable', 'v.task_id = h.task_id', ['eq']),
    processVariables: variables('hi_variable', 'v.instance_id = h.instance_id and v.task_id is null'),
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
    ...tenantFilters('h.tenant_id'),
  },
  sorts: {
    taskId: 'h.task_id',
    activityInstanceID: 'h.activity_instance_id',
    activityInstanceId: 'h.activity_instance_id',
    processDefinitionId: 'h.definition_id',
    processInstanceId: 'h.instance_id',
    executionId: 'h.execution_id',
    duration: '(h.ended_at - h.started_at)',
    endTime: 'h.ended_at',
    startTime: 'h.started_at',
    taskName: 'h.name',
    taskDescription: 'h.description',
    assignee: 'h.assignee',
    owner: 'h.owner',
    dueDate: 'h.due_at',
    followUpDate: 'h.follow_up_at',
    deleteReason: 'h.delete_reason',
    taskDefinitionKey: 'h.task_definition_key',
    priority: 'h.priority',
    tenantId: 'h.tenant_id',
  },
}
