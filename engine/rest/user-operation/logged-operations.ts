import type { Method } from '../http/operation.ts'
import { adminOperations } from './admin-operations.ts'
import type { Logged } from './logged.ts'
import { operatorOperations } from './operator-operations.ts'
import { taskWorkerOperations } from './task-operations.ts'

const TABLE: Readonly<Record<string, Logged>> = { ...taskWorkerOperations, ...operatorOperations, ...adminOperations }

/** How an operation is logged; undefined: it is not. */
export const loggedAs = (method: Method, path: string): Logged | undefined =>
  TABLE[`${method} ${path.replace('/key/:key/tenant-id/:tenantId', '/:id').replace('/key/:key', '/:id')}`]
