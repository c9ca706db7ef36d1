import { constantField, textField } from '../query/field.ts'
import { equalTo, filter, flag, option, tenantFilters } from '../query/filter.ts'
import { boolean, text, WITHOUT_NOT_LIKE } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { likeSql, sql } from '../query/sql.ts'
import { variables } from '../query/variable-filter.ts'

const waitsFor = (type: string) =>
  filter(text, (value) =>
    sql(
      'exists (select 1 from ru_subscription s where s.instance_id = e.instance_id and s.execution_id = e.execution_id and s.type = ? and +s.name = ?)',
      type,
      value,
    ),
  )
const incident = (column: string) =>
  filter(text, (value) => sql(`exists (select 1 from ru_incident x where x.execution_id = e.execution_id and x.${column} = ?)`, value))

export const executionQuery: ResourceQuery = {
  name: 'execution',
  from: 'ru_execution e',
  key: 'e.execution_id',
  authorisedBy: {
    tenant: 'e.tenant_id',
    rights: [
      ['READ:PROCESS_INSTANCE', 'e.instance_id'],
      ['READ_INSTANCE:PROCESS_DEFINITION', 'e.definition_key'],
    ],
  },
  tie: 'e.seq asc, e.execution_id',
  fields: {
    id: textField('e.execution_id'),
    processInstanceId: textField('e.instance_id'),
    ended: constantField(false),
    tenantId: textField('e.tenant_id'),
  },
  filters: {
    businessKey: filter(text, (value) => sql('e.instance_id in (select i.instance_id from ru_instance i where i.business_key = ?)', value)),
    processDefinitionId: equalTo('e.definition_id'),
    processDefinitionKey: equalTo('e.definition_key'),
    processInstanceId: equalTo('e.instance_id'),
    activityId: filter(text, (value) => sql('(e.activity_id = ? and e.is_active = 1)', value)),
    signalEventSubscriptionName: waitsFor('signal'),
    messageEventSubscriptionName: waitsFor('message'),
    active: flag('e.suspended = 0'),
    suspended: flag('e.suspended = 1'),
    incidentId: incident('incident_id'),
    incidentType: incident('type'),
    incidentMessage: incident('message'),
    incidentMessageLike: filter(text, (value, { dialect }) => {
      const { text: where, params } = likeSql('x.message', value, dialect)
      return sql(`exists (select 1 from ru_incident x where x.execution_id = e.execution_id and ${where})`, ...params)
    }),
    ...tenantFilters('e.tenant_id'),
    variables: variables('ru_variable', 'v.instance_id = e.instance_id and v.execution_id = e.execution_id', WITHOUT_NOT_LIKE),
    processVariables: variables('ru_variable', 'v.instance_id = e.instance_id and v.execution_id = e.instance_id and v.task_id is null', [
      'eq',
      'neq',
    ]),
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
  },
  sorts: {
    instanceId: 'e.instance_id',
    definitionKey: 'e.definition_key',
    definitionId: 'e.definition_id',
    tenantId: 'e.tenant_id',
  },
}
