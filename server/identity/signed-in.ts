import type { Permission } from '../http/permission.ts'
import type { Holding } from '../organisation/index.ts'
import type { Account } from './accounts.ts'
import type { Actor } from './actor.ts'
import type { Session } from './sessions.ts'

/** A session with everything that the API asks of it. */
export interface SignedIn {
  readonly session: Session
  readonly account: Account
  readonly actor: Actor
  readonly holdings: readonly Holding[]
  readonly permissions: ReadonlySet<Permission>
  readonly mustChangePassword: boolean
}
