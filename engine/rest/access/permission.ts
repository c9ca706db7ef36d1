/** Camunda's resources by their numbers in its API. */
export const RESOURCES = {
  APPLICATION: 0,
  USER: 1,
  GROUP: 2,
  GROUP_MEMBERSHIP: 3,
  AUTHORIZATION: 4,
  FILTER: 5,
  PROCESS_DEFINITION: 6,
  TASK: 7,
  PROCESS_INSTANCE: 8,
  DEPLOYMENT: 9,
  DECISION_DEFINITION: 10,
  TENANT: 11,
  TENANT_MEMBERSHIP: 12,
  BATCH: 13,
  DECISION_REQUIREMENTS_DEFINITION: 14,
  OPERATION_LOG_CATEGORY: 17,
  SYSTEM: 21,
} as const

export type ResourceName = keyof typeof RESOURCES

const CRUD = ['READ', 'UPDATE', 'CREATE', 'DELETE'] as const

/** What can be granted on each resource; `ALL` besides. */
const PERMISSIONS = {
  APPLICATION: ['ACCESS'],
  USER: CRUD,
  GROUP: CRUD,
  GROUP_MEMBERSHIP: ['CREATE', 'DELETE'],
  AUTHORIZATION: CRUD,
  FILTER: CRUD,
  PROCESS_DEFINITION: [
    'READ',
    'UPDATE',
    'DELETE',
    'SUSPEND',
    'CREATE_INSTANCE',
    'READ_INSTANCE',
    'UPDATE_INSTANCE',
    'RETRY_JOB',
    'SUSPEND_INSTANCE',
    'DELETE_INSTANCE',
    'MIGRATE_INSTANCE',
    'UPDATE_INSTANCE_VARIABLE',
    'READ_TASK',
    'UPDATE_TASK',
    'TASK_ASSIGN',
    'TASK_WORK',
    'UPDATE_TASK_VARIABLE',
    'READ_HISTORY',
    'UPDATE_HISTORY',
    'DELETE_HISTORY',
  ],
  TASK: ['READ', 'UPDATE', 'CREATE', 'DELETE', 'TASK_ASSIGN', 'TASK_WORK', 'UPDATE_VARIABLE'],
  PROCESS_INSTANCE: ['READ', 'UPDATE', 'CREATE', 'DELETE', 'RETRY_JOB', 'SUSPEND', 'UPDATE_VARIABLE'],
  DEPLOYMENT: ['READ', 'CREATE', 'DELETE'],
  DECISION_DEFINITION: ['READ', 'UPDATE', 'CREATE_INSTANCE', 'READ_HISTORY', 'DELETE_HISTORY'],
  TENANT: CRUD,
  TENANT_MEMBERSHIP: ['CREATE', 'DELETE'],
  BATCH: ['READ', 'UPDATE', 'CREATE', 'DELETE', 'READ_HISTORY', 'DELETE_HISTORY'],
  DECISION_REQUIREMENTS_DEFINITION: ['READ'],
  OPERATION_LOG_CATEGORY: ['READ', 'UPDATE', 'DELETE'],
  SYSTEM: ['READ', 'SET', 'DELETE'],
} as const satisfies Readonly<Record<ResourceName, readonly string[]>>

type PermissionOf<R extends ResourceName> = (typeof PERMISSIONS)[R][number]
export type PermissionName = { [R in ResourceName]: PermissionOf<R> }[ResourceName] | 'ALL'

/** A permission on a resource, as `UPDATE:TASK`. */
export type Right = { [R in ResourceName]: `${PermissionOf<R>}:${R}` }[ResourceName]

/** The two halves of a right. */
export function partsOf(right: Right): { readonly permission: PermissionName; readonly resource: ResourceName } {
  const [permission, resource] = right.split(':') as [PermissionName, ResourceName]
  return { permission, resource }
}

export const resourceByNumber = (number: number): ResourceName | undefined =>
  (Object.keys(RESOURCES) as ResourceName[]).find((name) => RESOURCES[name] === number)

export const isPermission = (resource: ResourceName, name: string): name is PermissionName =>
  name === 'ALL' || (PERMISSIONS[resource] as readonly string[]).includes(name)
