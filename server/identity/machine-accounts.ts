import type { Database } from '../../database/database.ts'
import { type Caller, credentialsOf, type Grant, grantText, parseGrant } from '../../engine/index.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/clock.ts'
import { randomToken, sha256 } from './sessions.ts'

/** What a program may do on /engine-rest, in Camunda's words. A county is a tenant of the engine. */
export type MachineRights = Omit<Caller, 'id'>

/** A program that calls /engine-rest; its name is what the engine's history says. */
export interface MachineAccount extends Caller {
  readonly id: string
}

export interface ListedMachineAccount extends MachineAccount {
  readonly createdAt: number
}

/** What a worker needs: to fetch, see and finish external tasks, of all counties. */
export const WORKER_RIGHTS: MachineRights = {
  groups: [],
  tenants: 'all',
  grants: [{ resource: 'PROCESS_DEFINITION', resourceId: '*', permissions: ['READ_INSTANCE', 'UPDATE_INSTANCE'] }],
  isAdmin: false,
}

/** Programs that call /engine-rest. Their tokens are made for each installation and stored as hashes. */
export interface MachineAccounts {
  /** Makes a new token for this name, which replaces the one before, and sets what it may do. */
  issue(name: string, rights?: MachineRights): Promise<string>
  /** Whose `Basic name:token` or `Bearer token` this is; null: nobody's. */
  machineAccountOf(authorization: string | undefined): Promise<MachineAccount | null>
  list(): Promise<readonly ListedMachineAccount[]>
  remove(name: string): Promise<void>
}

interface Row {
  readonly name: string
  readonly tenants: string
  readonly member_of: string
  readonly grants: string
  readonly is_admin: number
  readonly created_at: number
}

const SELECT = 'select name, tenants, member_of, grants, is_admin, created_at from machine_account'

export function makeMachineAccounts({ database, machine, newId }: { database: Database; machine: Clock; newId: NewId }): MachineAccounts {
  return {
    async issue(name, rights = WORKER_RIGHTS) {
      const token = randomToken()
      await database.transaction(async (tx) => {
        await tx.query('delete from machine_account where name = ?', [name])
        await tx.query(
          `insert into machine_account (machine_account_id, name, token_hash, tenants, member_of, grants, is_admin, created_at)
           values (?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            newId(),
            name,
            sha256(token),
            JSON.stringify(rights.tenants),
            JSON.stringify(rights.groups),
            JSON.stringify(rights.grants.map(grantText)),
            rights.isAdmin ? 1 : 0,
            machine.now(),
          ],
        )
      })
      return token
    },

    async machineAccountOf(authorization) {
      const given = credentialsOf(authorization)
      if (!given) return null
      const [row] = await database.query<Row>(`${SELECT} where token_hash = ? limit 1`, [sha256(given.secret)])
      if (!row || (given.name !== null && given.name !== row.name)) return null
      return accountOf(row)
    },

    async list() {
      const rows = await database.query<Row>(`${SELECT} order by name limit 1000`)
      return rows.map((row) => ({ ...accountOf(row), createdAt: Number(row.created_at) }))
    },

    async remove(name) {
      await database.transaction(async (tx) => {
        await tx.query('delete from machine_account where name = ?', [name])
      })
    },
  }
}

const accountOf = (row: Row): MachineAccount => ({
  id: row.name,
  tenants: JSON.parse(row.tenants) as 'all' | string[],
  groups: JSON.parse(row.member_of) as string[],
  grants: (JSON.parse(row.grants) as string[]).map((text): Grant => parseGrant(text)),
  isAdmin: Number(row.is_admin) === 1,
})

/** Whether the application does external tasks for it: it may finish those of every county. */
export const isWorker = ({ isAdmin, tenants, grants }: MachineAccount): boolean =>
  isAdmin ||
  (tenants === 'all' &&
    grants.some(
      ({ resource, resourceId, permissions }) =>
        resource === 'PROCESS_DEFINITION' && resourceId === '*' && permissions.some((name) => name === 'UPDATE_INSTANCE' || name === 'ALL'),
    ))
