import type { Definition, JobDefinition } from '../core/definition.ts'
import type { DefinitionRef } from '../core/env.ts'
import type { ProcessModel } from '../core/model/process-model.ts'
import type { DefinitionRow, DefinitionStore, VersionChoice } from './definition-store.ts'
import type { Query } from './ports.ts'
import { RecentMap } from './recent-map.ts'

/** Compiled models are large, rows are small. */
const COMPILED = 500
const ROWS = 10_000

/** Reads the processes of a BPMN file that was accepted before. */
export type CompileProcesses = (name: string, xml: string) => Promise<ReadonlyMap<string, ProcessModel>>

export interface CachedDefinition {
  readonly row: DefinitionRow
  readonly definition: Definition
}

/**
 * Compiled definitions by id, and which is the newest of a key. Definitions never change but for suspension and what is set on their
 * job definitions; `forget` drops everything after such a change or a deployment, here or (seen by the revision) on another node.
 */
export class DefinitionCache {
  private readonly byId = new RecentMap<Promise<CachedDefinition | null>>(COMPILED)
  private readonly latest = new RecentMap<Promise<DefinitionRow | null>>(ROWS)
  private readonly latestCalled = new RecentMap<Promise<DefinitionRow | null>>(ROWS)
  private readonly models = new RecentMap<Promise<ReadonlyMap<string, ProcessModel>>>(COMPILED)
  private readonly store: DefinitionStore
  private readonly compile: CompileProcesses

  constructor(store: DefinitionStore, compile: CompileProcesses) {
    this.store = store
    this.compile = compile
  }

  forget(): void {
    this.byId.clear()
    this.latest.clear()
    this.latestCalled.clear()
  }

  /** `fresh`: this transaction has changed definitions itself, so that nothing may be answered from the cache or put into it. */
  async get(query: Query, id: string, fresh: boolean): Promise<CachedDefinition | null> {
    if (fresh) return this.load(query, id)
    return remember(this.byId, id, () => this.load(query, id))
  }

  /** The definition that `ref` names, the tenant's own before the one without tenant. */
  async resolve(query: Query, ref: DefinitionRef, fresh: boolean): Promise<CachedDefinition | null> {
    if (ref.by === 'id') return this.get(query, ref.id, fresh)
    const row = await this.find(query, ref, fresh)
    return row && this.get(query, row.id, fresh)
  }

  latestRow(query: Query, key: string, tenantId: string | null, fresh: boolean): Promise<DefinitionRow | null> {
    const find = () => this.ofTenantOrNone(query, key, tenantId, { by: 'latest' })
    return fresh ? find() : remember(this.latest, `${tenantId ?? ''}\n${key}`, find)
  }

  private find(query: Query, ref: Exclude<DefinitionRef, { by: 'id' }>, fresh: boolean): Promise<DefinitionRow | null> {
    // A caller in a tenant never falls back to a called definition without tenant, as in Camunda.
    const exactly = (choice: VersionChoice) => this.store.definitionByKey(query, ref.key, ref.tenantId, choice)
    switch (ref.by) {
      case 'latest':
        return fresh
          ? exactly({ by: 'latest' })
          : remember(this.latestCalled, `${ref.tenantId ?? ''}\n${ref.key}`, () => exactly({ by: 'latest' }))
      case 'deployment':
        return exactly({ by: 'deployment', deploymentId: ref.deploymentId })
      case 'version':
        return exactly({ by: 'version', version: ref.version })
      case 'versionTag':
        return exactly({ by: 'versionTag', versionTag: ref.versionTag })
    }
  }

  private async ofTenantOrNone(query: Query, key: string, tenantId: string | null, choice: VersionChoice): Promise<DefinitionRow | null> {
    const own = await this.store.definitionByKey(query, key, tenantId, choice)
    return own ?? (tenantId === null ? null : this.store.definitionByKey(query, key, null, choice))
  }

  private async load(query: Query, id: string): Promise<CachedDefinition | null> {
    const row = await this.store.definition(query, id)
    if (!row) return null
    const model = await this.model(query, row)
    const jobDefinitions: Record<string, JobDefinition> = {}
    for (const job of await this.store.jobDefinitions(query, id))
      jobDefinitions[job.declaration] = { id: job.id, suspended: job.suspended, priority: job.priority }
    const { key, version, versionTag, deploymentId, tenantId, suspended, historyTtl } = row
    return { row, definition: { id, key, version, versionTag, deploymentId, tenantId, suspended, historyTtl, model, jobDefinitions } }
  }

  private async model(query: Query, row: DefinitionRow): Promise<ProcessModel> {
    const models = await remember(this.models, `${row.deploymentId}\n${row.resourceName}`, async () => {
      const resource = await this.store.resource(query, row.deploymentId, row.resourceName)
      if (!resource) throw new Error(`Resource ${row.resourceName} of deployment ${row.deploymentId} is missing.`)
      return this.compile(row.resourceName, new TextDecoder().decode(resource.content))
    })
    const model = models.get(row.key)
    if (!model) throw new Error(`Resource ${row.resourceName} of deployment ${row.deploymentId} holds no process ${row.key}.`)
    return model
  }
}

/** Concurrent callers share one load; a failed load, and an answer of null, is not kept. */
async function remember<T>(cache: RecentMap<Promise<T>>, key: string, load: () => Promise<T>): Promise<T> {
  const cached = cache.get(key)
  if (cached) return cached
  const loading = load()
  cache.set(key, loading)
  try {
    const value = await loading
    if (value === null && cache.get(key) === loading) cache.delete(key)
    return value
  } catch (error) {
    if (cache.get(key) === loading) cache.delete(key)
    throw error
  }
}
