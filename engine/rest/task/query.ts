import type { KnownCaller } from '../access/caller.ts'
import { Problem } from '../problem.ts'
import { booleanField, constantField, dateField, numberField, textField } from '../query/field.ts'
import {
  after,
  among,
  at,
  before,
  equalIgnoringCase,
  equalTo,
  type Filter,
  filter,
  flag,
  isBlank,
  like,
  likeIgnoringCase,
  option,
  tenantFilters,
} from '../query/filter.ts'
import { boolean, integer, oneOfTexts, text, texts, WITHOUT_NOT_LIKE } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { anyOf, inList, likeSql, not, type Sql, sql } from '../query/sql.ts'
import { variables } from '../query/variable-filter.ts'
import { taskSearch } from './task-search.ts'

const LINK = "select 1 from ru_identity_link l where l.task_id = t.task_id and l.type = 'candidate'"
// The plus: most tasks have no assignee and many have the same group, so an index over them is no help.
const UNASSIGNED = '+t.assignee is null'

/** Candidates count while nobody has the task, unless assigned tasks are asked for as well. */
const candidate = (condition: Sql, includesAssigned: boolean): Sql =>
  sql(`(${includesAssigned ? '' : `${UNASSIGNED} and `}(${LINK} and ${condition.text} limit 1) is not null)`, ...condition.params)

/** With the instance, by which variables are stored; a task without one has none in this column. */
const TASK_LOCAL = "v.instance_id = coalesce(t.instance_id, '') and v.task_id = t.task_id"

const GROUPS_OF_USER = "select m.owner_id from id_membership m where m.kind = 'user-group' and m.member_id = ?"

const definitionBy = (column: string): Filter<string> =>
  filter(text, (value) => sql(`t.definition_id in (select d.definition_id from re_definition d where d.${column} = ?)`, value))

const hasCandidate = (column: string): string => `exists (${LINK} and l.${column} is not null)`

const presence = (condition: string): Filter<boolean> =>
  filter(boolean, (value, context) =>
    value ? sql(context.flag('includeAssignedTasks') ? condition : `(${UNASSIGNED} and ${condition})`) : null,
  )

/** Tasks that are assigned or offered to the caller. */
function ownTask({ id, groups }: KnownCaller): Sql {
  const offered = inList('+l.group_id', groups)
  const parts = [
    sql(`(select 1 from ru_identity_link l where l.task_id = t.task_id and ${offered.text} limit 1) is not null`, ...offered.params),
  ]
  if (id !== null)
    parts.push(
      sql('t.assignee = ?', id),
      sql('t.owner = ?', id),
      sql('exists (select 1 from ru_identity_link l where l.task_id = t.task_id and +l.user_id = ?)', id),
    )
  return anyOf(parts)
}

export const taskQuery: ResourceQuery = {
  name: 'task',
  from: 'ru_task t',
  key: 't.task_id',
  takesAlternatives: true,
  authorisedBy: {
    tenant: 't.tenant_id',
    rights: [
      ['READ:TASK', 't.task_id'],
      ['READ_TASK:PROCESS_DEFINITION', 't.definition_key'],
    ],
    own: ownTask,
  },
  fields: {
    id: textField('t.task_id'),
    name: textField('t.name'),
    assignee: textField('t.assignee'),
    created: dateField('t.created_at'),
    due: dateField('t.due_at'),
    followUp: dateField('t.follow_up_at'),
    lastUpdated: dateField('t.updated_at'),
    delegationState: textField('t.delegation_state'),
    description: textField('t.description'),
    executionId: textField('t.execution_id'),
    owner: textField('t.owner'),
    parentTaskId: textField('t.parent_task_id'),
    priority: numberField('t.priority'),
    processDefinitionId: textField('t.definition_id'),
    processInstanceId: textField('t.instance_id'),
    taskDefinitionKey: textField('t.task_definition_key'),
    caseExecutionId: constantField(null),
    caseInstanceId: constantField(null),
    caseDefinitionId: constantField(null),
    suspended: booleanField('t.suspended'),
    formKey: textField('t.form_key'),
    formRefKey: textField('t.form_ref'),
    formRefBinding: textField('t.form_ref_binding'),
    formRefVersion: numberField('t.form_ref_version'),
    tenantId: textField('t.tenant_id'),
    taskState: textField("case when t.updated_at is null then 'Created' else 'Updated' end"),
  },
  filters: {
    taskId: equalTo('t.task_id'),
    taskIdIn: among('t.task_id'),
    processInstanceId: equalTo('t.instance_id'),
    processInstanceIdIn: among('t.instance_id'),
    processInstanceBusinessKey: equalTo('t.business_key'),
    processInstanceBusinessKeyIn: among('t.business_key'),
    processInstanceBusinessKeyLike: like('t.business_key'),
    processDefinitionId: equalTo('t.definition_id'),
    processDefinitionKey: equalTo('t.definition_key'),
    processDefinitionKeyIn: among('t.definition_key'),
    processDefinitionName: definitionBy('name'),
    processDefinitionNameLike: filter(text, (value, { dialect }) => {
      const { text: condition, params } = likeSql('d.name', value, dialect)
      return sql(`t.definition_id in (select d.definition_id from re_definition d where ${condition})`, ...params)
    }),
    executionId: equalTo('t.execution_id'),
    activityInstanceIdIn: among('t.activity_instance_id'),
    ...tenantFilters('t.tenant_id'),
    tenantIdIn: among('t.tenant_id'),
    assignee: equalTo('t.assignee'),
    assigneeIn: among('t.assignee'),
    assigneeNotIn: filter(texts, (values) => (values.length === 0 ? null : not(inList('t.assignee', values)))),
    assigneeLike: like('t.assignee'),
    owner: equalTo('t.owner'),
    candidateGroup: filter(text, (value, context) => {
      // Together with candidateGroups the group must be in both.
      const groups = context.value('candidateGroups') as readonly string[] | undefined
      const fits = !groups || context.isAlternative || groups.includes(value)
      return candidate(fits ? sql('+l.group_id = ?', value) : sql('1 = 0'), context.flag('includeAssignedTasks'))
    }),
    candidateGroupLike: filter(text, (value, context) =>
      candidate(likeSql('l.group_id', value, context.dialect), context.flag('includeAssignedTasks')),
    ),
    candidateGroups: filter(texts, (values, context) => {
      if (isBlank(values)) throw refused('Candidate group list is empty')
      return candidate(inList('+l.group_id', values), context.flag('includeAssignedTasks'))
    }),
    candidateUser: filter(text, (value, context) =>
      candidate(sql(`(+l.user_id = ? or +l.group_id in (${GROUPS_OF_USER}))`, value, value), context.flag('includeAssignedTasks')),
    ),
    includeAssignedTasks: option(boolean),
    involvedUser: filter(text, (value) =>
      sql(
        '(t.assignee = ? or t.owner = ? or exists (select 1 from ru_identity_link l where l.task_id = t.task_id and +l.user_id = ?))',
        value,
        value,
        value,
      ),
    ),
    assigned: flag('t.assignee is not null'),
    unassigned: flag(UNASSIGNED),
    taskDefinitionKey: equalTo('t.task_definition_key'),
    taskDefinitionKeyIn: among('t.task_definition_key'),
    taskDefinitionKeyNotIn: filter(texts, (values) => (values.length === 0 ? null : not(inList('t.task_definition_key', values)))),
    taskDefinitionKeyLike: like('t.task_definition_key'),
    name: equalIgnoringCase('t.name_lower'),
    nameNotEqual: filter(text, (value) => sql('t.name_lower <> ?', value.toLowerCase())),
    nameLike: likeIgnoringCase('t.name_lower'),
    nameNotLike: filter(text, (value, { dialect }) => not(likeSql('t.name_lower', value.toLowerCase(), dialect))),
    description: filter(text, (value) => sql('lower(t.description) = ?', value.toLowerCase())),
    descriptionLike: likeIgnoringCase('lower(t.description)'),
    priority: filter(integer, (value) => sql('t.priority = ?', value)),
    maxPriority: filter(integer, (value) => sql('t.priority <= ?', value)),
    minPriority: filter(integer, (value) => sql('t.priority >= ?', value)),
    dueDate: at('t.due_at'),
    dueAfter: after('t.due_at'),
    dueBefore: before('t.due_at'),
    withoutDueDate: flag('t.due_at is null'),
    followUpDate: at('t.follow_up_at'),
    followUpAfter: after('t.follow_up_at'),
    followUpBefore: before('t.follow_up_at'),
    followUpBeforeOrNotExistent: filter(before('').kind, (value) => sql('(t.follow_up_at is null or t.follow_up_at < ?)', value)),
    createdOn: at('t.created_at'),
    createdAfter: after('t.created_at'),
    createdBefore: before('t.created_at'),
    updatedAfter: filter(before('').kind, (value) => sql('coalesce(t.updated_at, t.created_at) > ?', value)),
    delegationState: filter(oneOfTexts('PENDING', 'RESOLVED'), (value) => sql('t.delegation_state = ?', value)),
    withCandidateGroups: presence(hasCandidate('group_id')),
    withoutCandidateGroups: presence(`not ${hasCandidate('group_id')}`),
    withCandidateUsers: presence(hasCandidate('user_id')),
    withoutCandidateUsers: presence(`not ${hasCandidate('user_id')}`),
    active: flag('t.suspended = 0'),
    suspended: flag('t.suspended = 1'),
    parentTaskId: equalTo('t.parent_task_id'),
    taskVariables: variables('ru_variable', TASK_LOCAL, WITHOUT_NOT_LIKE),
    processVariables: variables('ru_variable', 'v.instance_id = t.instance_id and v.task_id is null'),
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
    withCommentAttachmentInfo: option(boolean),
  },
  sorts: {
    instanceId: 't.instance_id',
    caseInstanceId: 't.task_id',
    caseExecutionId: 't.task_id',
    dueDate: 't.due_at',
    followUpDate: 't.follow_up_at',
    executionId: 't.execution_id',
    assignee: 't.assignee',
    created: 't.created_at',
    lastUpdated: 't.updated_at',
    description: 't.description',
    id: 't.task_id',
    name: 't.name',
    nameCaseInsensitive: 't.name_lower',
    priority: 't.priority',
    tenantId: 't.tenant_id',
  },
  search: taskSearch,
  variableSorts: {
    processVariable: 'v.instance_id = t.instance_id and v.execution_id = t.instance_id and v.task_id is null',
    executionVariable: 'v.instance_id = t.instance_id and v.execution_id = t.execution_id and v.task_id is null',
    taskVariable: TASK_LOCAL,
  },
  optional: {
    parameter: 'withCommentAttachmentInfo',
    fields: {
      comment: booleanField('exists (select 1 from hi_comment c where c.task_id = t.task_id)'),
      attachment: booleanField('exists (select 1 from hi_attachment c where c.task_id = t.task_id)'),
    },
  },
  finish: withFormRef,
  check: (has, value) => {
    const candidates = ['candidateUser', 'candidateGroup', 'candidateGroups', 'candidateGroupLike'].filter(has)
    if (has('candidateUser') && candidates.length > 1) throw refused('candidateUser cannot be combined with candidateGroup')
    const presence = ['withCandidateGroups', 'withoutCandidateGroups', 'withCandidateUsers', 'withoutCandidateUsers'].some(has)
    if (value('includeAssignedTasks') === true && candidates.length === 0 && !presence)
      throw refused('includeAssignedTasks needs a candidate')
    if (has('withoutDueDate') && ['dueDate', 'dueBefore', 'dueAfter'].some(has))
      throw refused('withoutDueDate cannot be combined with due dates')
  },
}

const refused = (message: string): Problem => new Problem(500, 'ProcessEngineException', `Invalid query usage: ${message}`)

/** The form reference is one member of the answer. */
function withFormRef({ formRefKey, formRefBinding, formRefVersion, ...answer }: Record<string, unknown>): Record<string, unknown> {
  const formRef = formRefKey === null ? null : { key: formRefKey, binding: formRefBinding, version: formRefVersion }
  // Operaton's name of the same.
  answer.camundaFormRef = formRef
  answer.operatonFormRef = formRef
  return answer
}
