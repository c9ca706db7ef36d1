import type { SqlValue } from '../../../database/database.ts'
import { type Body, bodyOf, type Call, json, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, notFound, Problem } from '../problem.ts'
import { findRow, type ResourceQuery, unrestricted } from '../query/resource-query.ts'
import { setPassword } from './password.ts'
import { passwordOperations } from './password-operations.ts'
import { groupQuery, tenantQuery, userQuery } from './query.ts'

/**
 * Users, groups and tenants that the engine's own queries know (candidate groups of a user). Who may sign in is the application's
 * matter.
 */
export const identityOperations: readonly Operation[] = [
  ...entityOperations(userQuery, 'id_user', { id: 'user_id', firstName: 'first_name', lastName: 'last_name', email: 'email' }),
  ...entityOperations(groupQuery, 'id_group', { id: 'group_id', name: 'name', type: 'type' }),
  ...entityOperations(tenantQuery, 'id_tenant', { id: 'tenant_id', name: 'name' }),
  operation('GET', '/user/:id/profile', 'A user', async (call) => json(await known(call, userQuery))),
  operation('PUT', '/user/:id/profile', 'Changes a user', async (call) => {
    await known(call, userQuery)
    const body = bodyOf(call)
    await write(call, 'update id_user set first_name = ?, last_name = ?, email = ? where user_id = ?', [
      textOf(body, 'firstName'),
      textOf(body, 'lastName'),
      textOf(body, 'email'),
      param(call, 'id'),
    ])
    return nothing
  }),
  ...passwordOperations,
  ...memberOperations('/group/:id/members/:memberId', 'user-group'),
  ...memberOperations('/tenant/:id/user-members/:memberId', 'user-tenant'),
  ...memberOperations('/tenant/:id/group-members/:memberId', 'group-tenant'),
  operation('GET', '/identity/groups', 'Groups of a user, and who else is in them', async (call) => {
    const rows = await call.run.query<{ readonly group_id: string; readonly name: string | null }>(
      `select g.group_id, g.name from id_group g join id_membership m on m.owner_id = g.group_id and m.kind = 'user-group' where m.member_id = ? order by g.group_id`,
      [call.query.get('userId') ?? ''],
    )
    return json({ groups: rows.map(({ group_id, name }) => ({ id: group_id, name })), groupUsers: [] })
  }),
  options('/filter'),
  options('/authorization'),
  ownOptions('/authorization/:id', ''),
  memberOptions('/group/:id/members'),
  memberOptions('/tenant/:id/user-members'),
  memberOptions('/tenant/:id/group-members'),
]

function entityOperations(resource: ResourceQuery, table: string, columns: Readonly<Record<string, string>>): readonly Operation[] {
  const path = `/${resource.name}`
  const [idColumn = ''] = Object.values(columns)
  const valuesOf = (body: Body): SqlValue[] => Object.keys(columns).map((name) => textOf(body, name))
  return [
    ...queryOperations(resource, { post: resource.name === 'group', byId: resource.name !== 'user' }),
    options(path),
    ownOptions(`${path}/:id`, resource.name === 'user' ? '/profile' : ''),
    operation('POST', `${path}/create`, `Creates a ${resource.name}`, async (call) => {
      // A user's members are those of its profile.
      const body = (bodyOf(call).profile as Body | undefined) ?? bodyOf(call)
      const id = textOf(body, 'id')
      if (id === null || id === '')
        throw resource.name === 'user'
          ? invalidRequest('user has no id')
          : new Problem(500, 'NullValueException', `${resource.name} has no id`)
      if (await findRow(resource, id, unrestricted(call.run)))
        throw new Problem(400, 'BadUserRequestException', `${resource.name} with id ${id} exists already`)
      const names = Object.values(columns)
      await write(call, `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`, valuesOf(body))
      const password = resource.name === 'user' ? textOf((bodyOf(call).credentials as Body | undefined) ?? {}, 'password') : null
      if (password !== null) await setPassword(call, id, password)
      return nothing
    }),
    ...(resource.name === 'user'
      ? []
      : [
          operation('PUT', `${path}/:id`, `Changes a ${resource.name}`, async (call) => {
            await known(call, resource)
            const [, ...rest] = Object.entries(columns)
            await write(call, `update ${table} set ${rest.map(([, column]) => `${column} = ?`).join(', ')} where ${idColumn} = ?`, [
              ...rest.map(([name]) => textOf(bodyOf(call), name)),
              param(call, 'id'),
            ])
            return nothing
          }),
        ]),
    operation('DELETE', `${path}/:id`, `Deletes a ${resource.name}`, async (call) => {
      await write(call, 'delete from id_membership where member_id = ? or owner_id = ?', [param(call, 'id'), param(call, 'id')])
      await write(call, `delete from ${table} where ${idColumn} = ?`, [param(call, 'id')])
      return nothing
    }),
  ]
}

function memberOperations(path: string, kind: string): readonly Operation[] {
  const row = (call: Call): SqlValue[] => [kind, param(call, 'memberId'), param(call, 'id')]
  return [
    operation('PUT', path, 'Adds a member', async (call) => {
      await write(call, 'delete from id_membership where kind = ? and member_id = ? and owner_id = ?', row(call))
      await write(call, 'insert into id_membership (kind, member_id, owner_id) values (?, ?, ?)', row(call))
      return nothing
    }),
    operation('DELETE', path, 'Removes a member', async (call) => {
      await write(call, 'delete from id_membership where kind = ? and member_id = ? and owner_id = ?', row(call))
      return nothing
    }),
  ]
}

/** What one may do: everything, for whoever was let in. */
function options(path: string): Operation {
  return operation('OPTIONS', path, 'What one may do', async (call) => {
    const href = `${call.base}${path}`
    return json({
      links: [
        { method: 'GET', href, rel: 'list' },
        { method: 'GET', href: `${href}/count`, rel: 'count' },
        { method: 'POST', href: `${href}/create`, rel: 'create' },
      ],
    })
  })
}

/** What one may do with one of them; a user is read and written as a profile. */
function ownOptions(path: string, part: string): Operation {
  return operation('OPTIONS', path, 'What one may do', async (call) => {
    const href = `${call.base}${path.replace(':id', encodeURIComponent(param(call, 'id')))}`
    return json({
      links: [
        { method: 'GET', href: `${href}${part}`, rel: 'self' },
        { method: 'DELETE', href, rel: 'delete' },
        { method: 'PUT', href: `${href}${part}`, rel: 'update' },
      ],
    })
  })
}

function memberOptions(path: string): Operation {
  return operation('OPTIONS', path, 'What one may do', async (call) => {
    const href = `${call.base}${path.replace(':id', encodeURIComponent(param(call, 'id')))}`
    return json({
      links: [
        { method: 'DELETE', href, rel: 'delete' },
        { method: 'PUT', href, rel: 'create' },
      ],
    })
  })
}

async function known(call: Call, resource: ResourceQuery): Promise<Record<string, unknown>> {
  const row = await findRow(resource, param(call, 'id'), call.run)
  if (!row) throw notFound(`${resource.name} with id ${param(call, 'id')} does not exist`)
  return row
}

const write = (call: Call, text: string, params: readonly SqlValue[]): Promise<void> =>
  call.runtime.database.transaction(async (tx) => tx.write(text, params))
