import type { Tx } from '../../database/database.ts'
import type { ProcessModel } from '../core/model/process-model.ts'
import type { DecisionModel } from '../dmn/index.ts'
import { type DefinitionInfo, EngineError, type Finding } from '../process-engine.ts'
import type { DecisionRow, DefinitionRow, StoredResource } from './definition-store.ts'
import type { EngineContext } from './engine-context.ts'
import type { Executor } from './executor.ts'
import type { Query } from './ports.ts'
import { writeStarts } from './process-starts.ts'
import { type ResourceModels, readResource } from './read-resource.ts'

export interface DeploymentRequest {
  readonly name: string
  readonly source?: string | null
  readonly tenantId?: string | null
  readonly resources: readonly { readonly name: string; readonly content: string | Uint8Array }[]
  /** Answers the newest deployment of this name, and source, when none of these files has changed since. */
  readonly duplicateFiltering?: boolean
  /** With duplicate filtering: deploys only the files that have changed. */
  readonly changedOnly?: boolean
}

export interface Deployed {
  readonly id: string
  readonly name: string
  readonly source: string | null
  readonly tenantId: string | null
  readonly deployedAt: number
  /** False when an earlier deployment was found to hold the same. */
  readonly isNew: boolean
  readonly definitions: readonly DefinitionRow[]
  readonly decisions: readonly DecisionRow[]
  readonly warnings: readonly Finding[]
}

interface ReadResource extends ResourceModels {
  readonly stored: StoredResource
}

const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? new TextEncoder().encode(content) : content)

/** Deploys files: one version more of each process and decision in them. */
export class DeploymentService {
  private readonly executor: Executor
  private readonly context: EngineContext
  private readonly hash: (content: Uint8Array) => string
  private readonly deployed: () => void

  constructor(executor: Executor, hash: (content: Uint8Array) => string, deployed: () => void) {
    this.executor = executor
    this.context = executor.context
    this.hash = hash
    this.deployed = deployed
  }

  /** What `create` would refuse or warn of. */
  async check(resources: DeploymentRequest['resources']): Promise<readonly Finding[]> {
    const findings: Finding[] = []
    for (const resource of resources) await this.read(resource, findings)
    return findings
  }

  async create(request: DeploymentRequest, tx?: Tx): Promise<Deployed> {
    const findings: Finding[] = []
    const read: ReadResource[] = []
    for (const resource of request.resources) read.push(await this.read(resource, findings))
    findings.push(...duplicates(read))
    const errors = findings.filter((finding) => finding.severity === 'error')
    if (errors.length > 0) throw new EngineError('parse-failed', errors.map((error) => error.message).join('; '), {}, findings)
    const { database } = this.context
    const joined = tx ?? database.current()
    const write = (into: Tx) => this.write(request, read, findings, into)
    return joined ? write(joined) : database.transaction(write)
  }

  private async read(resource: { name: string; content: string | Uint8Array }, findings: Finding[]): Promise<ReadResource> {
    const content = bytesOf(resource.content)
    const { name } = resource
    const { findings: found, ...models } = await readResource(name, new TextDecoder().decode(content), this.context.settings)
    findings.push(...found)
    return { stored: { id: this.context.newId(), name, content, hash: this.hash(content) }, ...models }
  }

  private async write(request: DeploymentRequest, read: readonly ReadResource[], warnings: readonly Finding[], tx: Tx): Promise<Deployed> {
    const { definitionStore, newId } = this.context
    const unit = this.executor.unitOf(tx)
    const { query } = unit
    const tenantId = request.tenantId ?? null
    await definitionStore.lockDeployments(tx)
    let changed = read
    if (request.duplicateFiltering) {
      const same = await this.sameAsBefore(query, request, read, tenantId)
      if (same.deploymentId !== null && same.changed.length === 0) return this.found(query, same.deploymentId, warnings)
      if (request.changedOnly) changed = same.changed
    }
    const id = newId()
    const source = request.source ?? null
    definitionStore.insertDeployment(tx, { id, name: request.name, source, tenantId, at: unit.now })
    for (const [i, resource] of changed.entries()) definitionStore.insertResource(tx, id, resource.stored, i)
    const definitions: DefinitionRow[] = []
    const decisions: DecisionRow[] = []
    for (const resource of changed) {
      for (const model of resource.processes) definitions.push(await this.writeProcess(query, tx, id, resource, tenantId, model))
      if (resource.decisions)
        decisions.push(...(await this.writeDecisions(query, tx, id, resource.stored.name, tenantId, resource.decisions)))
    }
    definitionStore.raiseRevision(tx)
    unit.forgetDefinitions()
    tx.afterCommit(() => {
      this.context.definitions.forget()
      this.deployed()
    })
    return { id, name: request.name, source, tenantId, deployedAt: unit.now, isNew: true, definitions, decisions, warnings }
  }

  private async writeProcess(
    query: Query,
    tx: Tx,
    deploymentId: string,
    resource: ReadResource,
    tenantId: string | null,
    model: ProcessModel,
  ): Promise<DefinitionRow> {
    const { definitionStore, newId } = this.context
    const before = await definitionStore.definitionByKey(query, model.id, tenantId, { by: 'latest' })
    const version = (before?.version ?? 0) + 1
    const form = model.starts.find((start) => 'formKey' in start && start.formKey !== undefined)
    const row: DefinitionRow = {
      id: versionedId(model.id, version, newId()),
      key: model.id,
      version,
      name: model.name,
      versionTag: model.versionTag,
      category: resource.category,
      description: model.documentation,
      deploymentId,
      resourceName: resource.stored.name,
      tenantId,
      suspended: false,
      historyTtl: daysOf(model.historyTimeToLive),
      startable: model.startableInTasklist,
      startFormKey: form && 'formKey' in form ? (form.formKey ?? null) : null,
    }
    definitionStore.insertDefinition(tx, row)
    await writeStarts(this.executor.unitOf(tx), row, model)
    return row
  }

  private async writeDecisions(
    query: Query,
    tx: Tx,
    deploymentId: string,
    resourceName: string,
    tenantId: string | null,
    model: DecisionModel,
  ): Promise<DecisionRow[]> {
    const { definitionStore, newId } = this.context
    const several = model.decisions.size > 1
    const requirementsId = several ? versionedId(model.requirementsId, 1, newId()) : null
    if (requirementsId !== null)
      definitionStore.insertRequirements(tx, {
        id: requirementsId,
        key: model.requirementsId,
        version: 1,
        name: model.requirementsName,
        category: model.category,
        deploymentId,
        resourceName,
        tenantId,
      })
    const rows: DecisionRow[] = []
    for (const decision of model.decisions.values()) {
      const before = await definitionStore.decisionByKey(query, decision.id, tenantId, { by: 'latest' })
      const version = (before?.version ?? 0) + 1
      const row: DecisionRow = {
        id: versionedId(decision.id, version, newId()),
        key: decision.id,
        version,
        name: decision.name,
        versionTag: decision.versionTag,
        category: model.category,
        deploymentId,
        resourceName,
        tenantId,
        historyTtl: decision.historyTtl,
        requirementsId,
        requirementsKey: several ? model.requirementsId : null,
      }
      definitionStore.insertDecision(tx, row)
      rows.push(row)
    }
    return rows
  }

  /** Each file is compared with its newest content in the deployments before; an empty source is none. */
  private async sameAsBefore(query: Query, request: DeploymentRequest, read: readonly ReadResource[], tenantId: string | null) {
    const { definitionStore } = this.context
    const like = { name: request.name, tenantId, source: request.source || null }
    const deploymentId = await definitionStore.latestDeployment(query, like)
    const before = await definitionStore.latestHashes(query, like)
    return { deploymentId, changed: read.filter(({ stored }) => before.get(stored.name) !== stored.hash) }
  }

  private async found(query: Query, id: string, warnings: readonly Finding[]): Promise<Deployed> {
    const [row] = await query<{ name: string; source: string | null; tenant_id: string | null; deployed_at: number }>(
      'select name, source, tenant_id, deployed_at from re_deployment where deployment_id = ?',
      [id],
    )
    if (!row) throw new Error(`Deployment ${id} has vanished.`)
    return {
      id,
      name: row.name,
      source: row.source,
      tenantId: row.tenant_id,
      deployedAt: row.deployed_at,
      isNew: false,
      definitions: await this.context.definitionStore.definitionsOf(query, id),
      decisions: [],
      warnings,
    }
  }
}

/** A key may be defined by one file of a deployment only. */
function duplicates(read: readonly ReadResource[]): readonly Finding[] {
  const owners = new Map<string, string>()
  const findings: Finding[] = []
  const claim = (what: string, key: string, resource: string): void => {
    const owner = owners.get(`${what} ${key}`)
    owners.set(`${what} ${key}`, resource)
    if (owner === undefined || owner === resource) return
    const message = `the deployment contains two ${what} definitions with the key '${key}' (${owner} and ${resource})`
    findings.push({ severity: 'error', code: 'duplicate-key', message, resource, elementIds: [key], line: 0, column: 0 })
  }
  for (const { stored, processes, decisions } of read) {
    for (const process of processes) claim('process', process.id, stored.name)
    for (const key of decisions?.decisions.keys() ?? []) claim('decision', key, stored.name)
  }
  return findings
}

/** `key:version:uuid`; where that is longer than 64 characters, the uuid alone. */
function versionedId(key: string, version: number, uuid: string): string {
  const id = `${key}:${version}:${uuid}`
  return id.length > 64 ? uuid : id
}

/** `historyTimeToLive`: a number of days, or `P30D`. */
function daysOf(text: string | null): number | null {
  const days = text === null ? null : /^(?:P(\d+)D|(\d+))$/.exec(text.trim())
  return days ? Number(days[1] ?? days[2]) : null
}

export const definitionInfo = (row: DefinitionRow): DefinitionInfo => ({
  id: row.id,
  key: row.key,
  name: row.name,
  version: row.version,
  versionTag: row.versionTag,
  deploymentId: row.deploymentId,
  resource: row.resourceName,
  tenantId: row.tenantId,
})
