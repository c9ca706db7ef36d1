import { scrypt, timingSafeEqual } from 'node:crypto'
import { type Call, json } from '../http/call.ts'

/**
 * Passwords of the engine's own users. Nobody signs in with them: who may call the API is the application's matter. Clients that keep
 * their users here ask whether one fits, and are made to wait longer after each that does not, as in Camunda.
 */
const FIRST_WAIT_MS = 3000
const LONGEST_WAIT_MS = 60_000
const MAX_ATTEMPTS = 10

/** One of the sets that OWASP asks for: 32 MB. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 }
const BYTES = 32

const derive = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, BYTES, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** The salt need not be secret, only another one each time: an id. */
const hash = async (password: string, salt: string): Promise<string> => `${salt}$${(await derive(password, salt)).toString('base64')}`

async function verify(stored: string, password: string): Promise<boolean> {
  const [salt = '', key = ''] = stored.split('$')
  const wanted = Buffer.from(key, 'base64')
  return wanted.length === BYTES && timingSafeEqual(wanted, await derive(password, salt))
}

export async function setPassword(call: Call, userId: string, password: string | null): Promise<void> {
  const secret = password === null ? null : await hash(password, call.runtime.context.newId())
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
