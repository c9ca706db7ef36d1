import type { Database } from '../../database/database.ts'
import type { Env } from '../core/env.ts'
import type { DecisionCache } from './decision-cache.ts'
import type { DefinitionCache } from './definition-cache.ts'
import type { DefinitionStore } from './definition-store.ts'
import type { Listeners } from './listeners.ts'
import type { Locator } from './locator.ts'
import type { EngineStore } from './ports.ts'

/** What every part of the runtime works with. */
export interface EngineContext {
  readonly database: Database
  readonly store: EngineStore
  readonly definitionStore: DefinitionStore
  readonly definitions: DefinitionCache
  readonly decisions: DecisionCache
  readonly locator: Locator
  readonly listeners: Listeners
  readonly settings: EngineSettings
  now(): number
  newId(): string
}

export interface EngineSettings extends Pick<Env, 'zone' | 'compat' | 'defaultRetries' | 'retryTimeCycle' | 'handlers' | 'stepBudget'> {
  /** Names this node where it locks jobs. */
  readonly nodeId: string
}
