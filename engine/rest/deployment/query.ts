import { constantField, dateField, textField } from '../query/field.ts'
import { after, before, equalTo, flag, like, tenantFilters } from '../query/filter.ts'
import type { ResourceQuery } from '../query/resource-query.ts'

export const deploymentQuery: ResourceQuery = {
  name: 'deployment',
  from: 're_deployment p',
  key: 'p.deployment_id',
  authorisedBy: { tenant: 'p.tenant_id', rights: [['READ:DEPLOYMENT', 'p.deployment_id']] },
  fields: {
    links: constantField([]),
    id: textField('p.deployment_id'),
    name: textField('p.name'),
    source: textField('p.source'),
    deploymentTime: dateField('p.deployed_at'),
    tenantId: textField('p.tenant_id'),
  },
  filters: {
    id: equalTo('p.deployment_id'),
    name: equalTo('p.name'),
    nameLike: like('p.name'),
    source: equalTo('p.source'),
    withoutSource: flag('p.source is null'),
    before: before('p.deployed_at'),
    after: after('p.deployed_at'),
    ...tenantFilters('p.tenant_id', 'includeDeploymentsWithoutTenantId'),
  },
  sorts: { id: 'p.deployment_id', name: 'p.name', deploymentTime: 'p.deployed_at', tenantId: 'p.tenant_id' },
}
