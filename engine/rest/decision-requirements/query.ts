import { numberField, textField } from '../query/field.ts'
import { among, equalTo, flag, like, tenantFilters, versionEqualTo } from '../query/filter.ts'
import type { ResourceQuery } from '../query/resource-query.ts'

const NEWER =
  'select 1 from re_requirements n where n.requirements_key = d.requirements_key and n.version > d.version and (n.tenant_id = d.tenant_id or (n.tenant_id is null and d.tenant_id is null))'

export const decisionRequirementsQuery: ResourceQuery = {
  name: 'decision-requirements-definition',
  from: 're_requirements d',
  key: 'd.requirements_id',
  authorisedBy: { tenant: 'd.tenant_id', rights: [['READ:DECISION_REQUIREMENTS_DEFINITION', 'd.requirements_key']] },
  fields: {
    id: textField('d.requirements_id'),
    key: textField('d.requirements_key'),
    category: textField('d.category'),
    name: textField('d.name'),
    version: numberField('d.version'),
    resource: textField('d.resource_name'),
    deploymentId: textField('d.deployment_id'),
    tenantId: textField('d.tenant_id'),
  },
  filters: {
    decisionRequirementsDefinitionId: equalTo('d.requirements_id'),
    decisionRequirementsDefinitionIdIn: among('d.requirements_id'),
    name: equalTo('d.name'),
    nameLike: like('d.name'),
    deploymentId: equalTo('d.deployment_id'),
    key: equalTo('d.requirements_key'),
    keyLike: like('d.requirements_key'),
    category: equalTo('d.category'),
    categoryLike: like('d.category'),
    version: versionEqualTo('d.version', { status: 400, type: 'NotValidException' }),
    latestVersion: flag(`not exists (${NEWER})`),
    resourceName: equalTo('d.resource_name'),
    resourceNameLike: like('d.resource_name'),
    ...tenantFilters('d.tenant_id', 'includeDecisionRequirementsDefinitionsWithoutTenantId'),
  },
  sorts: {
    category: 'd.category',
    key: 'd.requirements_key',
    id: 'd.requirements_id',
    name: 'd.name',
    version: 'd.version',
    deploymentId: 'd.deployment_id',
    tenantId: 'd.tenant_id',
  },
}
