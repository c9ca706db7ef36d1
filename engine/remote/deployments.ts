import type { DefinitionInfo, Deployments } from '../process-engine.ts'
import { type RemoteContext, tenantFilter } from './remote-context.ts'

interface WireDefinition {
  readonly id: string
  readonly key: string
  readonly name: string | null
  readonly version: number
  readonly versionTag: string | null
  readonly deploymentId: string
  readonly resource: string
  readonly tenantId: string | null
}

interface WireDeployment {
  readonly id: string
  readonly tenantId: string | null
}

const toDefinition = (wire: WireDefinition): DefinitionInfo => ({
  id: wire.id,
  key: wire.key,
  name: wire.name,
  version: wire.version,
  versionTag: wire.versionTag,
  deploymentId: wire.deploymentId,
  resource: wire.resource,
  tenantId: wire.tenantId,
})

/**
 * Deployments go out at once, also within a transaction, because what follows needs their ids. They are told apart by name and
 * content, so a transaction that runs again finds its own; one that is rolled back leaves a version that nobody starts.
 */
export function remoteDeployments({ rest, changed }: RemoteContext, check: Deployments['check']): Deployments {
  /** Operaton finds the duplicate within the tenant, but answers the newest deployment of that name, whosever it is. */
  const latestOf = async (request: Parameters<Deployments['create']>[0], answered: WireDeployment): Promise<WireDeployment> => {
    const query = { name: request.name, ...tenantFilter(request.tenantId), sortBy: 'deploymentTime', sortOrder: 'desc', maxResults: 1 }
    const [own] = await rest.get<WireDeployment[]>('/deployment', query)
    return own ?? answered
  }

  return {
    create: async (request) => {
      const form = new FormData()
      form.set('deployment-name', request.name)
      if (request.source) form.set('deployment-source', request.source)
      if (request.tenantId) form.set('tenant-id', request.tenantId)
      form.set('enable-duplicate-filtering', 'true')
      for (const resource of request.resources)
        form.set(resource.name, new Blob([resource.content], { type: 'application/octet-stream' }), resource.name)
      const answered = await rest.upload<WireDeployment>('/deployment/create', form)
      const { id } = answered.tenantId === (request.tenantId ?? null) ? answered : await latestOf(request, answered)
      changed()
      return { id, definitions: (await rest.get<WireDefinition[]>('/process-definition', { deploymentId: id })).map(toDefinition) }
    },
    // The protocol has no dry run: our own reader looks, and what the other server refuses besides shows when it is deployed.
    check,
  }
}

export function remoteDefinitions({ rest }: RemoteContext) {
  return {
    latestByKey: async (key: string, tenantId?: string | null) => {
      const [latest] = await rest.get<WireDefinition[]>('/process-definition', {
        key,
        latestVersion: true,
        maxResults: 1,
        ...tenantFilter(tenantId),
      })
      return latest ? toDefinition(latest) : null
    },
    byId: async (id: string) => {
      const found = await rest.find<WireDefinition>(`/process-definition/${encodeURIComponent(id)}`)
      return found ? toDefinition(found) : null
    },
    xml: async (id: string) => (await rest.get<{ bpmn20Xml: string }>(`/process-definition/${encodeURIComponent(id)}/xml`)).bpmn20Xml,
  }
}
