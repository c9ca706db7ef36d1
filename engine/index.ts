import { createHash } from 'node:crypto'
import type { Database } from '../database/database.ts'
import { type CompatFlags, defaultCompat } from './core/env.ts'
import type { Handlers } from './core/handler.ts'
import type { ProcessEngine } from './process-engine.ts'
import { createRemoteEngine as connectRemoteEngine, type RemoteEngineOptions } from './remote/create-remote-engine.ts'
import { embeddedEngine } from './runtime/embedded-engine.ts'
import { EngineRuntime } from './runtime/engine-runtime.ts'
import { type CleanupSettings, defaultCleanup } from './runtime/history-cleaner.ts'
import { checkResources } from './runtime/read-resource.ts'
import { encodeValue } from './runtime/value-columns.ts'
import { makeDefinitionStore } from './store/definition-rows.ts'
import { makeEngineStore } from './store/engine-store.ts'
import type { HistoryLevel } from './store/history-level.ts'

export { camunda7Compat } from './core/env.ts'
export { BpmnError, type HandlerCall, type Handlers } from './core/handler.ts'
export * from './process-engine.ts'
export { type Caller, everybody, type Grant } from './rest/access/caller.ts'
export { credentialsOf } from './rest/access/credentials.ts'
export { grantText, parseGrant } from './rest/access/grant-text.ts'
export { makeEngineRest } from './rest/router.ts'
export type { EngineRuntime } from './runtime/engine-runtime.ts'

export interface EmbeddedEngineOptions {
  /** Migrated already. */
  readonly database: Database
  /** The engine's clock, epoch ms: also what decides which timers are due. */
  now(): number
  /** UUIDv7 text. */
  newId(): string
  /** IANA time zone of dates without offset and of cron. */
  readonly zone?: string
  readonly compat?: Partial<CompatFlags>
  /** Code that models call by name (`camunda:class`, `camunda:delegateExpression`, `${name.method()}`). */
  readonly handlers?: Handlers
  /** Operations of one command (100,000) after which it counts as an endless loop: refused, in a job an incident. */
  readonly stepBudget?: number
  /** Run due jobs by itself (default). Without: only by `jobs.runDue()` and `jobs.execute()`. */
  readonly pump?: boolean
  /** Retries of a new job (3). */
  readonly defaultRetries?: number
  /** How much history is kept (`full`). */
  readonly historyLevel?: HistoryLevel
  /** When history is removed whose time has come (hourly, at any time of day). */
  readonly historyCleanup?: Partial<CleanupSettings>
  /** ISO 8601 cycle of the retries of failed jobs; null: at once. */
  readonly retryTimeCycle?: string | null
}

/** The engine of this process, on the given database. `start()` begins to run jobs; `stop()` waits for those that run. */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): ProcessEngine & { readonly runtime: EngineRuntime } {
  const { database, now, newId } = options
  const runtime = new EngineRuntime({
    database,
    now,
    newId,
    store: makeEngineStore(database.dialect, options.historyLevel ?? 'full'),
    cleanup: { ...defaultCleanup, ...options.historyCleanup },
    definitionStore: makeDefinitionStore(database.dialect),
    hash: (content) => createHash('sha256').update(content).digest('hex'),
    encodeValue,
    settings: {
      nodeId: newId(),
      zone: options.zone ?? 'UTC',
      compat: { ...defaultCompat, ...options.compat },
      defaultRetries: options.defaultRetries ?? 3,
      retryTimeCycle: options.retryTimeCycle ?? null,
      ...(options.stepBudget && { stepBudget: options.stepBudget }),
      ...(options.handlers && { handlers: options.handlers }),
    },
  })
  return embeddedEngine(runtime, options.pump ?? true)
}

/** The engine behind another server's Camunda 7 REST API. */
export function createRemoteEngine(options: Omit<RemoteEngineOptions, 'check'>): ProcessEngine {
  return connectRemoteEngine({ ...options, check: (resources) => checkResources(resources, { compat: defaultCompat }) })
}
