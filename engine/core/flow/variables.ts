import type { InstanceDraft, ScopeDraft, TaskDraft, TokenDraft } from '../draft/instance-draft.ts'
import type { Variable, VariableMap } from '../state.ts'
import type { Value } from '../value.ts'
import type { Place } from './place.ts'

/** One of the things that hold variables: a task, a branch, a scope. */
export interface Holder {
  readonly kind: 'task' | 'token' | 'scope'
  readonly owner: TaskDraft | TokenDraft | ScopeDraft
}

/** The holders from here to the instance, innermost first. */
export function* holdersOf(place: Place): Iterable<Holder> {
  const { instance } = place
  if (place.task) yield { kind: 'task', owner: place.task }
  let scope: ScopeDraft | null = place.scope
  let token: TokenDraft | null = place.token
  while (scope) {
    if (token && token.id !== scope.id) yield { kind: 'token', owner: token }
    yield { kind: 'scope', owner: scope }
    token = instance.outerToken(scope)
    scope = scope.parentId === null ? null : instance.scope(scope.parentId)
  }
}

export function localHolder(place: Place): Holder {
  for (const holder of holdersOf(place)) return holder
  return { kind: 'scope', owner: place.scope }
}

export function findVariable(place: Place, name: string): Variable | undefined {
  const { instance } = place
  if (place.localOnly) return findLocalVariable(place, name)
  const ofTask = place.task?.vars[name]
  if (ofTask) return ofTask
  let scope = instance.scopes.get(place.scope.id)
  let token = place.token ? instance.tokens.get(place.token.id) : undefined
  while (scope) {
    if (token && token.id !== scope.id) {
      const found = token.vars[name]
      if (found) return found
    }
    const found = scope.vars[name]
    if (found) return found
    token = scope.tokenId === null ? undefined : instance.tokens.get(scope.tokenId)
    scope = scope.parentId === null ? undefined : instance.scopes.get(scope.parentId)
  }
  return undefined
}

/** Everything visible from here; inner values hide outer ones. */
export function visibleVariables(place: Place): Record<string, Value> {
  const found: Record<string, Value> = {}
  for (const { owner } of holdersOf(place)) {
    for (const name of Object.keys(owner.vars)) if (!(name in found)) found[name] = (owner.vars[name] as Variable).value
  }
  return found
}

export function localVariables(place: Place): Record<string, Value> {
  const found: Record<string, Value> = {}
  const { owner } = localHolder(place)
  for (const name of Object.keys(owner.vars)) found[name] = (owner.vars[name] as Variable).value
  return found
}

export const findLocalVariable = (place: Place, name: string): Variable | undefined => localHolder(place).owner.vars[name]

export interface SetOptions {
  readonly transient?: boolean
  /** With the start of the instance. */
  readonly initial?: boolean
  /** Activity instance that history shows it in; without: the one of the scope that holds it. */
  readonly heldIn?: string
  /** Activity instance that sets it; without: the one of the scope that holds it. */
  readonly setIn?: string | null
}

/** Sets it where it exists, searching outwards; else on the instance. */
export function setVariable(place: Place, name: string, value: Value, options: SetOptions = {}): void {
  for (const holder of holdersOf(place)) {
    if (name in holder.owner.vars) {
      write(place.instance, holder, name, value, { setIn: setterOf(place), ...options })
      return
    }
  }
  write(place.instance, { kind: 'scope', owner: place.instance.rootScope }, name, value, { setIn: setterOf(place), ...options })
}

export function setLocalVariable(place: Place, name: string, value: Value, options: SetOptions = {}): void {
  write(place.instance, localHolder(place), name, value, options)
}

export function setScopeVariable(instance: InstanceDraft, scope: ScopeDraft, name: string, value: Value, options: SetOptions = {}): void {
  write(instance, { kind: 'scope', owner: scope }, name, value, options)
}

export function setTokenVariable(instance: InstanceDraft, token: TokenDraft, name: string, value: Value): void {
  if (token.id === token.scopeId) setScopeVariable(instance, instance.scopeOf(token), name, value)
  else write(instance, { kind: 'token', owner: token }, name, value, {})
}

function write(instance: InstanceDraft, { kind, owner }: Holder, name: string, value: Value, options: SetOptions): void {
  const { run } = instance
  const existing = owner.vars[name]
  const transient = existing ? existing.transient === true : options.transient === true
  const activityInstanceId = existing?.activityInstanceId ?? options.heldIn ?? activityInstanceOf(instance, kind, owner)
  const revision = existing ? nextRevision(instance, existing) : 0
  const variable: Variable = {
    id: existing?.id ?? run.newId(),
    value,
    createdAt: existing?.createdAt ?? run.env.now,
    activityInstanceId,
    ...(revision > 0 && { revision }),
    ...(transient ? { transient: true as const } : {}),
  }
  run.written.add(variable)
  owner.vars = { ...owner.vars, [name]: variable }
  const executionId = kind === 'task' ? (owner as TaskDraft).executionId : owner.id
  if (!transient) {
    instance.record({
      kind: existing ? 'variable-updated' : 'variable-created',
      variableId: variable.id,
      name,
      value,
      executionId,
      activityInstanceId,
      ...(options.setIn !== undefined && options.setIn !== activityInstanceId && { setIn: options.setIn }),
      taskId: kind === 'task' ? owner.id : null,
      revision,
      initial: options.initial === true,
    })
  }
  if (kind !== 'task') run.conditionEvents.push({ instance, executionId, name, event: existing ? 'update' : 'create' })
}

/** Changes within one step share a number, as they share Camunda's flush. */
const nextRevision = ({ run }: InstanceDraft, variable: Variable): number =>
  run.written.has(variable) ? (variable.revision ?? 0) : (variable.revision ?? 0) + 1

const setterOf = ({ token, scope }: Place): string => token?.activityInstanceId ?? scope.activityInstanceId

function activityInstanceOf(instance: InstanceDraft, kind: Holder['kind'], owner: Holder['owner']): string {
  if (kind === 'scope') return (owner as ScopeDraft).activityInstanceId
  if (kind === 'task') return (owner as TaskDraft).activityInstanceId
  const token = owner as TokenDraft
  return token.activityInstanceId ?? instance.scopeOf(token).activityInstanceId
}

export function removeVariable(place: Place, name: string): void {
  for (const holder of holdersOf(place)) {
    if (name in holder.owner.vars) {
      drop(place.instance, holder, name)
      return
    }
  }
}

export function removeLocalVariable(place: Place, name: string): void {
  const holder = localHolder(place)
  if (name in holder.owner.vars) drop(place.instance, holder, name)
}

function drop(instance: InstanceDraft, { kind, owner }: Holder, name: string): void {
  const { [name]: removed, ...rest } = owner.vars as Record<string, Variable>
  if (!removed) return
  owner.vars = rest as VariableMap
  const executionId = kind === 'task' ? (owner as TaskDraft).executionId : owner.id
  if (!removed.transient) {
    instance.record({
      kind: 'variable-deleted',
      variableId: removed.id,
      name,
      type: removed.value.t,
      revision: nextRevision(instance, removed),
      removed: true,
      executionId,
      activityInstanceId: removed.activityInstanceId,
      taskId: kind === 'task' ? owner.id : null,
    })
  }
  if (kind !== 'task') instance.run.conditionEvents.push({ instance, executionId, name, event: 'delete' })
}
