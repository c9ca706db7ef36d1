import type { Database, Tx } from '../../database/database.ts'
import { EngineError } from '../process-engine.ts'

/**
 * Ids that the application was given before the other server gave its own: an instance that is started in a transaction, and its
 * first task. They stay what the application knows them by; only this folder knows both.
 */
export interface Aliases {
  /** From now on `localId` stands for something that the other server does not have yet. */
  promise(tx: Tx, localId: string): Promise<void>
  /** The other server has it now. */
  keep(tx: Tx, localId: string, remoteId: string): Promise<void>
  /** Throws `remote-pending` while the other server does not have it yet. */
  remoteOf(id: string): Promise<string>
  localOf(remoteId: string): Promise<string>
  isPending(id: string): Promise<boolean>
}

/** How many pairs are remembered. */
const KEPT = 50_000

export function makeAliases(database: Database): Aliases {
  const remoteIds = new Map<string, string>()
  const localIds = new Map<string, string>()
  const remember = (map: Map<string, string>, from: string, to: string) => {
    if (map.size >= KEPT) map.clear()
    map.set(from, to)
    return to
  }
  const stored = async (localId: string) => {
    const [row] = await database.query<{ remote_id: string | null }>('select remote_id from engine_alias where local_id = ?', [localId])
    return row
  }

  return {
    promise: async (tx, localId) => {
      await tx.query('insert into engine_alias (local_id, remote_id) values (?, null)', [localId])
    },
    keep: async (tx, localId, remoteId) => {
      await tx.query('update engine_alias set remote_id = ? where local_id = ?', [remoteId, localId])
      tx.afterCommit(() => {
        remember(remoteIds, localId, remoteId)
        remember(localIds, remoteId, localId)
      })
    },
    remoteOf: async (id) => {
      const known = remoteIds.get(id)
      if (known !== undefined) return known
      const row = await stored(id)
      if (row?.remote_id === null) throw new EngineError('remote-pending', `the engine has not been told of ${id} yet`, { id })
      // What was never promised has one id, and always will.
      return remember(remoteIds, id, row?.remote_id ?? id)
    },
    localOf: async (remoteId) => {
      const known = localIds.get(remoteId)
      if (known !== undefined) return known
      const [row] = await database.query<{ local_id: string }>('select local_id from engine_alias where remote_id = ? limit 1', [remoteId])
      return row ? remember(localIds, remoteId, row.local_id) : remoteId
    },
    isPending: async (id) => !remoteIds.has(id) && (await stored(id))?.remote_id === null,
  }
}
