import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Caller } from './caller.ts'
import { credentialsOf } from './credentials.ts'
import { parseGrant } from './grant-text.ts'

/** An account of an engine that runs alone. Of the secret only its SHA-256 is kept. */
export interface ListedAccount extends Caller {
  readonly id: string
  readonly secretHash: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** An account that may do everything, with a secret from the environment. */
export const administrator = (name: string, secret: string): ListedAccount => ({
  id: name,
  secretHash: sha256(secret),
  groups: [],
  tenants: 'all',
  grants: [],
  isAdmin: true,
})

/**
 * Reads a file of accounts:
 * `[{ "name": "worker", "secretSha256": "…", "tenants": ["north"], "groups": [], "admin": false, "grants": ["READ:TASK"] }]`.
 * Without `tenants` an account sees only what belongs to none; `"all"` lets it see every tenant's. Throws an Error that says what is wrong.
 */
export function readAccountList(text: string): readonly ListedAccount[] {
  const json: unknown = JSON.parse(text)
  if (!Array.isArray(json)) throw new Error('the file of accounts must hold a list')
  return json.map(readAccount)
}

function readAccount(json: Readonly<Record<string, unknown>>): ListedAccount {
  const { name, secretSha256, admin = false, tenants = [], groups = [], grants = [] } = json
  if (typeof name !== 'string' || name === '') throw new Error('an account needs a name')
  const refuse = (what: string): never => {
    throw new Error(`account ${name}: ${what}`)
  }
  if (typeof secretSha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(secretSha256)) refuse('secretSha256 must be 64 hexadecimal digits')
  const texts = (value: unknown, what: string): readonly string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : refuse(`${what} must be a list of texts`)
  return {
    id: name,
    secretHash: String(secretSha256).toLowerCase(),
    groups: texts(groups, 'groups'),
    tenants: tenants === 'all' ? 'all' : texts(tenants, 'tenants'),
    grants: texts(grants, 'grants').map(parseGrant),
    isAdmin: admin === true,
  }
}

/** Whose request it is, among these accounts. */
export function callerAmong(accounts: readonly ListedAccount[]): (request: IncomingMessage) => Promise<Caller | null> {
  return async ({ headers }) => {
    const given = credentialsOf(headers.authorization)
    if (!given) return null
    const hash = Buffer.from(sha256(given.secret), 'hex')
    return (
      accounts.find(
        ({ id, secretHash }) => timingSafeEqual(Buffer.from(secretHash, 'hex'), hash) && (given.name === null || given.name === id),
      ) ?? null
    )
  }
}
