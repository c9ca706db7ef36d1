import type { SqlValue } from '../../database/database.ts'
import { failure } from '../core/failure.ts'
import type { Variables } from '../core/value.ts'
import { CommandRefused } from './failures.ts'
import type { Reach } from './reach.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** One signal reaches at most so many families in one transaction. */
const MAX_RECEIVERS = 1000

export interface Broadcast {
  readonly name: string
  /** null: only receivers without a tenant; undefined: of every tenant. */
  readonly tenantId?: string | null
  readonly variables: Variables
  /** Of instances that it starts. */
  readonly businessKey?: string | null
  /** Running receivers get it by a job. */
  readonly async?: boolean
  /** Only to what the caller may touch. */
  readonly within?: Reach
}

interface Receiver {
  readonly subscription_id: string
  readonly root_id: string | null
  readonly instance_id: string | null
  readonly definition_id: string
  readonly activity_id: string
}

/**
 * Delivers a signal to all who wait for it, except in the family `exceptRootId`, whose own step has done so: running instances in
 * the order in which they subscribed, then definitions that it starts.
 */
export async function deliverSignal(unit: UnitOfWork, broadcast: Broadcast, exceptRootId: string | null): Promise<void> {
  const receivers = await findReceivers(unit, broadcast, exceptRootId)
  const roots = new Set(receivers.flatMap((receiver) => receiver.root_id ?? []))
  if (roots.size > MAX_RECEIVERS)
    throw new CommandRefused(
      failure('invalid-value', { what: 'signal receivers', text: `${roots.size} instances wait for ${broadcast.name}` }),
    )
  await unit.load(
    receivers.flatMap(({ root_id: rootId, instance_id: instanceId }) => (rootId && instanceId ? [{ rootId, instanceId }] : [])),
  )
  for (const receiver of receivers) {
    if (receiver.root_id === null || receiver.instance_id === null) await start(unit, receiver, broadcast)
    else if (unit.family(receiver.root_id)?.instances.get(receiver.instance_id)?.subscriptions.has(receiver.subscription_id))
      await unit.run(receiver.root_id, {
        kind: broadcast.async ? 'scheduleDelivery' : 'deliver',
        instanceId: receiver.instance_id,
        subscriptionId: receiver.subscription_id,
        variables: broadcast.variables,
      })
  }
}

async function findReceivers(unit: UnitOfWork, broadcast: Broadcast, exceptRootId: string | null): Promise<readonly Receiver[]> {
  const conditions = ["type = 'signal'", 'name = ?', 'suspended = 0']
  const params: SqlValue[] = [broadcast.name]
  if (broadcast.tenantId === null) conditions.push('tenant_id is null')
  else if (broadcast.tenantId !== undefined) {
    // Thrown inside of a tenant it reaches what has none as well; sent from outside it does not.
    conditions.push(exceptRootId === null ? 'tenant_id = ?' : '(tenant_id = ? or tenant_id is null)')
    params.push(broadcast.tenantId)
  }
  if (exceptRootId !== null) {
    conditions.push('(root_id is null or root_id <> ?)')
    params.push(exceptRootId)
  }
  for (const [column, condition] of [
    ['instance_id is null', broadcast.within?.running],
    ['instance_id is not null', broadcast.within?.starts],
  ] as const)
    if (condition) {
      conditions.push(`(${column} or ${condition.text})`)
      params.push(...condition.params)
    }
  const receivers = await unit.query<Receiver>(
    `select subscription_id, root_id, instance_id, definition_id, activity_id from ru_subscription
     where ${conditions.join(' and ')} order by created_at, seq, subscription_id`,
    params,
  )
  return [
    ...receivers.filter((receiver) => receiver.instance_id !== null),
    ...receivers.filter((receiver) => receiver.instance_id === null),
  ]
}

async function start(unit: UnitOfWork, receiver: Receiver, broadcast: Broadcast): Promise<void> {
  const definition = await unit.definition(receiver.definition_id)
  if (!definition || definition.suspended) return
  const instanceId = unit.context.newId()
  unit.expectNew(instanceId)
  await unit.run(instanceId, {
    kind: 'start',
    definitionId: definition.id,
    instanceId,
    businessKey: broadcast.businessKey ?? null,
    variables: broadcast.variables,
    startNode: receiver.activity_id,
  })
}
