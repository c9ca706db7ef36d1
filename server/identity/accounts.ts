import type { Database } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/clock.ts'
import { write } from '../write.ts'
import { assertStrongPassword, hashPassword, inventPassword, isPassword } from './passwords.ts'

export interface Account {
  readonly id: string
  readonly countyCode: string
  readonly personId: string
  readonly name: string
  readonly mustChangePassword: boolean
  readonly disabled: boolean
}

/** Accounts: one name per county, one person each. There is no default password anywhere. */
export interface Accounts {
  /** Makes an account with a password invented for it, and answers that password: the only moment at which it is known. */
  create(account: { countyCode: string; personId: string; name: string; mustChangePassword: boolean }): Promise<string>
  byId(accountId: string): Promise<Account | null>
  byName(countyCode: string, name: string): Promise<Account | null>
  ofPerson(countyCode: string, personId: string): Promise<Account | null>
  /** Throws `login-failed` when `current` is wrong, `weak-password` when `next` is. */
  changePassword(accountId: string, current: string, next: string): Promise<void>
  /** A new invented password, to be changed at the next login unless `mustChange` says otherwise. */
  resetPassword(accountId: string, mustChange?: boolean): Promise<string>
  disable(accountId: string, disabled: boolean): Promise<void>
}

interface Row {
  account_id: string
  county_id: string
  person_id: string
  account_name: string
  password_hash: string
  must_change_password: number
  disabled: number
}

const SELECT = 'select account_id, county_id, person_id, account_name, password_hash, must_change_password, disabled from account'

const accountOf = (row: Row | undefined): Account | null =>
  row
    ? {
        id: row.account_id,
        countyCode: row.county_id,
        personId: row.person_id,
        name: row.account_name,
        mustChangePassword: Boolean(row.must_change_password),
        disabled: Boolean(row.disabled),
      }
    : null

export function makeAccounts({ database, machine, newId }: { database: Database; machine: Clock; newId: NewId }): Accounts {
  return {
    async create({ countyCode, personId, name, mustChangePassword }) {
      const password = inventPassword()
      await write(
        database,
        'insert into account (account_id, county_id, person_id, account_name, password_hash, must_change_password, disabled, created_at) values (?, ?, ?, ?, ?, ?, 0, ?)',
        [newId(), countyCode, personId, name, await hashPassword(password), mustChangePassword ? 1 : 0, machine.now()],
      )
      return password
    },

    async byId(accountId) {
      return accountOf((await database.query<Row>(`${SELECT} where account_id = ? limit 1`, [accountId]))[0])
    },

    async byName(countyCode, name) {
      return accountOf((await database.query<Row>(`${SELECT} where county_id = ? and account_name = ? limit 1`, [countyCode, name]))[0])
    },

    async ofPerson(countyCode, personId) {
      return accountOf((await database.query<Row>(`${SELECT} where county_id = ? and person_id = ? limit 1`, [countyCode, personId]))[0])
    },

    async changePassword(accountId, current, next) {
      const [row] = await database.query<Row>(`${SELECT} where account_id = ? limit 1`, [accountId])
      if (!row || !(await isPassword(row.password_hash, current)))
        throw new Refusal('login-failed', { errors: [{ field: 'current', code: 'wrong', message: '当前密码不正确' }] })
      assertStrongPassword(next, row.account_name)
      await write(database, 'update account set password_hash = ?, must_change_password = 0 where account_id = ?', [
        await hashPassword(next),
        accountId,
      ])
    },

    async resetPassword(accountId, mustChange = true) {
      const password = inventPassword()
      await write(database, 'update account set password_hash = ?, must_change_password = ? where account_id = ?', [
        await hashPassword(password),
        mustChange ? 1 : 0,
        accountId,
      ])
      return password
    },

    async disable(accountId, disabled) {
      await write(database, 'update account set disabled = ? where account_id = ?', [disabled ? 1 : 0, accountId])
    },
  }
}
