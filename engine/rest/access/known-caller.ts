import type { Query } from '../../runtime/ports.ts'
import type { Caller, KnownCaller, RankedGrant } from './caller.ts'
import { isPermission, type PermissionName, resourceByNumber } from './permission.ts'

interface AuthorizationRow {
  readonly type: number
  readonly user_id: string | null
  readonly group_id: string | null
  readonly resource_type: number
  readonly resource_id: string | null
  readonly permissions: string
}

/** Camunda's numbers of the three kinds of authorizations. */
export const GLOBAL = 0
export const GRANT = 1
export const REVOKE = 2

/** Changes that another node made count after so long. */
const KEPT_MS = 2_000

/**
 * Completes what the application says of an account by what the engine's own tables say: memberships in groups and tenants, and the
 * authorizations of `/authorization`. Kept for a moment: a worker that fetches all day does not ask each time.
 */
export class KnownCallers {
  private readonly kept = new Map<string, { readonly caller: KnownCaller; readonly of: Caller; readonly until: number }>()

  async know(caller: Caller, query: Query, now: number): Promise<KnownCaller> {
    const own = caller.grants.map((grant): RankedGrant => ({ ...grant, level: 'user', revokes: false }))
    if (caller.isAdmin || caller.id === null) return { ...caller, grants: own }
    const kept = this.kept.get(caller.id)
    if (kept && kept.until > now && kept.until <= now + KEPT_MS && isSame(kept.of, caller)) return kept.caller
    const known = await complete(caller, own, query)
    if (this.kept.size > 1000) this.kept.clear()
    this.kept.set(caller.id, { caller: known, of: caller, until: now + KEPT_MS })
    return known
  }

  /** Something that counts has changed here. */
  forget(): void {
    this.kept.clear()
  }
}

const isSame = (a: Caller, b: Caller): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

async function complete(caller: Caller, own: readonly RankedGrant[], query: Query): Promise<KnownCaller> {
  const memberships = async (kinds: string, members: readonly string[]): Promise<readonly { kind: string; owner_id: string }[]> =>
    members.length === 0
      ? []
      : query(
          `select kind, owner_id from id_membership where kind in (${kinds}) and member_id in (${members.map(() => '?').join(', ')})`,
          members,
        )
  const ofUser = await memberships("'user-group', 'user-tenant'", [caller.id ?? ''])
  const groups = [...new Set([...caller.groups, ...ofUser.filter(({ kind }) => kind === 'user-group').map(({ owner_id }) => owner_id)])]
  const ofGroups = await memberships("'group-tenant'", groups)
  const further = [...ofUser.filter(({ kind }) => kind === 'user-tenant'), ...ofGroups].map(({ owner_id }) => owner_id)
  const tenants = caller.tenants === 'all' ? ('all' as const) : [...new Set([...caller.tenants, ...further])]
  const inGroups = groups.length === 0 ? '' : ` or group_id in (${groups.map(() => '?').join(', ')})`
  const rows = await query<AuthorizationRow>(
    `select type, user_id, group_id, resource_type, resource_id, permissions from id_authorization
     where type = ${GLOBAL} or user_id = ?${inGroups}`,
    [caller.id ?? '', ...groups],
  )
  return { ...caller, groups, tenants, grants: [...own, ...rows.flatMap(rankedGrant)] }
}

function rankedGrant(row: AuthorizationRow): readonly RankedGrant[] {
  const resource = resourceByNumber(Number(row.resource_type))
  if (!resource) return []
  const type = Number(row.type)
  return [
    {
      resource,
      resourceId: row.resource_id ?? '',
      permissions: permissionsOf(row.permissions).filter((name) => isPermission(resource, name)),
      level: type === GLOBAL ? 'global' : row.group_id === null ? 'user' : 'group',
      revokes: type === REVOKE,
    },
  ]
}

/** The column `permissions`: names, separated by commas. */
export const permissionsOf = (column: string): PermissionName[] => column.split(',').filter((name) => name !== '') as PermissionName[]
