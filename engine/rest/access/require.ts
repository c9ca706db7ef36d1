import { notFound, Problem } from '../problem.ts'
import { hasRight, type KnownCaller, seesTenant } from './caller.ts'
import { partsOf, type Right } from './permission.ts'
import type { Thing } from './thing.ts'

/** One of these rights is enough. */
export type Need = readonly Right[]

/** Nothing in particular: rights count that hold for everything of their kind. */
export const NOTHING: Thing = { tenantId: null, ids: {} }

/** What whoever a task is assigned or offered to may do with it, as Camunda grants it by itself. */
const OWN_TASK: readonly string[] = ['READ:TASK', 'UPDATE:TASK']

/** Refuses what the caller may not do: another tenant's things do not exist (404), what is not granted is forbidden (403). */
export function requireRights(caller: KnownCaller, thing: Thing, needs: readonly Need[]): void {
  if (caller.isAdmin) return
  if (!seesTenant(caller, thing.tenantId)) throw notFound('It does not exist.')
  for (const need of needs) if (!need.some((right) => mayDo(caller, thing, right))) throw forbidden(caller, thing, need)
}

function mayDo(caller: KnownCaller, thing: Thing, right: Right): boolean {
  const { resource } = partsOf(right)
  if (hasRight(caller, right, thing.ids[resource] ?? null)) return true
  if (!thing.people || !OWN_TASK.includes(right)) return false
  return (
    (caller.id !== null && thing.people.users.includes(caller.id)) || thing.people.groups.some((group) => caller.groups.includes(group))
  )
}

/** Camunda's answer, which tells what is missing. */
export function forbidden(caller: Pick<KnownCaller, 'id'>, thing: Thing, need: Need): Problem {
  const missing = need.map((right) => {
    const { permission, resource } = partsOf(right)
    return {
      permissionName: permission,
      resourceName: RESOURCE_TITLES[resource] ?? titled(resource),
      resourceId: thing.ids[resource] ?? null,
    }
  })
  const texts = missing.map(
    ({ permissionName, resourceName, resourceId }) =>
      `'${permissionName}' permission on resource '${resourceId === null ? '' : `${resourceId}' of type '`}${resourceName}'`,
  )
  const [only] = missing
  const which = missing.length === 1 ? '' : 'one of the following permissions: '
  return new Problem(403, 'AuthorizationException', `The user with id '${caller.id ?? ''}' does not have ${which}${texts.join(' or ')}`, {
    userId: caller.id,
    ...(missing.length === 1 && only ? only : { permissionName: null, resourceName: null, resourceId: null }),
    missingAuthorizations: missing,
  })
}

const RESOURCE_TITLES: Partial<Readonly<Record<string, string>>> = {
  GROUP_MEMBERSHIP: 'Group membership',
  TENANT_MEMBERSHIP: 'TenantMembership',
}
const titled = (resource: string): string =>
  resource
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('')
