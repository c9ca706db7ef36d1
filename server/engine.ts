import type { Database } from '../database/database.ts'
import { createEmbeddedEngine, createRemoteEngine, type EngineRuntime, type ProcessEngine } from '../engine/index.ts'
import type { RemoteEngineConfig } from './config.ts'
import type { NewId } from './new-id.ts'
import type { Clock } from './organisation/index.ts'

export interface EngineInput {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  /** Null: the engine of this process. */
  readonly remote: RemoteEngineConfig | null
  /** Jobs run by themselves. */
  readonly pump: boolean
  readonly onFault: (error: unknown) => void
}

export type EmbeddedEngine = ProcessEngine & { readonly runtime: EngineRuntime }

/** The engine that the configuration asks for. `embedded` is the same one where it runs in this process. */
export function makeEngine({ database, clock, newId, remote, pump, onFault }: EngineInput): {
  readonly engine: ProcessEngine
  readonly embedded: EmbeddedEngine | null
} {
  const now = () => clock.now()
  if (remote !== null) {
    const { url, credentials } = remote
    return { engine: createRemoteEngine({ url, ...(credentials && { credentials }), database, now, newId, onFault }), embedded: null }
  }
  const embedded = createEmbeddedEngine({ database, now, newId, zone: 'Asia/Shanghai', pump })
  return { engine: embedded, embedded }
}
