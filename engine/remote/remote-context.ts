import { EngineError, type InstanceState, type Value, type Variables } from '../process-engine.ts'
import { fromTypedValue, isProblem, type TypedValue, toTypedValues } from '../wire/typed-value.ts'
import type { Aliases } from './aliases.ts'
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
  readonly aliases: Aliases
  /** An instance by the other server's id. */
  instance(remoteId: string): Promise<HistoricInstance | null>
  /** The same, maybe as it was a while ago: for what never changes of it. */
  origin(remoteId: string): Promise<HistoricInstance | null>
  /** Told after each call that changes something, so that the feed looks at once. */
  changed(): void
}

/** How many instances are remembered by their origin. */
const KEPT = 10_000

export function makeRemoteContext(rest: RestClient, aliases: Aliases, changed: () => void): RemoteContext {
  const origins = new Map<string, HistoricInstance>()
  const instance = async (remoteId: string) => {
    const found = await rest.find<HistoricInstance>(`/history/process-instance/${remoteId}`)
    if (found) {
      if (origins.size >= KEPT) origins.clear()
      origins.set(remoteId, found)
    }
    return found
  }
  return { rest, aliases, instance, origin: async (remoteId) => origins.get(remoteId) ?? instance(remoteId), changed }
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
