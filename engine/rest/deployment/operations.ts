import type { Deployed, DeploymentRequest } from '../../runtime/deployments.ts'
import { fromWireDate, toWireDate } from '../../wire/date-time.ts'
import { bodyOf, type Call, content, type FormPart, json, nothing, param, textOf, textsOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, notFound, Problem } from '../problem.ts'
import { findRow } from '../query/resource-query.ts'
import { contentTypeOf } from './content-type.ts'
import { deploymentQuery } from './query.ts'

/** Fields of the form that are no files. */
const FIELDS = new Set([
  'deployment-name',
  'deployment-source',
  'enable-duplicate-filtering',
  'deploy-changed-only',
  'tenant-id',
  'deployment-activation-time',
])

export const deploymentOperations: readonly Operation[] = [
  ...queryOperations(deploymentQuery, { post: false }),
  operation('POST', '/deployment/create', 'Deploys files', async (call) => {
    const field = (name: string): string | null =>
      call.form.find((part) => part.name === name && part.filename === null)?.content.toString('utf8') ?? null
    const files = call.form.filter((part) => part.filename !== null && !FIELDS.has(part.name))
    if (files.length === 0) throw invalidRequest('No deployment resources contained in the form upload.')
    const changedOnly = field('deploy-changed-only') === 'true'
    const activation = activationDate(field('deployment-activation-time'))
    const { runtime } = call
    const request: DeploymentRequest = {
      name: field('deployment-name') ?? '',
      source: field('deployment-source'),
      tenantId: field('tenant-id') || null,
      resources: files.map((file) => ({ name: nameOf(file), content: file.content })),
      duplicateFiltering: changedOnly || field('enable-duplicate-filtering') === 'true',
      changedOnly,
    }
    if (activation === null) return json(deployedOut(call, await runtime.deployments.create(request)))
    const deployed = await runtime.database.transaction(async (tx) => {
      const made = await runtime.deployments.create(request, tx)
      const suspension = {
        of: 'process-definition',
        ids: made.isNew ? made.definitions.map(({ id }) => id) : [],
        includesRunning: true,
      } as const
      if (suspension.ids.length === 0) return made
      await runtime.repository.suspend({ ...suspension, suspended: true }, tx)
      await runtime.repository.suspend({ ...suspension, suspended: false }, tx, activation)
      return made
    })
    return json(deployedOut(call, deployed))
  }),
  operation('DELETE', '/deployment/:id', 'Deletes a deployment', async (call) => {
    const id = param(call, 'id')
    if (!(await findRow(deploymentQuery, id, call.run))) throw missing(id)
    await call.runtime.repository.deleteDeployment(id, call.query.get('cascade') === 'true')
    return nothing
  }),
  operation('GET', '/deployment/registered', 'Deployments that this engine works for', async (call) => {
    const rows = await call.run.query<{ readonly deployment_id: string }>('select deployment_id from re_deployment order by deployment_id')
    return json(rows.map(({ deployment_id }) => deployment_id))
  }),
  operation('GET', '/deployment/:id/resources', 'Files of a deployment', async (call) => {
    const resources = await resourcesOf(call)
    return json(resources.map(({ id, name }) => ({ id, name, deploymentId: param(call, 'id') })))
  }),
  operation('GET', '/deployment/:id/resources/:resourceId', 'A file of a deployment', async (call) => {
    const { id, name } = await resourceOf(call)
    return json({ id, name, deploymentId: param(call, 'id') })
  }),
  operation(
    'GET',
    '/deployment/:id/resources/:resourceId/data',
    'Content of a file of a deployment',
    async (call) => {
      const resource = await resourceOf(call).catch((error: unknown) => {
        // Camunda stumbles over it here, and only here.
        throw error instanceof Problem ? new Problem(500, 'NullValueException', error.message) : error
      })
      return content(resource.content, contentTypeOf(resource.name), resource.name.replace(/^.*[/\\]/, ''))
    },
    { binary: true },
  ),
  operation('POST', '/deployment/:id/redeploy', 'Deploys files of a deployment again', async (call) => {
    const id = param(call, 'id')
    const before = await findRow(deploymentQuery, id, call.run)
    if (!before) throw missing(id)
    const body = bodyOf(call)
    const [ids, names] = [textsOf(body, 'resourceIds'), textsOf(body, 'resourceNames')]
    const all = await resourcesOf(call)
    const unknown = [
      ...(ids ?? []).filter((wanted) => !all.some((resource) => resource.id === wanted)),
      ...(names ?? []).filter((wanted) => !all.some((resource) => resource.name === wanted)),
    ]
    if (unknown.length > 0) throw notFound(`Resources ${unknown.join(', ')} do not exist in deployment ${id}`)
    const chosen = ids || names ? all.filter((resource) => ids?.includes(resource.id) || names?.includes(resource.name)) : all
    const deployed = await call.runtime.deployments.create({
      name: String(before.name ?? ''),
      source: textOf(body, 'source'),
      tenantId: before.tenantId as string | null,
      resources: chosen.map(({ name, content: bytes }) => ({ name, content: bytes })),
    })
    return json(deployedOut(call, deployed))
  }),
]

/** Until then what is deployed is suspended. */
function activationDate(text: string | null): number | null {
  if (text === null || text === '') return null
  const date = fromWireDate(text)
  if (date === undefined) throw invalidRequest(`Cannot read deployment-activation-time '${text}'`)
  return date
}

const nameOf = (file: FormPart): string => file.filename ?? file.name
const missing = (id: string): Problem => notFound(`Deployment with id '${id}' do not exist`)

async function resourcesOf(call: Call) {
  const id = param(call, 'id')
  const resources = await call.runtime.context.definitionStore.resourcesOf(call.run.query, id)
  if (resources.length === 0) throw notFound(`Deployment resources for deployment id '${id}' do not exist.`)
  return resources
}

async function resourceOf(call: Call) {
  const found = (await resourcesOf(call)).find(({ id }) => id === param(call, 'resourceId'))
  if (!found)
    throw notFound(
      `Deployment resource with resource id '${param(call, 'resourceId')}' for deployment id '${param(call, 'id')}' does not exist.`,
    )
  return found
}

/** What was deployed; when duplicate filtering found nothing new, the lists are null. */
function deployedOut(call: Call, deployed: Deployed) {
  const byId = <T extends { readonly id: string }>(items: readonly T[], present: (item: T) => unknown): Record<string, unknown> | null =>
    items.length > 0 && deployed.isNew ? Object.fromEntries(items.map((item) => [item.id, present(item)])) : null
  return {
    links: [{ method: 'GET', href: `${call.base}/deployment/${deployed.id}`, rel: 'self' }],
    id: deployed.id,
    name: deployed.name,
    source: deployed.source,
    deploymentTime: toWireDate(deployed.deployedAt),
    tenantId: deployed.tenantId,
    deployedProcessDefinitions: byId(deployed.definitions, (row) => ({
      id: row.id,
      key: row.key,
      category: row.category,
      description: row.description,
      name: row.name,
      version: row.version,
      resource: row.resourceName,
      deploymentId: row.deploymentId,
      diagram: null,
      suspended: row.suspended,
      tenantId: row.tenantId,
      versionTag: row.versionTag,
      historyTimeToLive: row.historyTtl,
      startableInTasklist: row.startable,
    })),
    deployedCaseDefinitions: null,
    deployedDecisionDefinitions: byId(deployed.decisions, (row) => ({
      id: row.id,
      key: row.key,
      category: row.category,
      name: row.name,
      version: row.version,
      resource: row.resourceName,
      deploymentId: row.deploymentId,
      tenantId: row.tenantId,
      decisionRequirementsDefinitionId: row.requirementsId,
      decisionRequirementsDefinitionKey: row.requirementsKey,
      historyTimeToLive: row.historyTtl,
      versionTag: row.versionTag,
    })),
    deployedDecisionRequirementsDefinitions: null,
  }
}
