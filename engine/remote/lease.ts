import type { Database } from '../../database/database.ts'

/** Of several nodes one sends the outbox and reads the feed, as long as it renews its lease. */
export interface Lease {
  /** True while this node holds it; it is taken when nobody does. */
  hold(): Promise<boolean>
  release(): Promise<void>
}

const LEASE_MS = 10_000

export function makeLease(database: Database, name: string, owner: string, now: () => number): Lease {
  let heldUntil = 0
  return {
    hold: async () => {
      if (now() < heldUntil - LEASE_MS / 2) return true
      const until = now() + LEASE_MS
      const isOurs = await database.transaction(async (tx) => {
        const lock = database.dialect === 'mariadb' ? ' for update' : ''
        const [row] = await tx.query<{ owner: string; until_at: number }>(
          `select owner, until_at from engine_lease where name = ?${lock}`,
          [name],
        )
        if (!row) await tx.query('insert into engine_lease (name, owner, until_at) values (?, ?, ?)', [name, owner, until])
        else if (row.owner === owner || row.until_at < now())
          await tx.query('update engine_lease set owner = ?, until_at = ? where name = ?', [owner, until, name])
        else return false
        return true
      })
      heldUntil = isOurs ? until : 0
      return isOurs
    },
    release: async () => {
      heldUntil = 0
      await database.transaction((tx) => tx.query('delete from engine_lease where name = ? and owner = ?', [name, owner]))
    },
  }
}
