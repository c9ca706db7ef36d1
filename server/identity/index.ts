import type { Database } from '../../database/database.ts'
import type { Audit } from '../audit/index.ts'
import type { Permission } from '../http/permission.ts'
import type { Route } from '../http/route.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Holding, Organisation, TurnableClock } from '../organisation/index.ts'
import { type Accounts, makeAccounts } from './accounts.ts'
import type { Actor } from './actor.ts'
import { makeLogin } from './login.ts'
import { machineAccountRoutes } from './machine-account-routes.ts'
import { type MachineAccount, type MachineRights, makeMachineAccounts } from './machine-accounts.ts'
import { permissionsOf } from './permissions.ts'
import { sessionRoutes } from './routes.ts'
import { isSameText, makeSessions, type Session } from './sessions.ts'
import type { SignedIn } from './signed-in.ts'

/** Accounts, sessions, permissions, and the machine accounts of /engine-rest. */
export interface Identity {
  readonly accounts: Accounts
  /** The session behind a cookie's token; null when there is none (any more). */
  signedIn(token: string | undefined): Promise<SignedIn | null>
  isCsrfToken(signedIn: SignedIn, header: string | string[] | undefined): boolean
  /** The actor that a person is in use cases: by the posts held now. */
  actorOf(countyCode: string, personId: string): Promise<Actor>
  permissionsOf(actor: Actor): Promise<ReadonlySet<Permission>>
  /** The machine account whose credentials these are; null: nobody's. */
  machineAccountOf(authorization: string | undefined): Promise<MachineAccount | null>
  /** A new token; without rights those of a worker. */
  issueMachineToken(name: string, rights?: MachineRights): Promise<string>
  readonly routes: readonly Route[]
}

export interface IdentityDeps {
  readonly database: Database
  readonly machine: Clock
  readonly newId: NewId
  readonly audit: Audit
  readonly organisation: Organisation
  readonly secureCookies: boolean
  /** The demonstration's clock; null in a real installation. */
  readonly demonstration: TurnableClock | null
}

export function makeIdentity(deps: IdentityDeps): Identity {
  const { organisation } = deps
  const accounts = makeAccounts(deps)
  const sessions = makeSessions(deps)
  const machines = makeMachineAccounts(deps)

  const permissionsFor = (holdings: readonly Holding[]) => permissionsOf(holdings.map((holding) => holding.position))

  const signedInOf = async (session: Session): Promise<SignedIn | null> => {
    const account = await accounts.byId(session.accountId)
    if (!account || account.disabled) return null
    const holdings = await organisation.people.holdingsOf(account.countyCode, account.personId)
    return {
      session,
      account,
      actor: actorFrom(account.countyCode, account.personId, holdings),
      holdings,
      permissions: permissionsFor(holdings),
      mustChangePassword: account.mustChangePassword,
    }
  }

  const identity: Omit<Identity, 'routes'> = {
    accounts,
    async signedIn(token) {
      const session = await sessions.find(token)
      return session && signedInOf(session)
    },
    isCsrfToken: (signedIn, header) => typeof header === 'string' && isSameText(header, signedIn.session.csrfToken),
    async actorOf(countyCode, personId) {
      return actorFrom(countyCode, personId, await organisation.people.holdingsOf(countyCode, personId))
    },
    async permissionsOf(actor) {
      return permissionsFor(await organisation.people.holdingsOf(actor.countyCode, actor.personId))
    },
    machineAccountOf: machines.machineAccountOf,
    issueMachineToken: machines.issue,
  }
  return {
    ...identity,
    routes: [
      ...sessionRoutes({ ...deps, accounts, sessions, checkLogin: makeLogin(deps), signedInOf, signedIn: identity.signedIn }),
      ...machineAccountRoutes({ machines, audit: deps.audit }),
    ],
  }
}

function actorFrom(countyCode: string, personId: string, holdings: readonly Holding[]): Actor {
  const isAdmin = holdings.some((holding) => holding.position === 'PROCESS_ADMIN')
  const isOfficial = holdings.some((holding) => holding.enterpriseId === null)
  return { countyCode, personId, kind: isAdmin ? 'admin' : isOfficial ? 'official' : 'enterprise' }
}

export type { Permission } from '../http/permission.ts'
export type { Accounts } from './accounts.ts'
export type { Actor } from './actor.ts'
export { CSRF_HEADER, sessionTokenOf } from './cookie.ts'
export { isWorker } from './machine-accounts.ts'
export type { SignedIn } from './signed-in.ts'
