import { resourceByNumber } from '../access/permission.ts'
import { type Body, textOf } from '../http/call.ts'
import { byParameter, type Logged, type Outcome, type Property, property, type Row } from './logged.ts'

const admin = (entity: string, type: string, properties: Logged['properties']): Logged => ({ entity, type, category: 'Admin', properties })

/** A user, group or tenant: the log has its id alone. */
const entity = (name: string, idOf: (body: Body) => unknown = (body) => body.id): Readonly<Record<string, Logged>> => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const path = `/${name}`
  return {
    [`POST ${path}/create`]: admin(title, 'Create', ({ body }) => [property(`${name}Id`, idOf(body))]),
    [`PUT ${path}/:id${name === 'user' ? '/profile' : ''}`]: admin(title, 'Update', byParameter(`${name}Id`, 'id')),
    [`DELETE ${path}/:id`]: admin(title, 'Delete', byParameter(`${name}Id`, 'id')),
  }
}

function memberships(path: string, title: string, owner: string, member: string): Readonly<Record<string, Logged>> {
  const properties = (outcome: Outcome): readonly Property[] => [
    ...byParameter(owner, 'id')(outcome),
    ...byParameter(member, 'memberId')(outcome),
  ]
  return { [`PUT ${path}`]: admin(title, 'Create', properties), [`DELETE ${path}`]: admin(title, 'Delete', properties) }
}

const AUTHORIZATION: Logged['before'] = [
  'id_authorization',
  'authorization_id',
  'id',
  ['permissions', 'type', 'resource_type', 'resource_id', 'user_id', 'group_id'],
]

/** `PROCESS_DEFINITION` is `ProcessDefinition` in the log; memberships of groups have a name of their own. */
const resourceTitle = (type: unknown): string | null => {
  const name = type === null || type === undefined ? undefined : resourceByNumber(Number(type))
  if (name === undefined) return null
  if (name === 'GROUP_MEMBERSHIP') return 'Group membership'
  return name.replaceAll(/_?([A-Z])([A-Z]*)/g, (_text, first: string, rest: string) => first + rest.toLowerCase())
}

const permissionsOf = (row: Row): string | null =>
  row.permissions === null || row.permissions === undefined ? null : String(row.permissions).split(',').join(', ')

/** An authorization member by member; who is not in it is no line. */
function authorizationProperties(now: Row, was: Row = {}): readonly Property[] {
  const people = (['user_id', 'group_id'] as const).filter((column) => (now[column] ?? was[column] ?? null) !== null)
  return [
    property('permissions', permissionsOf(now), permissionsOf(was)),
    property('type', now.type, was.type),
    property('resource', resourceTitle(now.resource_type), resourceTitle(was.resource_type)),
    property('resourceId', now.resource_id, was.resource_id),
    ...people.map((column) => property(column === 'user_id' ? 'userId' : 'groupId', now[column], was[column])),
  ]
}

const created = ({ body }: Outcome): readonly Property[] => {
  const permissions = Array.isArray(body.permissions) ? body.permissions.map(String).join(',') : null
  return authorizationProperties({
    permissions,
    type: textOf(body, 'type'),
    resource_type: textOf(body, 'resourceType'),
    resource_id: textOf(body, 'resourceId'),
    user_id: textOf(body, 'userId'),
    group_id: textOf(body, 'groupId'),
  })
}

/** What administrators do with users and their rights. */
export const adminOperations: Readonly<Record<string, Logged>> = {
  ...entity('user', (body) => (body.profile as { id?: unknown } | undefined)?.id),
  'PUT /user/:id/credentials': admin('User', 'Update', byParameter('userId', 'id')),
  'POST /user/:id/unlock': admin('User', 'Unlock', byParameter('userId', 'id')),
  ...entity('group'),
  ...entity('tenant'),
  ...memberships('/group/:id/members/:memberId', 'Group membership', 'groupId', 'userId'),
  ...memberships('/tenant/:id/user-members/:memberId', 'TenantMembership', 'tenantId', 'userId'),
  ...memberships('/tenant/:id/group-members/:memberId', 'TenantMembership', 'tenantId', 'groupId'),
  'POST /authorization/create': admin('Authorization', 'Create', created),
  'PUT /authorization/:id': {
    ...admin('Authorization', 'Update', async ({ before, after }) => authorizationProperties(await after(), before)),
    before: AUTHORIZATION,
  },
  'DELETE /authorization/:id': {
    ...admin('Authorization', 'Delete', ({ before }) => authorizationProperties(before)),
    before: AUTHORIZATION,
  },
}
