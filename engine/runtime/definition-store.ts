import type { Tx } from '../../database/database.ts'
import type { Query } from './ports.ts'

/** A deployed process as its row says. */
export interface DefinitionRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly name: string | null
  readonly versionTag: string | null
  readonly category: string | null
  readonly description: string | null
  readonly deploymentId: string
  readonly resourceName: string
  readonly tenantId: string | null
  readonly suspended: boolean
  readonly historyTtl: number | null
  readonly startable: boolean
  readonly startFormKey: string | null
}

export interface DecisionRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly name: string | null
  readonly versionTag: string | null
  readonly category: string | null
  readonly deploymentId: string
  readonly resourceName: string
  readonly tenantId: string | null
  readonly historyTtl: number | null
  readonly requirementsId: string | null
  readonly requirementsKey: string | null
}

export interface RequirementsRow {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly name: string | null
  readonly category: string | null
  readonly deploymentId: string
  readonly resourceName: string
  readonly tenantId: string | null
}

export interface JobDefinitionRow {
  readonly id: string
  readonly definitionId: string
  readonly definitionKey: string
  readonly deploymentId: string
  readonly activityId: string
  readonly handler: string
  readonly configuration: string
  readonly suspended: boolean
  readonly priority: number | null
  readonly tenantId: string | null
  /** Key of the model's declaration. */
  readonly declaration: string
}

/** What starts a process from outside: rows of ru_subscription without an instance. */
export interface StartSubscriptionRow {
  readonly id: string
  readonly type: 'message' | 'signal' | 'conditional'
  readonly name: string | null
  readonly activityId: string
  readonly definitionId: string
  readonly definitionKey: string
  readonly tenantId: string | null
  readonly createdAt: number
}

/** A job that starts instances by time. */
export interface StartTimerRow {
  readonly id: string
  readonly activityId: string
  readonly declaration: string
  readonly jobDefinitionId: string
  readonly definitionId: string
  readonly definitionKey: string
  readonly deploymentId: string
  readonly tenantId: string | null
  readonly due: number
  readonly repeat: string | null
  readonly retries: number
  readonly priority: number
  readonly createdAt: number
}

/** Which row of several versions: exactly one criterion beside the key. */
export type VersionChoice =
  | { readonly by: 'latest' }
  | { readonly by: 'version'; readonly version: number }
  | { readonly by: 'versionTag'; readonly versionTag: string }
  | { readonly by: 'deployment'; readonly deploymentId: string }

export interface StoredResource {
  readonly id: string
  readonly name: string
  readonly content: Uint8Array
  readonly hash: string
}

/** What deployments have in common that are versions of each other. */
export interface DeploymentKey {
  readonly name: string
  readonly tenantId: string | null
  readonly source: string | null
}

/** Deployments and what they hold. */
export interface DefinitionStore {
  definition(query: Query, id: string): Promise<DefinitionRow | null>
  definitionByKey(query: Query, key: string, tenantId: string | null, choice: VersionChoice): Promise<DefinitionRow | null>
  definitionsOf(query: Query, deploymentId: string): Promise<readonly DefinitionRow[]>
  jobDefinitions(query: Query, definitionId: string): Promise<readonly JobDefinitionRow[]>
  decision(query: Query, id: string): Promise<DecisionRow | null>
  decisionByKey(query: Query, key: string, tenantId: string | null, choice: VersionChoice): Promise<DecisionRow | null>
  decisionsOf(query: Query, deploymentId: string): Promise<readonly DecisionRow[]>
  resource(query: Query, deploymentId: string, name: string): Promise<StoredResource | null>
  resourcesOf(query: Query, deploymentId: string): Promise<readonly StoredResource[]>
  latestDeployment(query: Query, like: DeploymentKey): Promise<string | null>
  /** Of such deployments the hash of each file's newest content, by its name. */
  latestHashes(query: Query, like: DeploymentKey): Promise<ReadonlyMap<string, string>>
  /** One deployment at a time, on all nodes. */
  lockDeployments(tx: Tx): Promise<void>
  /** Counts deployments and suspensions: when it changes, other nodes forget what they have cached. */
  revision(query: Query): Promise<number>
  raiseRevision(tx: Tx): void
  insertDeployment(tx: Tx, row: { id: string; name: string; source: string | null; tenantId: string | null; at: number }): void
  insertResource(tx: Tx, deploymentId: string, resource: StoredResource, seq: number): void
  insertDefinition(tx: Tx, row: DefinitionRow): void
  insertDecision(tx: Tx, row: DecisionRow): void
  insertRequirements(tx: Tx, row: RequirementsRow): void
  insertJobDefinition(tx: Tx, row: JobDefinitionRow): void
  insertStarterLink(
    tx: Tx,
    row: { id: string; definitionId: string; userId: string | null; groupId: string | null; tenantId: string | null },
  ): void
  insertStartSubscription(tx: Tx, row: StartSubscriptionRow): void
  insertStartTimer(tx: Tx, row: StartTimerRow): void
  /** Message names that other definitions of the tenant start with. */
  startMessageOwners(query: Query, name: string, tenantId: string | null): Promise<readonly string[]>
  /** A newer version takes over what started the older ones. */
  removeStarts(tx: Tx, definitionKey: string, tenantId: string | null): void
}
