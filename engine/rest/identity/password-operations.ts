import { bodyOf, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, notFound } from '../problem.ts'
import { checkPassword, setPassword, unlockUser, verified } from './password.ts'

export const passwordOperations: readonly Operation[] = [
  operation('PUT', '/user/:id/credentials', 'Sets the password of a user', async (call) => {
    const body = bodyOf(call)
    const id = param(call, 'id')
    // A caller that is one of these users says who it is once more.
    const [caller] = await call.run.query('select user_id from id_user where user_id = ? and secret_hash is not null', [call.userId ?? ''])
    if (caller && !(await checkPassword(call, call.userId ?? '', textOf(body, 'authenticatedUserPassword') ?? '')))
      throw invalidRequest('The given authenticated user password is not valid.')
    const [known] = await call.run.query('select user_id from id_user where user_id = ?', [id])
    if (!known) throw notFound(`User with id ${id} does not exist`)
    await setPassword(call, id, textOf(body, 'password'))
    return nothing
  }),
  operation('POST', '/user/:id/unlock', 'Lets a user whose password was mistaken too often try again', async (call) => {
    await unlockUser(call, param(call, 'id'))
    return nothing
  }),
  operation('POST', '/identity/verify', 'Whether this is the password of a user', async (call) => {
    const [name, password] = [textOf(bodyOf(call), 'username'), textOf(bodyOf(call), 'password')]
    if (name === null || password === null) throw invalidRequest('Username and password are required')
    return verified(name, await checkPassword(call, name, password))
  }),
]
