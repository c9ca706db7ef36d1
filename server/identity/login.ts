import { createHash } from 'node:crypto'
import type { Database, Tx } from '../../database/database.ts'
import { Refusal } from '../http/problem.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from '../organisation/clock.ts'
import { write } from '../write.ts'
import { checkDecoy, isPassword } from './passwords.ts'

export const MAX_FAILURES = 5
export const WINDOW_MS = 15 * 60_000

interface AccountRow {
  account_id: string
  password_hash: string
  disabled: number
}

/**
 * Checks a password. Five failures within 15 minutes lock the name, whether an account of that name exists or not, and the words are
 * the same. A try is entered as failed before the password is looked at and taken back when it was right: many tries at the
 * same moment count like many tries one after the other.
 *
 * Throws `login-failed` with `data.remaining`, `account-locked` with `data.retryAfterSeconds`.
 */
export function makeLogin({ database, machine, newId }: { database: Database; machine: Clock; newId: NewId }) {
  return async function checkLogin(countyCode: string, accountName: string, password: string): Promise<string> {
    const now = machine.now()
    const failures = await enterTry(countyCode, accountName, now)
    const [account] = await database.query<AccountRow>(
      'select account_id, password_hash, disabled from account where county_id = ? and account_name = ? limit 1',
      [countyCode, accountName],
    )
    const right = account ? (await isPassword(account.password_hash, password)) && !account.disabled : await checkDecoy(password)
    if (!account || !right) throw new Refusal('login-failed', { data: { remaining: MAX_FAILURES - failures } })
    await write(database, 'delete from login_failure where county_id = ? and account_name = ?', [countyCode, accountName])
    return account.account_id
  }

  async function enterTry(countyCode: string, accountName: string, now: number): Promise<number> {
    return database.transaction(async (tx) => {
      await lockStripe(tx, `${countyCode} ${accountName}`)
      // Everybody's, so that names which strangers made up do not stay.
      await tx.query('delete from login_failure where failed_at <= ?', [now - WINDOW_MS])
      await tx.query('insert into login_failure (login_failure_id, county_id, account_name, failed_at) values (?, ?, ?, ?)', [
        newId(),
        countyCode,
        accountName,
        now,
      ])
      const rows = await tx.query<{ failed_at: number }>(
        'select failed_at from login_failure where county_id = ? and account_name = ? order by failed_at limit 50',
        [countyCode, accountName],
      )
      // The one entered just now is rolled back with the refusal: a locked name is not locked longer by further tries.
      if (rows.length > MAX_FAILURES)
        throw new Refusal('account-locked', {
          data: { retryAfterSeconds: Math.ceil((Number(rows[0]?.failed_at ?? now) + WINDOW_MS - now) / 1000) },
        })
      return rows.length
    })
  }

  /** Takes the row's exclusive lock at once on both dialects. */
  async function lockStripe(tx: Tx, name: string): Promise<void> {
    const stripe = createHash('sha256').update(name).digest().readUInt8(0) % 64
    await tx.query(COUNT_ON[database.dialect], [stripe])
  }
}

const INSERT = 'insert into login_stripe (login_stripe_id, tries) values (?, 1)'
const COUNT_ON = {
  sqlite: `${INSERT} on conflict (login_stripe_id) do update set tries = tries + 1`,
  mariadb: `${INSERT} on duplicate key update tries = tries + 1`,
} as const
