import type { Grant } from './caller.ts'
import { isPermission, RESOURCES, type ResourceName } from './permission.ts'

/**
 * A grant as one writes it in a file or on a command line: permissions, resource, and the id of the one thing (all without):
 * `READ_INSTANCE,UPDATE_INSTANCE:PROCESS_DEFINITION:invoice`. Throws an Error that says what is wrong.
 */
export function parseGrant(text: string): Grant {
  const [permissions = '', resource = '', ...id] = text.split(':')
  if (!Object.hasOwn(RESOURCES, resource))
    throw new Error(`${text}: there is no resource ${resource}; there are ${Object.keys(RESOURCES).join(', ')}`)
  const name = resource as ResourceName
  const names = permissions.split(',').map((one) => one.trim())
  const wrong = names.filter((one) => !isPermission(name, one))
  if (wrong.length > 0) throw new Error(`${text}: ${wrong.join(', ')} cannot be granted on ${resource}`)
  return { resource: name, resourceId: id.join(':') || '*', permissions: names.filter((one) => isPermission(name, one)) }
}

/** The same the other way. */
export const grantText = ({ permissions, resource, resourceId }: Grant): string =>
  `${permissions.join(',')}:${resource}${resourceId === '*' ? '' : `:${resourceId}`}`
