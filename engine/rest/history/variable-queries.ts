import { invalidRequest } from '../problem.ts'
import { booleanField, constantField, dateField, numberField, textField } from '../query/field.ts'
import {
  after,
  among,
  before,
  equalTo,
  filter,
  flag,
  like,
  option,
  tenantFilters,
  variableName,
  variableNameLike,
  whenGiven,
} from '../query/filter.ts'
import { boolean, type Kind, looseBoolean, text } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { sql } from '../query/sql.ts'
import { valueIs } from '../query/variable-filter.ts'
import { spreadValue, valueField } from '../variable-instance/value-fields.ts'
import { removalField } from './removal-field.ts'

const anything: Kind<unknown> = { schema: {}, ofText: (value) => value, ofJson: (json) => json }

export const historicVariableInstanceQuery: ResourceQuery = {
  name: 'history/variable-instance',
  from: 'hi_variable v',
  key: 'v.variable_id',
  authorisedBy: { tenant: 'v.tenant_id', rights: [['READ_HISTORY:PROCESS_DEFINITION', 'v.definition_key']] },
  fields: {
    id: textField('v.variable_id'),
    name: textField('v.name'),
    type: textField('v.type'),
    value: valueField('v.json_value'),
    valueInfo: constantField({}),
    processDefinitionKey: textField('v.definition_key'),
    processDefinitionId: textField('v.definition_id'),
    processInstanceId: textField("nullif(v.instance_id, '')"),
    executionId: textField('v.execution_id'),
    activityInstanceId: textField('v.activity_instance_id'),
    caseDefinitionKey: constantField(null),
    caseDefinitionId: constantField(null),
    caseInstanceId: constantField(null),
    caseExecutionId: constantField(null),
    taskId: textField('v.task_id'),
    errorMessage: constantField(null),
    tenantId: textField('v.tenant_id'),
    state: textField('v.state'),
    createTime: dateField('v.created_at'),
    removalTime: removalField('v.root_id'),
    rootProcessInstanceId: textField('v.root_id'),
  },
  filters: {
    variableName: variableName('v.name'),
    variableNameLike: variableNameLike('v.name'),
    variableNameIn: among('v.name'),
    variableValue: filter(anything, (value, context) => (context.has('variableName') ? valueIs({ operator: 'eq', value }, context) : null)),
    variableTypeIn: filter(among('').kind, (values) => {
      const types = values.map((type) => type.toLowerCase())
      return sql(`lower(v.type) in (${types.map(() => '?').join(', ') || 'null'})`, ...types)
    }),
    processInstanceId: equalTo('v.instance_id'),
    processInstanceIdIn: among('v.instance_id'),
    processDefinitionId: equalTo('v.definition_id'),
    processDefinitionKey: equalTo('v.definition_key'),
    executionIdIn: among('v.execution_id'),
    taskIdIn: among('v.task_id'),
    activityInstanceIdIn: among('v.activity_instance_id'),
    ...tenantFilters('v.tenant_id'),
    includeDeleted: option(boolean),
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
    deserializeValues: option(looseBoolean),
  },
  sorts: { instanceId: 'v.instance_id', variableName: 'v.name', tenantId: 'v.tenant_id' },
  always: (value) => (value('includeDeleted') === true ? null : "v.state <> 'DELETED'"),
  check: (has) => {
    if (has('variableValue') && !has('variableName'))
      throw invalidRequest(
        'Only a single variable value parameter specified: variable name and value are required to be able to query after a specific variable value.',
      )
  },
  finish: spreadValue,
}

export const historicDetailQuery: ResourceQuery = {
  name: 'history/detail',
  from: 'hi_detail h',
  key: 'h.detail_id',
  authorisedBy: { tenant: 'h.tenant_id', rights: [['READ_HISTORY:PROCESS_DEFINITION', 'h.definition_key']] },
  tie: 'h.seq',
  fields: {
    id: textField('h.detail_id'),
    type: textField('h.type'),
    processDefinitionKey: textField('h.definition_key'),
    processDefinitionId: textField('h.definition_id'),
    processInstanceId: textField("nullif(h.instance_id, '')"),
    activityInstanceId: textField('h.activity_instance_id'),
    executionId: textField('h.execution_id'),
    caseDefinitionKey: constantField(null),
    caseDefinitionId: constantField(null),
    caseInstanceId: constantField(null),
    caseExecutionId: constantField(null),
    taskId: textField('h.task_id'),
    tenantId: textField('h.tenant_id'),
    userOperationId: textField('h.user_operation_id'),
    time: dateField('h.at'),
    removalTime: removalField('h.root_id'),
    rootProcessInstanceId: textField('h.root_id'),
    fieldId: textField('h.name'),
    fieldValue: textField('h.text_value'),
    variableName: textField('h.name'),
    variableInstanceId: textField('h.variable_id'),
    variableType: textField('h.variable_type'),
    value: valueField('h.json_value'),
    valueInfo: constantField({}),
    initial: booleanField('h.is_initial'),
    revision: numberField('h.revision'),
    errorMessage: constantField(null),
  },
  filters: {
    processInstanceId: equalTo('h.instance_id'),
    processInstanceIdIn: among('h.instance_id'),
    executionId: equalTo('h.execution_id'),
    taskId: equalTo('h.task_id'),
    activityInstanceId: equalTo('h.activity_instance_id'),
    variableInstanceId: equalTo('h.variable_id'),
    variableNameLike: like('h.name'),
    variableTypeIn: filter(among('').kind, (values) => {
      if (values.length === 0) return null
      const types = values.map((type) => type.toLowerCase())
      return sql(`lower(h.variable_type) in (${types.map(() => '?').join(', ') || 'null'})`, ...types)
    }),
    formFields: whenGiven("h.type = 'formField'"),
    variableUpdates: flag("h.type = 'variableUpdate'"),
    excludeTaskDetails: whenGiven('h.task_id is null'),
    initial: flag('h.is_initial = 1'),
    userOperationId: filter(text, (value) => sql('h.user_operation_id = ?', value)),
    occurredBefore: before('h.at'),
    occurredAfter: after('h.at'),
    ...tenantFilters('h.tenant_id'),
    deserializeValues: option(looseBoolean),
  },
  sorts: {
    processInstanceId: 'h.instance_id',
    variableName: 'h.name',
    variableType: 'h.variable_type',
    variableRevision: 'h.revision',
    formPropertyId: 'h.name',
    time: 'h.at',
    occurrence: 'h.seq',
    tenantId: 'h.tenant_id',
  },
  finish: (answer, value) => {
    const { fieldId, fieldValue, variableName, variableInstanceId, variableType, ...common } = answer
    if (answer.type !== 'formField')
      return { ...spreadDetail(common, value), variableName, variableInstanceId, variableType, type: answer.type }
    const { value: _value, valueInfo: _info, initial: _initial, revision: _revision, errorMessage: _error, ...field } = common
    return { ...field, fieldId, fieldValue }
  },
}

const spreadDetail = (answer: Record<string, unknown>, value: (name: string) => unknown): Record<string, unknown> =>
  answer.value === null || answer.value === undefined ? { ...answer, value: null } : spreadValue({ ...answer }, value)
