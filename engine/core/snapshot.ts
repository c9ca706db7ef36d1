import type { Family, Instance, Job, Scope, Task, Token, Variable, VariableMap } from './state.ts'
import type { Value } from './value.ts'

/** Version of the snapshot's shape; older ones are lifted when read. */
const snapshotVersion = 1

/** The JSON text of an instance. */
export function encode(instance: Instance): string {
  const { scopes, tokens, tasks, jobs, subscriptions, externalTasks, incidents, ...head } = instance
  const snapshot: Record<string, unknown> = { v: snapshotVersion, ...head, scopes: Array.from(scopes.values(), encodeScope) }
  if (tokens.size > 0) snapshot['tokens'] = Array.from(tokens.values(), withVariables)
  if (tasks.size > 0) snapshot['tasks'] = Array.from(tasks.values(), withVariables)
  if (jobs.size > 0)
    snapshot['jobs'] = Array.from(jobs.values(), (job) => (job.delivery ? { ...job, delivery: withVariables(job.delivery) } : job))
  if (subscriptions.size > 0) snapshot['subscriptions'] = [...subscriptions.values()]
  if (externalTasks.size > 0) snapshot['externalTasks'] = [...externalTasks.values()]
  if (incidents.size > 0) snapshot['incidents'] = [...incidents.values()]
  return JSON.stringify(snapshot)
}

export function decode(text: string): Instance {
  const {
    v: _version,
    scopes,
    tokens,
    tasks,
    jobs,
    subscriptions,
    externalTasks,
    incidents,
    ...head
  } = JSON.parse(text) as Record<string, unknown>
  return {
    ...(head as unknown as Instance),
    scopes: mapped<Scope>(scopes, decodeScope),
    tokens: mapped<Token>(tokens, readVariables),
    tasks: mapped<Task>(tasks, readVariables),
    jobs: mapped<Job>(jobs, (job) => (job.delivery ? { ...job, delivery: readVariables(job.delivery) } : job)),
    subscriptions: mapped(subscriptions),
    externalTasks: mapped(externalTasks),
    incidents: mapped(incidents),
  }
}

/** A family of instances as they were read. */
export function familyOf(rootId: string, seq: number, instances: Iterable<Instance>): Family {
  const byId = new Map<string, Instance>()
  for (const instance of instances) byId.set(instance.id, instance)
  return { rootId, seq, instances: byId }
}

function mapped<E extends { readonly id: string }>(list: unknown, read: (entity: E) => E = (entity) => entity): ReadonlyMap<string, E> {
  const entities = new Map<string, E>()
  for (const entity of (list ?? []) as E[]) entities.set(entity.id, read(entity))
  return entities
}

/** What JSON has no number for: a Long is written as decimal text, a Double that is not finite by its name. */
const hasText = (vars: VariableMap): boolean => {
  for (const name in vars) {
    const value = vars[name]?.value
    if (value?.t === 'Long' || (value?.t === 'Double' && !Number.isFinite(value.v))) return true
  }
  return false
}

const withVariables = <E extends { readonly vars: VariableMap }>(owner: E): unknown =>
  hasText(owner.vars) ? { ...owner, vars: encodeVariables(owner.vars) } : owner

const encodeScope = (scope: Scope): unknown =>
  scope.compensations.length === 0
    ? withVariables(scope)
    : { ...scope, vars: encodeVariables(scope.vars), compensations: scope.compensations.map(encodeEntry) }

const encodeEntry = (entry: Scope['compensations'][number]): unknown => ({
  ...entry,
  vars: encodeVariables(entry.vars),
  inner: entry.inner.map(encodeEntry),
})

function encodeVariables(vars: VariableMap): Record<string, unknown> {
  const encoded: Record<string, unknown> = {}
  for (const [name, variable] of Object.entries(vars)) {
    const { value } = variable
    const isText = value.t === 'Long' || (value.t === 'Double' && !Number.isFinite(value.v))
    encoded[name] = isText ? { ...variable, value: { t: value.t, v: String(value.v) } } : variable
  }
  return encoded
}

const decodeScope = (scope: Scope): Scope => {
  const read = readVariables(scope)
  return read.compensations.length === 0 ? read : { ...read, compensations: read.compensations.map(decodeEntry) }
}

const decodeEntry = (entry: Scope['compensations'][number]): Scope['compensations'][number] => ({
  ...readVariables(entry),
  inner: entry.inner.map(decodeEntry),
})

function readVariables<E extends { readonly vars: VariableMap }>(owner: E): E {
  if (!hasText(owner.vars)) return owner
  const vars: Record<string, Variable> = {}
  for (const [name, variable] of Object.entries(owner.vars)) vars[name] = { ...variable, value: decodeValue(variable.value) }
  return { ...owner, vars }
}

function decodeValue(value: Value): Value {
  if (value.t === 'Long') return { t: 'Long', v: BigInt(value.v as unknown as string) }
  return value.t === 'Double' ? { t: 'Double', v: Number(value.v) } : value
}
