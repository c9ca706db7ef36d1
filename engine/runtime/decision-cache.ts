import type { DecisionRef } from '../core/env.ts'
import { type DecisionModel, type Evaluation, readDmn } from '../dmn/index.ts'
import type { DecisionRow, DefinitionStore, VersionChoice } from './definition-store.ts'
import type { Query } from './ports.ts'
import { RecentMap } from './recent-map.ts'

const FILES = 500

export interface CachedDecision {
  readonly row: DecisionRow
  readonly model: DecisionModel
  /** All decisions of the file, by key: those that this one requires are among them. */
  readonly rows: ReadonlyMap<string, DecisionRow>
}

/** What a step hands on of a decision that it made: the store writes it to history. */
export interface DecisionRecord {
  readonly rows: ReadonlyMap<string, DecisionRow>
  /** In order of evaluation; the last one was asked for. */
  readonly evaluations: readonly Evaluation[]
}

/** Decisions as they are evaluated, found by reference. Files are kept; which version a reference means is asked each time. */
export class DecisionCache {
  private readonly models = new RecentMap<DecisionModel>(FILES)
  private readonly store: DefinitionStore

  constructor(store: DefinitionStore) {
    this.store = store
  }

  async resolve(query: Query, ref: DecisionRef): Promise<CachedDecision | null> {
    const choice = choiceOf(ref)
    if (!choice) return null
    const own = await this.store.decisionByKey(query, ref.key, ref.tenantId, choice)
    const row = own ?? (ref.tenantId === null ? null : await this.store.decisionByKey(query, ref.key, null, choice))
    return row && this.cached(query, row)
  }

  async byId(query: Query, id: string): Promise<CachedDecision | null> {
    const row = await this.store.decision(query, id)
    return row && this.cached(query, row)
  }

  private async cached(query: Query, row: DecisionRow): Promise<CachedDecision> {
    const model = await this.model(query, row)
    const rows = model.decisions.size === 1 ? [row] : await this.store.decisionsOf(query, row.deploymentId)
    return { row, model, rows: new Map(rows.filter((one) => one.resourceName === row.resourceName).map((one) => [one.key, one])) }
  }

  private async model(query: Query, row: DecisionRow): Promise<DecisionModel> {
    const key = `${row.deploymentId}\n${row.resourceName}`
    const cached = this.models.get(key)
    if (cached) return cached
    const resource = await this.store.resource(query, row.deploymentId, row.resourceName)
    if (!resource) throw new Error(`Resource ${row.resourceName} of deployment ${row.deploymentId} is missing.`)
    const read = await readDmn(row.resourceName, new TextDecoder().decode(resource.content), { camundaHitPolicies: false })
    if (!read.ok) throw new Error(`Resource ${row.resourceName} of deployment ${row.deploymentId} cannot be read: ${read.failure.message}`)
    this.models.set(key, read.value)
    return read.value
  }
}

function choiceOf(ref: DecisionRef): VersionChoice | null {
  switch (ref.binding) {
    case 'latest':
      return { by: 'latest' }
    case 'deployment':
      return { by: 'deployment', deploymentId: ref.deploymentId }
    case 'version':
      return ref.version === undefined ? null : { by: 'version', version: ref.version }
    case 'versionTag':
      return ref.versionTag === undefined ? null : { by: 'versionTag', versionTag: ref.versionTag }
  }
}
