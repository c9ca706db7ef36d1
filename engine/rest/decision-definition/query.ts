import { numberField, textField } from '../query/field.ts'
import { amongIfAny, equalTo, filter, flag, like, tenantFilters, versionEqualTo } from '../query/filter.ts'
import { date } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { type Sql, sql } from '../query/sql.ts'

const NEWER =
  'select 1 from re_decision n where n.decision_key = d.decision_key and n.version > d.version and (n.tenant_id = d.tenant_id or (n.tenant_id is null and d.tenant_id is null))'

const deployed = ({ text: where, params }: Sql): Sql =>
  sql(`d.deployment_id in (select p.deployment_id from re_deployment p where ${where})`, ...params)

export const decisionDefinitionQuery: ResourceQuery = {
  name: 'decision-definition',
  from: 're_decision d',
  key: 'd.decision_id',
  authorisedBy: { tenant: 'd.tenant_id', rights: [['READ:DECISION_DEFINITION', 'd.decision_key']] },
  fields: {
    id: textField('d.decision_id'),
    key: textField('d.decision_key'),
    category: textField('d.category'),
    name: textField('d.name'),
    version: numberField('d.version'),
    resource: textField('d.resource_name'),
    deploymentId: textField('d.deployment_id'),
    tenantId: textField('d.tenant_id'),
    decisionRequirementsDefinitionId: textField('d.requirements_id'),
    decisionRequirementsDefinitionKey: textField('d.requirements_key'),
    historyTimeToLive: numberField('d.history_ttl'),
    versionTag: textField('d.version_tag'),
  },
  filters: {
    decisionDefinitionId: equalTo('d.decision_id'),
    decisionDefinitionIdIn: amongIfAny('d.decision_id'),
    name: equalTo('d.name'),
    nameLike: like('d.name'),
    deploymentId: equalTo('d.deployment_id'),
    deployedAfter: filter(date, (value) => deployed(sql('p.deployed_at > ?', value))),
    deployedAt: filter(date, (value) => deployed(sql('p.deployed_at = ?', value))),
    key: equalTo('d.decision_key'),
    keyLike: like('d.decision_key'),
    category: equalTo('d.category'),
    categoryLike: like('d.category'),
    version: versionEqualTo('d.version', { status: 400, type: 'NotValidException' }),
    latestVersion: flag(`not exists (${NEWER})`),
    resourceName: equalTo('d.resource_name'),
    resourceNameLike: like('d.resource_name'),
    decisionRequirementsDefinitionId: equalTo('d.requirements_id'),
    decisionRequirementsDefinitionKey: equalTo('d.requirements_key'),
    withoutDecisionRequirementsDefinition: flag('d.requirements_id is null'),
    ...tenantFilters('d.tenant_id', 'includeDecisionDefinitionsWithoutTenantId'),
    versionTag: equalTo('d.version_tag'),
    versionTagLike: like('d.version_tag'),
  },
  sorts: {
    category: 'd.category',
    key: 'd.decision_key',
    id: 'd.decision_id',
    name: 'd.name',
    version: 'd.version',
    deploymentId: 'd.deployment_id',
    deployTime: '(select p.deployed_at from re_deployment p where p.deployment_id = d.deployment_id)',
    decisionRequirementsDefinitionKey: 'd.requirements_key',
    tenantId: 'd.tenant_id',
    versionTag: 'd.version_tag',
  },
}
