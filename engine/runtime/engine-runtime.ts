import type { Database, Tx } from '../../database/database.ts'
import { readBpmn } from '../bpmn/read-bpmn.ts'
import type { StartCommand } from '../core/command.ts'
import { failure } from '../core/failure.ts'
import type { Instance } from '../core/state.ts'
import type { Value } from '../core/value.ts'
import { DecisionCache } from './decision-cache.ts'
import { type DefinitionCache, DefinitionCache as Definitions } from './definition-cache.ts'
import type { DefinitionRow, DefinitionStore } from './definition-store.ts'
import { DeploymentService } from './deployments.ts'
import type { EngineContext, EngineSettings } from './engine-context.ts'
import { Executor } from './executor.ts'
import { ExternalTaskQueue } from './external-tasks.ts'
import { CommandRefused } from './failures.ts'
import { type CleanupSettings, HistoryCleaner } from './history-cleaner.ts'
import { JobRunner } from './job-runner.ts'
import { knownHandlers } from './known-handlers.ts'
import { Listeners } from './listeners.ts'
import { Locator } from './locator.ts'
import { type Correlated, type Correlation, correlate } from './messages.ts'
import type { UnplacedCommand } from './placed-command.ts'
import type { Done, EngineStore, Query } from './ports.ts'
import { Repository } from './repository.ts'
import { type Broadcast, deliverSignal } from './signals.ts'
import { fireRow } from './timer-starts.ts'

export interface RuntimeDeps {
  readonly database: Database
  readonly store: EngineStore
  readonly definitionStore: DefinitionStore
  readonly settings: EngineSettings
  readonly cleanup: CleanupSettings
  now(): number
  newId(): string
  /** Fingerprint of a file: equal files, equal fingerprints. */
  hash(content: Uint8Array): string
  /** A value as the column json_value holds it. */
  encodeValue(value: Value): string
}

/** How often a node asks whether another one has deployed or suspended something. */
const REVISION_POLL_MS = 500

export interface StartRequest extends Partial<Omit<StartCommand, 'kind' | 'definitionId'>> {
  readonly definitionId?: string
  readonly definitionKey?: string
}

/**
 * The running engine: what the port and the REST API are thin layers over. Commands join the caller's transaction (`tx`, or the one
 * around the call) or travel through the commit lane.
 */
export class EngineRuntime {
  readonly database: Database
  readonly context: EngineContext
  readonly executor: Executor
  readonly deployments: DeploymentService
  readonly jobs: JobRunner
  readonly repository: Repository
  readonly externalTasks: ExternalTaskQueue
  readonly cleaner: HistoryCleaner
  private readonly encodeValue: (value: Value) => string
  private revisionTimer: NodeJS.Timeout | null = null
  private revision: number | null = null

  constructor(deps: RuntimeDeps) {
    this.database = deps.database
    this.encodeValue = deps.encodeValue
    const compile = async (name: string, xml: string) => {
      const read = readBpmn(xml, name, knownHandlers(deps.settings, true))
      if (!read.ok)
        throw new Error(`${name} was deployed but cannot be read: ${read.findings.map((finding) => finding.message).join('; ')}`)
      return new Map(read.processes.map((process) => [process.id, process]))
    }
    this.context = {
      database: deps.database,
      store: deps.store,
      definitionStore: deps.definitionStore,
      definitions: new Definitions(deps.definitionStore, compile),
      decisions: new DecisionCache(deps.definitionStore),
      locator: new Locator(deps.store),
      listeners: new Listeners(),
      settings: deps.settings,
      now: deps.now,
      newId: deps.newId,
    }
    this.executor = new Executor(this.context, (done) => this.committed(done))
    this.deployments = new DeploymentService(this.executor, deps.hash, () => this.jobs.wake())
    this.jobs = new JobRunner(this.executor, (unit, jobId) =>
      fireRow(unit, jobId, (suspension, tx) => this.repository.suspend(suspension, tx)),
    )
    this.repository = new Repository(this.executor, (tx) => this.definitionsChanged(tx))
    this.externalTasks = new ExternalTaskQueue(this.executor, deps.encodeValue)
    this.cleaner = new HistoryCleaner({
      database: deps.database,
      now: deps.now,
      newId: deps.newId,
      zone: deps.settings.zone,
      settings: deps.cleanup,
    })
  }

  get definitions(): DefinitionCache {
    return this.context.definitions
  }

  /** Starts the job pump (unless `pump` is false), the long polls' clock and the watch on other nodes. */
  start(pump: boolean): void {
    if (pump) {
      this.jobs.start()
      this.cleaner.start()
    }
    this.externalTasks.start()
    if (this.database.dialect === 'mariadb' && !this.revisionTimer) {
      this.revisionTimer = setInterval(() => void this.watchRevision(), REVISION_POLL_MS)
      this.revisionTimer.unref()
    }
  }

  async stop(): Promise<void> {
    if (this.revisionTimer) clearInterval(this.revisionTimer)
    this.revisionTimer = null
    this.externalTasks.stop()
    await this.cleaner.stop()
    await this.jobs.stop()
  }

  /** A command on something that exists. Throws `EngineError`. */
  execute(command: UnplacedCommand, tx?: Tx, userId: string | null = null): Promise<Done> {
    return this.executor.execute(command, tx, userId)
  }

  /** Starts an instance and answers its id with what happened. */
  async startInstance(
    request: StartRequest,
    tx?: Tx,
    userId: string | null = null,
  ): Promise<{ instanceId: string; definition: DefinitionRow; done: Done }> {
    const definition = await this.startDefinition(request, tx)
    const { definitionKey: _key, ...given } = request
    const instanceId = request.instanceId ?? this.context.newId()
    const command: StartCommand = {
      businessKey: null,
      variables: {},
      ...given,
      kind: 'start',
      definitionId: definition.id,
      instanceId,
    }
    return { instanceId, definition, done: await this.executor.start(command, tx, userId) }
  }

  correlate(request: Correlation, tx?: Tx): Promise<readonly Correlated[]> {
    return correlate(this.executor, this.encodeValue, request, tx)
  }

  broadcast(signal: Broadcast, tx?: Tx): Promise<void> {
    return this.executor.perform({ places: [], run: (unit) => deliverSignal(unit, signal, null) }, tx)
  }

  /** The instance as it is, without a lock. null when it has ended or never was. */
  async instance(instanceId: string, tx?: Tx): Promise<Instance | null> {
    return this.context.store.readInstance(this.query(tx), instanceId)
  }

  query(tx?: Tx): Query {
    return this.executor.query(tx)
  }

  async definitionRow(id: string, tx?: Tx): Promise<DefinitionRow | null> {
    return (await this.definitions.get(this.query(tx), id, this.isFresh(tx)))?.row ?? null
  }

  /** The newest version of a key: the tenant's own before the one without tenant. */
  latest(key: string, tenantId: string | null, tx?: Tx): Promise<DefinitionRow | null> {
    return this.definitions.latestRow(this.query(tx), key, tenantId, this.isFresh(tx))
  }

  /** Definitions were changed by SQL (suspension, job priorities): call it within the transaction that does so. */
  definitionsChanged(tx: Tx): void {
    this.context.definitionStore.raiseRevision(tx)
    this.executor.unitOf(tx).forgetDefinitions()
    tx.afterCommit(() => {
      this.definitions.forget()
      this.jobs.wake()
    })
  }

  private isFresh(tx?: Tx): boolean {
    const joined = tx ?? this.database.current()
    return joined !== null && joined !== undefined && this.executor.unitOf(joined).fresh
  }

  private async startDefinition(request: StartRequest, tx?: Tx): Promise<DefinitionRow> {
    const { definitionId, definitionKey, tenantId } = request
    const row =
      definitionId !== undefined ? await this.definitionRow(definitionId, tx) : await this.latest(definitionKey ?? '', tenantId ?? null, tx)
    if (!row) throw new CommandRefused(failure('unknown-definition', { ref: definitionId ?? definitionKey ?? '' }))
    return row
  }

  private committed(done: readonly Done[]): void {
    this.jobs.note(done)
    this.externalTasks.note(done)
  }

  private async watchRevision(): Promise<void> {
    try {
      const revision = await this.context.definitionStore.revision((sql, params) => this.database.query(sql, params))
      if (revision !== this.revision) this.definitions.forget()
      this.revision = revision
    } catch {
      // The database does not answer; the next round asks again.
    }
  }
}
