import { constantField, textField } from '../query/field.ts'
import { among, filter, ofExecutions, option, tenantFilters, variableName, variableNameLike } from '../query/filter.ts'
import { boolean, looseBoolean, texts } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { inList, sql } from '../query/sql.ts'
import { spreadValue, valueField } from './value-fields.ts'
import { matchingValues } from './value-filter.ts'

/** Variables of tasks, found by their instances; tasks without one have '' in their variables' column. */
const ofTasks = filter(texts, (values) => {
  const tasks = inList('t.task_id', values)
  const { text: condition, params } = inList('v.task_id', values)
  return sql(
    `(v.instance_id in (select coalesce(t.instance_id, '') from ru_task t where ${tasks.text}) and ${condition})`,
    ...tasks.params,
    ...params,
  )
})

export const variableInstanceQuery: ResourceQuery = {
  name: 'variable-instance',
  from: 'ru_variable v',
  key: 'v.variable_id',
  authorisedBy: {
    tenant: 'v.tenant_id',
    rights: [
      ['READ:PROCESS_INSTANCE', 'v.instance_id'],
      ['READ_INSTANCE:PROCESS_DEFINITION', '(select i.definition_key from ru_instance i where i.instance_id = v.instance_id)'],
      ['READ:TASK', 'v.task_id'],
    ],
  },
  fields: {
    id: textField('v.variable_id'),
    name: textField('v.name'),
    type: textField('v.type'),
    value: valueField('v.json_value'),
    valueInfo: constantField({}),
    processDefinitionId: textField('(select i.definition_id from ru_instance i where i.instance_id = v.instance_id)'),
    processInstanceId: textField("nullif(v.instance_id, '')"),
    executionId: textField('v.execution_id'),
    caseInstanceId: constantField(null),
    caseExecutionId: constantField(null),
    taskId: textField('v.task_id'),
    batchId: constantField(null),
    activityInstanceId: textField('v.activity_instance_id'),
    errorMessage: constantField(null),
    tenantId: textField('v.tenant_id'),
  },
  filters: {
    // Variables of batches: there are none here.
    batchIdIn: filter(texts, () => sql('1 = 0')),
    variableName: variableName('v.name'),
    variableNameLike: variableNameLike('v.name'),
    variableNameIn: among('v.name'),
    processInstanceIdIn: among('v.instance_id'),
    executionIdIn: ofExecutions('v.instance_id', 'v.execution_id'),
    taskIdIn: ofTasks,
    activityInstanceIdIn: among('v.activity_instance_id'),
    variableScopeIdIn: among('coalesce(v.task_id, v.execution_id)'),
    ...tenantFilters('v.tenant_id'),
    variableValues: matchingValues,
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
    deserializeValues: option(looseBoolean),
  },
  sorts: {
    variableName: 'v.name',
    variableType: 'v.type',
    activityInstanceId: 'v.activity_instance_id',
    tenantId: 'v.tenant_id',
  },
  finish: spreadValue,
}
