import type { Database } from '../../database/database.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/clock.ts'
import { isSameText, randomToken, sha256 } from './sessions.ts'

/** Programs that call /engine-rest. Their tokens are made for each installation and stored as hashes. */
export interface MachineAccounts {
  /** Makes a new token for this name, which replaces the one before. */
  issue(name: string): Promise<string>
  /** Whose `Basic name:token` or `Bearer token` this is; null: nobody's. */
  machineAccountOf(authorization: string | undefined): Promise<string | null>
}

export function makeMachineAccounts({ database, machine, newId }: { database: Database; machine: Clock; newId: NewId }): MachineAccounts {
  return {
    async issue(name) {
      const token = randomToken()
      await database.transaction(async (tx) => {
        await tx.query('delete from machine_account where name = ?', [name])
        await tx.query('insert into machine_account (machine_account_id, name, token_hash, created_at) values (?, ?, ?, ?)', [
          newId(),
          name,
          sha256(token),
          machine.now(),
        ])
      })
      return token
    },

    async machineAccountOf(authorization) {
      const given = credentialsOf(authorization)
      if (!given) return null
      const rows = await database.query<{ name: string; token_hash: string }>('select name, token_hash from machine_account limit 100')
      const hash = sha256(given.token)
      return rows.find((row) => isSameText(row.token_hash, hash) && (given.name === null || given.name === row.name))?.name ?? null
    },
  }
}

function credentialsOf(authorization: string | undefined): { name: string | null; token: string } | null {
  const [scheme, value] = (authorization ?? '').split(' ', 2)
  if (!scheme || !value) return null
  if (scheme.toLowerCase() === 'bearer') return { name: null, token: value }
  if (scheme.toLowerCase() !== 'basic') return null
  const [name, ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return { name: name ?? '', token: rest.join(':') }
}
