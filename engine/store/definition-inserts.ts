import type { Tx } from '../../database/database.ts'
import type { DefinitionStore } from '../runtime/definition-store.ts'

/** What a deployment inserts. */
export const definitionInserts = {
  insertDeployment(tx, row) {
    insert(tx, 're_deployment', { deployment_id: row.id, name: row.name, source: row.source, tenant_id: row.tenantId, deployed_at: row.at })
  },
  insertResource(tx, deploymentId, resource, seq) {
    insert(tx, 're_resource', {
      resource_id: resource.id,
      deployment_id: deploymentId,
      name: resource.name,
      content: resource.content,
      content_hash: resource.hash,
      seq,
    })
  },
  insertDefinition(tx, row) {
    insert(tx, 're_definition', {
      definition_id: row.id,
      definition_key: row.key,
      version: row.version,
      name: row.name,
      version_tag: row.versionTag,
      category: row.category,
      description: row.description,
      deployment_id: row.deploymentId,
      resource_name: row.resourceName,
      tenant_id: row.tenantId,
      suspended: row.suspended,
      history_ttl: row.historyTtl,
      startable: row.startable,
      start_form_key: row.startFormKey,
      has_start_form: row.startFormKey !== null,
    })
  },
  insertDecision(tx, row) {
    insert(tx, 're_decision', {
      decision_id: row.id,
      decision_key: row.key,
      version: row.version,
      name: row.name,
      version_tag: row.versionTag,
      category: row.category,
      deployment_id: row.deploymentId,
      resource_name: row.resourceName,
      tenant_id: row.tenantId,
      history_ttl: row.historyTtl,
      requirements_id: row.requirementsId,
      requirements_key: row.requirementsKey,
    })
  },
  insertRequirements(tx, row) {
    insert(tx, 're_requirements', {
      requirements_id: row.id,
      requirements_key: row.key,
      version: row.version,
      name: row.name,
      category: row.category,
      deployment_id: row.deploymentId,
      resource_name: row.resourceName,
      tenant_id: row.tenantId,
    })
  },
  insertJobDefinition(tx, row) {
    insert(tx, 'ru_job_definition', {
      job_definition_id: row.id,
      definition_id: row.definitionId,
      definition_key: row.definitionKey,
      deployment_id: row.deploymentId,
      activity_id: row.activityId,
      job_type: row.handler,
      job_configuration: row.configuration,
      suspended: row.suspended,
      priority: row.priority,
      tenant_id: row.tenantId,
      declaration: row.declaration,
    })
  },
  insertStarterLink(tx, row) {
    insert(tx, 'ru_identity_link', {
      task_id: '',
      identity_link_id: row.id,
      definition_id: row.definitionId,
      type: 'candidate',
      user_id: row.userId,
      group_id: row.groupId,
      tenant_id: row.tenantId,
    })
  },
  insertStartSubscription(tx, row) {
    insert(tx, 'ru_subscription', {
      subscription_id: row.id,
      type: row.type,
      name: row.name,
      activity_id: row.activityId,
      definition_id: row.definitionId,
      definition_key: row.definitionKey,
      tenant_id: row.tenantId,
      suspended: false,
      created_at: row.createdAt,
      seq: 0,
    })
  },
  insertStartTimer(tx, row) {
    insert(tx, 'ru_job', {
      job_id: row.id,
      handler: 'timer-start-event',
      declaration: row.declaration,
      job_definition_id: row.jobDefinitionId,
      activity_id: row.activityId,
      definition_id: row.definitionId,
      definition_key: row.definitionKey,
      deployment_id: row.deploymentId,
      due_at: row.due,
      retries: row.retries,
      exclusive: true,
      priority: row.priority,
      suspended: false,
      created_at: row.createdAt,
      tenant_id: row.tenantId,
      configuration: JSON.stringify({ repeat: row.repeat }),
    })
  },
} satisfies Partial<DefinitionStore>

function insert(tx: Tx, table: string, row: Readonly<Record<string, string | number | boolean | null | Uint8Array>>): void {
  const columns = Object.keys(row)
  tx.write(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`, Object.values(row))
}
