import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Database } from '../../database/database.ts'
import type { Clock } from '../organisation/clock.ts'
import { write } from '../write.ts'

const IDLE_MS = 12 * 3_600_000
const LIFE_MS = 7 * 24 * 3_600_000
/** `seen_at` is written at most this often, so that reading a page costs no write. */
const SEEN_STEP_MS = 5 * 60_000

export interface Session {
  readonly id: string
  readonly accountId: string
  readonly csrfToken: string
}

/** Sessions live by the machine's clock. The table holds hashes of the tokens only. */
export interface Sessions {
  open(accountId: string): Promise<Session & { token: string }>
  find(token: string | undefined): Promise<Session | null>
  close(sessionId: string): Promise<void>
  closeAllOf(accountId: string, exceptSessionId?: string): Promise<void>
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Compares without telling by its time where the texts differ. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

export const randomToken = (): string => randomBytes(32).toString('base64url')

export function makeSessions({ database, machine }: { database: Database; machine: Clock }): Sessions {
  return {
    async open(accountId) {
      const token = randomToken()
      const session = { id: sha256(token), accountId, csrfToken: randomToken(), token }
      const now = machine.now()
      await database.transaction(async (tx) => {
        await tx.query('delete from login_session where account_id = ? and (created_at < ? or seen_at < ?)', [
          accountId,
          now - LIFE_MS,
          now - IDLE_MS,
        ])
        await tx.query('insert into login_session (login_session_id, account_id, csrf_token, created_at, seen_at) values (?, ?, ?, ?, ?)', [
          session.id,
          accountId,
          session.csrfToken,
          now,
          now,
        ])
      })
      return session
    },

    async find(token) {
      if (token === undefined || token.length > 100) return null
      const id = sha256(token)
      const [row] = await database.query<{ account_id: string; csrf_token: string; created_at: number; seen_at: number }>(
        'select account_id, csrf_token, created_at, seen_at from login_session where login_session_id = ? limit 1',
        [id],
      )
      if (!row) return null
      const now = machine.now()
      if (Number(row.created_at) < now - LIFE_MS || Number(row.seen_at) < now - IDLE_MS) return null
      if (Number(row.seen_at) < now - SEEN_STEP_MS)
        await write(database, 'update login_session set seen_at = ? where login_session_id = ?', [now, id])
      return { id, accountId: row.account_id, csrfToken: row.csrf_token }
    },

    async close(sessionId) {
      await write(database, 'delete from login_session where login_session_id = ?', [sessionId])
    },

    async closeAllOf(accountId, exceptSessionId = '') {
      await write(database, 'delete from login_session where account_id = ? and login_session_id <> ?', [accountId, exceptSessionId])
    },
  }
}
