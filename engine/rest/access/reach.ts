import type { Reach } from '../../runtime/reach.ts'
import type { KnownCaller } from './caller.ts'
import { type AuthorisedBy, narrowTo } from './narrow.ts'

const UPDATABLE: AuthorisedBy = {
  tenant: 'tenant_id',
  rights: [
    ['UPDATE:PROCESS_INSTANCE', 'instance_id'],
    ['UPDATE_INSTANCE:PROCESS_DEFINITION', 'definition_key'],
  ],
}
const STARTABLE: AuthorisedBy = { tenant: 'tenant_id', rights: [['CREATE_INSTANCE:PROCESS_DEFINITION', 'definition_key']] }
const CREATABLE: AuthorisedBy = { tenant: null, rights: [['CREATE:PROCESS_INSTANCE', 'instance_id']] }

/** How far a message, a signal or a worker of this caller gets; undefined: everywhere. */
export function reachOf(caller: KnownCaller): Reach | undefined {
  const running = narrowTo(caller, UPDATABLE)
  const mayCreate = narrowTo(caller, CREATABLE) === null
  const starts = mayCreate ? narrowTo(caller, STARTABLE) : { text: '1 = 0', params: [] }
  return running || starts ? { running, starts } : undefined
}
