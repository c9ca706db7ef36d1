import type { PermissionName, ResourceName, Right } from './permission.ts'
import { partsOf } from './permission.ts'

/** Permissions on one thing (`resourceId`) or, with `*`, on all of its kind. */
export interface Grant {
  readonly resource: ResourceName
  readonly resourceId: string
  readonly permissions: readonly PermissionName[]
}

/** Whose request it is: what the application tells the engine's API about an account. */
export interface Caller {
  /** The account's name, for history and `currentUser()`; null: nobody in particular. */
  readonly id: string | null
  readonly groups: readonly string[]
  /** Tenants whose things the caller may see, besides what has no tenant. */
  readonly tenants: readonly string[] | 'all'
  readonly grants: readonly Grant[]
  /** Everything is allowed, as for Camunda's admin group. */
  readonly isAdmin: boolean
}

/** Who calls an API that is open on purpose: a conformance run, a test, an engine for one developer. */
export const everybody: Caller = { id: null, groups: [], tenants: 'all', grants: [], isAdmin: true }

/**
 * How strong a row is, as Camunda ranks them: what is said of a user beats what is said of a group, and that what is said of all;
 * within each, what is said of one thing beats what is said of all things.
 */
export type Level = 'user' | 'group' | 'global'

export interface RankedGrant extends Grant {
  readonly level: Level
  readonly revokes: boolean
}

/** A caller with all that counts for the request: the account's own grants and those of the engine's authorizations. */
export interface KnownCaller extends Omit<Caller, 'grants'> {
  readonly grants: readonly RankedGrant[]
}

/** On which things a right holds: on all but some, or on some only. */
export interface Extent {
  readonly everything: boolean
  readonly except: readonly string[]
}

const LEVELS: readonly Level[] = ['user', 'group', 'global']

/** Whether the caller has a right on the thing with this id; null: on nothing in particular, so only what holds for all counts. */
export function hasRight(caller: KnownCaller, right: Right, id: string | null): boolean {
  if (caller.isAdmin) return true
  const { permission, resource } = partsOf(right)
  const about = caller.grants.filter(
    (grant) => grant.resource === resource && (grant.permissions.includes(permission) || grant.permissions.includes('ALL')),
  )
  for (const level of LEVELS)
    for (const resourceId of id === null ? ['*'] : [id, '*']) {
      const rows = about.filter((grant) => grant.level === level && grant.resourceId === resourceId)
      if (rows.length > 0) return rows.some(({ revokes }) => !revokes)
    }
  return false
}

/** On which things the caller has a right: what SQL conditions are made of. */
export function extentOf(caller: KnownCaller, right: Right): Extent {
  if (caller.isAdmin) return { everything: true, except: [] }
  const { resource } = partsOf(right)
  const everything = hasRight(caller, right, null)
  const named = caller.grants.filter((grant) => grant.resource === resource && grant.resourceId !== '*').map(({ resourceId }) => resourceId)
  return { everything, except: [...new Set(named)].filter((id) => hasRight(caller, right, id) !== everything) }
}

/** Whether something of this tenant exists for the caller. */
export const seesTenant = (caller: Pick<Caller, 'tenants' | 'isAdmin'>, tenantId: string | null): boolean =>
  tenantId === null || caller.isAdmin || caller.tenants === 'all' || caller.tenants.includes(tenantId)
