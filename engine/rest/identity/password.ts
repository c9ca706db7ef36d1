import { hash, verify } from '@node-rs/argon2'
import { type Call, json } from '../http/call.ts'

/**
 * Passwords of the engine's own users. Nobody signs in with them: who may call the API is the application's matter. Clients that keep
 * their users here ask whether one fits, and are made to wait longer after each that does not, as in Camunda.
 */
const FIRST_WAIT_MS = 3000
const LONGEST_WAIT_MS = 60_000
const MAX_ATTEMPTS = 10

export async function setPassword(call: Call, userId: string, password: string | null): Promise<void> {
  const secret = password === null ? null : await hash(password)
  await write(call, 'update id_user set secret_hash = ? where user_id = ?', [secret, userId])
}

interface Row {
  readonly secret_hash: string | null
  readonly failed_attempts: number
  readonly locked_until: number | null
}

/** Whether the password is the user's. While a user waits, none is. */
export async function checkPassword(call: Call, userId: string, password: string): Promise<boolean> {
  const [row] = await call.run.query<Row>('select secret_hash, failed_attempts, locked_until from id_user where user_id = ?', [userId])
  const now = call.runtime.context.now()
  const attempts = Number(row?.failed_attempts ?? 0)
  if (!row || row.secret_hash === null || attempts >= MAX_ATTEMPTS || (row.locked_until !== null && Number(row.locked_until) > now))
    return false
  if (await verify(row.secret_hash, password)) {
    if (attempts > 0) await unlockUser(call, userId)
    return true
  }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS)
  await write(call, 'update id_user set failed_attempts = failed_attempts + 1, locked_until = ? where user_id = ?', [now + wait, userId])
  return false
}

export const unlockUser = (call: Call, userId: string): Promise<void> =>
  write(call, 'update id_user set failed_attempts = 0, locked_until = null where user_id = ?', [userId])

/** What `POST /identity/verify` answers. */
export const verified = (userId: string, authenticated: boolean) =>
  json({ authenticatedUser: userId, authenticated, groups: null, tenants: null })

const write = (call: Call, text: string, params: readonly (string | number | null)[]): Promise<void> =>
  call.runtime.database.transaction(async (tx) => tx.write(text, params))
