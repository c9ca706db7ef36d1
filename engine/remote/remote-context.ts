import type { Tx } from '../../database/database.ts'
import { EngineError, type InstanceState, type Value, type Variables } from '../process-engine.ts'
import { fromTypedValue, isProblem, type TypedValue, toTypedValues } from '../wire/typed-value.ts'
import type { RestClient } from './rest-client.ts'

/** A process instance as the other engine's history knows it: it answers for running and ended ones alike. */
export interface HistoricInstance {
  readonly id: string
  readonly businessKey: string | null
  readonly processDefinitionId: string
  readonly processDefinitionKey: string
  readonly rootProcessInstanceId: string
  readonly superProcessInstanceId: string | null
  readonly tenantId: string | null
  readonly state: InstanceState
  readonly startTime: string
  readonly endTime: string | null
}

/** What every resource of the remote engine works with. */
export interface RemoteContext {
  readonly rest: RestClient
  /** An instance by id; what never changes of it is kept. */
  instance(id: string): Promise<HistoricInstance | null>
  /** Told after each call that changes something, so that the feed looks at once. */
  changed(): void
}

/** A call that a transaction of ours would have to contain cannot be made over HTTP: it belongs into the outbox. */
export function refuseTx(tx: Tx | undefined): void {
  if (tx) throw new EngineError('remote-in-transaction', 'a remote engine cannot join a transaction')
}

export const toWire = (variables: Variables = {}): Record<string, TypedValue> => toTypedValues(variables)

export function fromWire(variables: Readonly<Record<string, TypedValue>>): Variables {
  const entries = Object.entries(variables).map(([name, typed]): [string, Value] => {
    const value = fromTypedValue(typed)
    if (isProblem(value)) throw new EngineError('invalid-value', `${name}: ${value.problem}`, { what: name })
    return [name, value]
  })
  return Object.fromEntries(entries)
}

/** Tenant filters of queries: absent means any, null means without tenant. */
export const tenantFilter = (tenantId: string | null | undefined) =>
  tenantId === undefined ? {} : tenantId === null ? { withoutTenantId: true } : { tenantIdIn: tenantId }
