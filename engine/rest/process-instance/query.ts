import { booleanField, constantField, textField } from '../query/field.ts'
import { amongIfAny, calledBy, equalTo, filter, flag, instanceIds, isBlank, like, option, tenantFilters } from '../query/filter.ts'
import { boolean, text, texts, WITHOUT_NOT_LIKE } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { inList, likeSql, sql } from '../query/sql.ts'
import { variables } from '../query/variable-filter.ts'

const INCIDENT = 'select 1 from ru_incident x where x.instance_id = i.instance_id'

export const processInstanceQuery: ResourceQuery = {
  name: 'process-instance',
  from: 'ru_instance i',
  key: 'i.instance_id',
  takesAlternatives: true,
  authorisedBy: {
    tenant: 'i.tenant_id',
    rights: [
      ['READ:PROCESS_INSTANCE', 'i.instance_id'],
      ['READ_INSTANCE:PROCESS_DEFINITION', 'i.definition_key'],
    ],
  },
  fields: {
    links: constantField([]),
    id: textField('i.instance_id'),
    definitionId: textField('i.definition_id'),
    definitionKey: textField('i.definition_key'),
    businessKey: textField('i.business_key'),
    caseInstanceId: constantField(null),
    ended: constantField(false),
    suspended: booleanField('i.suspended'),
    tenantId: textField('i.tenant_id'),
  },
  filters: {
    processInstanceIds: instanceIds('i.instance_id'),
    businessKey: equalTo('i.business_key'),
    businessKeyLike: like('i.business_key'),
    processDefinitionId: equalTo('i.definition_id'),
    processDefinitionKey: equalTo('i.definition_key'),
    processDefinitionKeyIn: amongIfAny('i.definition_key'),
    processDefinitionKeyNotIn: filter(texts, (values) => ({ text: `not ${inList('i.definition_key', values).text}`, params: values })),
    deploymentId: filter(text, (value) =>
      sql('i.definition_id in (select d.definition_id from re_definition d where d.deployment_id = ?)', value),
    ),
    superProcessInstance: calledBy('ru_instance', 'i'),
    subProcessInstance: filter(text, (value) =>
      sql('i.instance_id in (select s.super_instance_id from ru_instance s where s.instance_id = ?)', value),
    ),
    active: flag('i.suspended = 0'),
    suspended: flag('i.suspended = 1'),
    withIncident: flag(`exists (${INCIDENT})`),
    incidentId: filter(text, (value) => sql(`exists (${INCIDENT} and x.incident_id = ?)`, value)),
    incidentType: filter(text, (value) => sql(`exists (${INCIDENT} and x.type = ?)`, value)),
    incidentMessage: filter(text, (value) => sql(`exists (${INCIDENT} and x.message = ?)`, value)),
    incidentMessageLike: filter(text, (value, { dialect }) => {
      const { text: condition, params } = likeSql('x.message', value, dialect)
      return sql(`exists (${INCIDENT} and ${condition})`, ...params)
    }),
    ...tenantFilters('i.tenant_id'),
    processDefinitionWithoutTenantId: flag('i.definition_id in (select d.definition_id from re_definition d where d.tenant_id is null)'),
    rootProcessInstanceId: equalTo('i.root_id'),
    rootProcessInstances: flag('i.super_instance_id is null'),
    leafProcessInstances: flag('not exists (select 1 from ru_instance s where s.super_instance_id = i.instance_id)'),
    activityIdIn: filter(texts, (values) => {
      if (isBlank(values)) return null
      const { text: condition, params } = inList('e.activity_id', values)
      return sql(
        `exists (select 1 from ru_execution e where e.instance_id = i.instance_id and e.is_active = 1 and ${condition})`,
        ...params,
      )
    }),
    variables: variables(
      'ru_variable',
      'v.instance_id = i.instance_id and v.execution_id = i.instance_id and v.task_id is null',
      WITHOUT_NOT_LIKE,
    ),
    variableNamesIgnoreCase: option(boolean),
    variableValuesIgnoreCase: option(boolean),
  },
  sorts: {
    instanceId: 'i.instance_id',
    definitionId: 'i.definition_id',
    definitionKey: 'i.definition_key',
    tenantId: 'i.tenant_id',
    businessKey: 'i.business_key',
  },
}
