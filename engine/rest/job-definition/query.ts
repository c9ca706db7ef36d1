import { booleanField, numberField, textField } from '../query/field.ts'
import { among, equalTo, flag, tenantFilters } from '../query/filter.ts'
import type { ResourceQuery } from '../query/resource-query.ts'

export const jobDefinitionQuery: ResourceQuery = {
  name: 'job-definition',
  from: 'ru_job_definition d',
  key: 'd.job_definition_id',
  authorisedBy: { tenant: 'd.tenant_id', rights: [['READ:PROCESS_DEFINITION', 'd.definition_key']] },
  fields: {
    id: textField('d.job_definition_id'),
    processDefinitionId: textField('d.definition_id'),
    processDefinitionKey: textField('d.definition_key'),
    jobType: textField('d.job_type'),
    jobConfiguration: textField('d.job_configuration'),
    activityId: textField('d.activity_id'),
    suspended: booleanField('d.suspended'),
    overridingJobPriority: numberField('d.priority'),
    tenantId: textField('d.tenant_id'),
    deploymentId: textField('d.deployment_id'),
  },
  filters: {
    jobDefinitionId: equalTo('d.job_definition_id'),
    activityIdIn: among('d.activity_id'),
    processDefinitionId: equalTo('d.definition_id'),
    processDefinitionKey: equalTo('d.definition_key'),
    jobType: equalTo('d.job_type'),
    jobConfiguration: equalTo('d.job_configuration'),
    active: flag('d.suspended = 0'),
    suspended: flag('d.suspended = 1'),
    withOverridingJobPriority: flag('d.priority is not null'),
    ...tenantFilters('d.tenant_id', 'includeJobDefinitionsWithoutTenantId'),
  },
  sorts: {
    jobDefinitionId: 'd.job_definition_id',
    activityId: 'd.activity_id',
    processDefinitionId: 'd.definition_id',
    processDefinitionKey: 'd.definition_key',
    jobType: 'd.job_type',
    jobConfiguration: 'd.job_configuration',
    tenantId: 'd.tenant_id',
  },
}
