import type { SqlValue } from '../../../database/database.ts'
import { hasRight, type KnownCaller } from '../access/caller.ts'
import { GLOBAL, GRANT, REVOKE } from '../access/known-caller.ts'
import { isPermission, type PermissionName, type ResourceName, type Right, resourceByNumber } from '../access/permission.ts'
import { forbidden, NOTHING } from '../access/require.ts'
import { bodyOf, type Call, json, nothing, numberOf, param, textOf, textsOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, notFound, Problem } from '../problem.ts'
import { findRow, unrestricted } from '../query/resource-query.ts'
import { authorizationQuery } from './query.ts'

/** Authorizations of the engine: what users and groups may do besides what their accounts bring along. */
export const authorizationOperations: readonly Operation[] = [
  ...queryOperations(authorizationQuery, { post: false, byId: false }),
  operation('GET', '/authorization/check', 'Whether the caller, or another user, has a permission', async (call) => {
    const caller = await checked(call)
    const number = Number(call.query.get('resourceType') ?? Number.NaN)
    const resource = resourceByNumber(number)
    const permissionName = call.query.get('permissionName') ?? ''
    if (!resource) throw new Problem(400, 'BadUserRequestException', `The resource type with id:'${number}' is not valid.`)
    if (!isPermission(resource, permissionName)) throw notValid(permissionName, resource)
    const resourceId = call.query.get('resourceId')
    return json({
      permissionName,
      resourceName: call.query.get('resourceName'),
      resourceId,
      authorized: hasRight(caller, `${permissionName}:${resource}` as Right, resourceId),
    })
  }),
  operation('POST', '/authorization/create', 'Grants or revokes permissions', async (call) => {
    const id = call.runtime.context.newId()
    const type = numberOf(bodyOf(call), 'type')
    if (type === null || ![GLOBAL, GRANT, REVOKE].includes(type))
      throw new Problem(500, 'ProcessEngineException', `type ${type} is unknown`)
    const row = readRow(call, type)
    await write(
      call,
      'insert into id_authorization (user_id, group_id, resource_type, resource_id, permissions, type, authorization_id) values (?, ?, ?, ?, ?, ?, ?)',
      [...row, type, id],
    )
    return json(await findRow(authorizationQuery, id, unrestricted(call.run)))
  }),
  operation('GET', '/authorization/:id', 'An authorization', async (call) => json(await known(call))),
  operation('PUT', '/authorization/:id', 'Changes an authorization', async (call) => {
    const { type } = await known(call, true)
    await write(
      call,
      'update id_authorization set user_id = ?, group_id = ?, resource_type = ?, resource_id = ?, permissions = ? where authorization_id = ?',
      [...readRow(call, Number(type)), param(call, 'id')],
    )
    return nothing
  }),
  operation('DELETE', '/authorization/:id', 'Deletes an authorization', async (call) => {
    await known(call, true)
    await write(call, 'delete from id_authorization where authorization_id = ?', [param(call, 'id')])
    return nothing
  }),
]

/** Who is asked about: oneself, or, by whoever may read authorizations, another user. */
async function checked(call: Call): Promise<KnownCaller> {
  const { caller } = call
  if (caller.id === null) throw new Problem(401, 'InvalidRequestException', 'You must be authenticated in order to use this resource.')
  const userId = call.query.get('userId')
  if (userId === null || userId === caller.id) return caller
  if (!hasRight(caller, 'READ:AUTHORIZATION', null)) throw forbidden(caller, NOTHING, ['READ:AUTHORIZATION'])
  return call.callers.know({ id: userId, groups: [], tenants: [], grants: [], isAdmin: false }, call.run.query, call.run.now)
}

/** The columns that an authorization is written with. */
function readRow(call: Call, type: number): SqlValue[] {
  const body = bodyOf(call)
  const [userId, groupId] = [textOf(body, 'userId'), textOf(body, 'groupId')]
  const number = numberOf(body, 'resourceType')
  const names = textsOf(body, 'permissions')
  if (number === null || names === null) throw invalidRequest('resourceType and permissions must be set')
  const resource = resourceByNumber(number)
  if (!resource)
    throw new Problem(
      400,
      'BadUserRequestException',
      `The resource type with id:'${number}' is not valid for '${names[0] ?? ''}' permission.`,
    )
  for (const name of names) if (name !== 'NONE' && !isPermission(resource, name)) throw notValid(name, resource)
  if (type === GLOBAL && userId !== null && userId !== '*')
    throw new Problem(500, 'ProcessEngineException', `Illegal value '${userId}' for userId for GLOBAL authorization. Must be '*'`)
  if (type !== GLOBAL && (userId === null) === (groupId === null))
    throw new Problem(500, 'NullValueException', "Authorization must either have a 'userId' or a 'groupId'.")
  const permissions = names.filter((name): name is PermissionName => name !== 'NONE')
  return [type === GLOBAL ? '*' : userId, groupId, number, textOf(body, 'resourceId'), permissions.join(',')]
}

const notValid = (name: string, resource: ResourceName): Problem =>
  new Problem(400, 'BadUserRequestException', `The permission '${name}' is not valid for '${resource}' resource type.`)

async function known(call: Call, toChange = false): Promise<Record<string, unknown>> {
  const row = await findRow(authorizationQuery, param(call, 'id'), toChange ? unrestricted(call.run) : call.run)
  if (!row) throw notFound(`Authorization with id ${param(call, 'id')} does not exist.`)
  return row
}

async function write(call: Call, text: string, params: readonly SqlValue[]): Promise<void> {
  await call.runtime.database.transaction(async (tx) => tx.write(text, params))
  call.callers.forget()
}
