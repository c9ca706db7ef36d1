import { type DefinitionInfo, type Deployments, EngineError, type Finding } from '../process-engine.ts'
import { type RemoteContext, refuseTx, tenantFilter } from './remote-context.ts'

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

export const toDefinition = (wire: WireDefinition): DefinitionInfo => ({
  id: wire.id,
  key: wire.key,
  name: wire.name,
  version: wire.version,
  versionTag: wire.versionTag,
  deploymentId: wire.deploymentId,
  resource: wire.resource,
  tenantId: wire.tenantId,
})

export function remoteDeployments({ rest, changed }: RemoteContext): Deployments {
  const deploy = async (request: Parameters<Deployments['create']>[0]) => {
    const form = new FormData()
    form.set('deployment-name', request.name)
    if (request.source) form.set('deployment-source', request.source)
    if (request.tenantId) form.set('tenant-id', request.tenantId)
    if (request.duplicateFiltering) form.set('enable-duplicate-filtering', 'true')
    for (const resource of request.resources)
      form.set(resource.name, new Blob([resource.content], { type: 'application/octet-stream' }), resource.name)
    const made = await rest.upload<{ id: string; deployedProcessDefinitions: Record<string, WireDefinition> | null }>(
      '/deployment/create',
      form,
    )
    return { id: made.id, definitions: Object.values(made.deployedProcessDefinitions ?? {}).map(toDefinition) }
  }

  return {
    create: async (request, tx) => {
      refuseTx(tx)
      const made = await deploy(request)
      changed()
      return made
    },
    // The protocol has no dry run: what would be refused is found by deploying, and taken back at once.
    check: async (resources): Promise<readonly Finding[]> => {
      try {
        const made = await deploy({ name: 'check', resources })
        await rest.send('DELETE', `/deployment/${made.id}?cascade=true`)
        return []
      } catch (error) {
        if (error instanceof EngineError && error.code === 'parse-failed') return error.findings
        throw error
      }
    },
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
