import type { CompensationEntry, Instance, Scope, Task, Token, Variable, VariableMap } from '../core/state.ts'
import { noVariables } from '../core/state.ts'
import { plainValue, valueOfPlain } from '../runtime/value-columns.ts'

/** Version of the snapshot's layout; older ones are brought up to date when they are read. */
const LAYOUT = 1

/**
 * The JSON of one instance. Maps become lists, whose entries carry their ids; values keep their type; what is empty is left out.
 * `seq` is the family's counter and is kept with the root.
 */
export function encodeInstance(instance: Instance, seq: number | null): string {
  const { scopes, tokens, tasks, jobs, subscriptions, externalTasks, incidents, ...rest } = instance
  return JSON.stringify({
    v: LAYOUT,
    ...(seq === null ? {} : { seq }),
    ...rest,
    scopes: list(scopes, (scope) => ({ ...scope, vars: plainVariables(scope.vars), compensations: scope.compensations.map(plainEntry) })),
    tokens: list(tokens, (token) => ({ ...token, vars: plainVariables(token.vars) })),
    tasks: list(tasks, (task) => ({ ...task, vars: plainVariables(task.vars) })),
    jobs: list(jobs, same),
    subscriptions: list(subscriptions, same),
    externalTasks: list(externalTasks, same),
    incidents: list(incidents, same),
  })
}

export function decodeInstance(text: string): { instance: Instance; seq: number | null } {
  const { v: layout, seq, ...plain } = JSON.parse(text)
  if (layout !== LAYOUT) throw new Error(`The snapshot of instance ${plain.id} has layout ${layout}; this version reads ${LAYOUT}.`)
  const instance: Instance = {
    ...plain,
    scopes: map<Scope>(plain.scopes, (scope) => ({
      ...scope,
      vars: variables(scope.vars),
      compensations: (scope.compensations ?? []).map(entry),
    })),
    tokens: map<Token>(plain.tokens, (token) => ({ ...token, vars: variables(token.vars) })),
    tasks: map<Task>(plain.tasks, (task) => ({ ...task, vars: variables(task.vars) })),
    jobs: map(plain.jobs, same),
    subscriptions: map(plain.subscriptions, same),
    externalTasks: map(plain.externalTasks, same),
    incidents: map(plain.incidents, same),
  }
  return { instance, seq: seq ?? null }
}

const same = <T>(item: T): T => item

/** Left out when empty: most instances have no incidents, jobs or external tasks. */
function list<T, P>(items: ReadonlyMap<string, T>, plain: (item: T) => P): P[] | undefined {
  return items.size === 0 ? undefined : Array.from(items.values(), plain)
}

function map<T extends { readonly id: string }>(items: T[] | undefined, full: (item: T) => T): Map<string, T> {
  const result = new Map<string, T>()
  for (const item of items ?? []) result.set(item.id, full(item))
  return result
}

function plainVariables(vars: VariableMap): Record<string, unknown> | undefined {
  let result: Record<string, unknown> | undefined
  for (const name of Object.keys(vars)) {
    const variable = vars[name] as Variable
    if (variable.transient) continue
    result ??= {}
    define(result, name, { ...variable, value: plainValue(variable.value) })
  }
  return result
}

function variables(plain: Record<string, Variable> | undefined): VariableMap {
  if (!plain) return noVariables
  const result: Record<string, Variable> = {}
  for (const name of Object.keys(plain)) {
    const variable = plain[name] as Variable
    define(result, name, { ...variable, value: valueOfPlain(variable.value) })
  }
  return result
}

/** A variable may be called `__proto__`. */
function define(target: object, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else (target as Record<string, unknown>)[name] = value
}

function plainEntry(item: CompensationEntry): unknown {
  return { ...item, vars: plainVariables(item.vars), inner: item.inner.map(plainEntry) }
}

function entry(item: CompensationEntry): CompensationEntry {
  return { ...item, vars: variables(item.vars as Record<string, Variable> | undefined), inner: (item.inner ?? []).map(entry) }
}
