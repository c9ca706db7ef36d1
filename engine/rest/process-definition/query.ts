import { booleanField, numberField, textField } from '../query/field.ts'
import { after, amongIfAny, at, equalTo, filter, flag, like, option, tenantFilters, versionEqualTo } from '../query/filter.ts'
import { boolean, text } from '../query/kind.ts'
import type { ResourceQuery } from '../query/resource-query.ts'
import { likeSql, sql } from '../query/sql.ts'

const NEWER =
  'select 1 from re_definition n where n.definition_key = d.definition_key and n.version > d.version and (n.tenant_id = d.tenant_id or (n.tenant_id is null and d.tenant_id is null))'
const deployed = (kind: ReturnType<typeof at>) =>
  filter(kind.kind, (value, context) => {
    const condition = kind.where(value, context)
    return condition && sql(`d.deployment_id in (select p.deployment_id from re_deployment p where ${condition.text})`, ...condition.params)
  })
const incident = (column: string) =>
  filter(text, (value) => sql(`exists (select 1 from ru_incident x where x.definition_id = d.definition_id and x.${column} = ?)`, value))

export const processDefinitionQuery: ResourceQuery = {
  name: 'process-definition',
  from: 're_definition d',
  key: 'd.definition_id',
  authorisedBy: { tenant: 'd.tenant_id', rights: [['READ:PROCESS_DEFINITION', 'd.definition_key']] },
  fields: {
    id: textField('d.definition_id'),
    key: textField('d.definition_key'),
    category: textField('d.category'),
    description: textField('d.description'),
    name: textField('d.name'),
    version: numberField('d.version'),
    resource: textField('d.resource_name'),
    deploymentId: textField('d.deployment_id'),
    diagram: textField('d.diagram_name'),
    suspended: booleanField('d.suspended'),
    tenantId: textField('d.tenant_id'),
    versionTag: textField('d.version_tag'),
    historyTimeToLive: numberField('d.history_ttl'),
    startableInTasklist: booleanField('d.startable'),
  },
  filters: {
    processDefinitionId: equalTo('d.definition_id'),
    processDefinitionIdIn: amongIfAny('d.definition_id'),
    name: equalTo('d.name'),
    nameLike: like('d.name'),
    deploymentId: equalTo('d.deployment_id'),
    deployedAfter: deployed(after('p.deployed_at')),
    deployedAt: deployed(at('p.deployed_at')),
    key: equalTo('d.definition_key'),
    keysIn: amongIfAny('d.definition_key'),
    keyLike: like('d.definition_key'),
    category: equalTo('d.category'),
    categoryLike: like('d.category'),
    version: versionEqualTo('d.version', { status: 500, type: 'ProcessEngineException' }),
    latestVersion: flag(`not exists (${NEWER})`),
    resourceName: equalTo('d.resource_name'),
    resourceNameLike: like('d.resource_name'),
    startableBy: filter(text, (value) =>
      sql(
        `exists (select 1 from ru_identity_link l where l.task_id = '' and l.definition_id = d.definition_id and (l.user_id = ?
         or l.group_id in (select m.owner_id from id_membership m where m.kind = 'user-group' and m.member_id = ?)))`,
        value,
        value,
      ),
    ),
    active: flag('d.suspended = 0'),
    suspended: flag('d.suspended = 1'),
    incidentId: incident('incident_id'),
    incidentType: incident('type'),
    incidentMessage: incident('message'),
    incidentMessageLike: filter(text, (value, { dialect }) => {
      const { text: where, params } = likeSql('x.message', value, dialect)
      return sql(`exists (select 1 from ru_incident x where x.definition_id = d.definition_id and ${where})`, ...params)
    }),
    startablePermissionCheck: option(boolean),
    ...tenantFilters('d.tenant_id', 'includeProcessDefinitionsWithoutTenantId'),
    versionTag: equalTo('d.version_tag'),
    versionTagLike: like('d.version_tag'),
    withoutVersionTag: flag('d.version_tag is null'),
    startableInTasklist: flag('d.startable = 1'),
    notStartableInTasklist: flag('d.startable = 0'),
  },
  sorts: {
    category: 'd.category',
    key: 'd.definition_key',
    id: 'd.definition_id',
    name: 'd.name',
    version: 'd.version',
    deploymentId: 'd.deployment_id',
    deployTime: '(select p.deployed_at from re_deployment p where p.deployment_id = d.deployment_id)',
    tenantId: 'd.tenant_id',
    versionTag: 'd.version_tag',
  },
}
