import type { InstanceDraft } from './draft/instance-draft.ts'
import type { Models } from './env.ts'
import { InvariantError } from './failure.ts'
import type { EntityChange, RowKind, Rows } from './projection-rows.ts'
import {
  type Emit,
  emitCompensation,
  emitExecution,
  emitTask,
  emitVariables,
  externalTaskRow,
  incidentRow,
  instanceRow,
  jobRow,
  ownerOfTask,
  ownersOf,
  subscriptionRow,
  type VariableOwner,
  type View,
} from './row-emitters.ts'
import type { CompensationEntry, Family, Instance, Variable, VariableMap } from './state.ts'

/** The rows of one kind by id. */
export type RowSets = { readonly [K in RowKind]: ReadonlyMap<string, Rows[K]> }

/** The full projection of a family: what the index tables hold. Rebuilding them is writing these. */
export function project(models: Models, family: Family | null): RowSets {
  const sets = emptySets()
  const emit: Emit = (kind, row) => {
    ;(sets[kind] as Map<string, typeof row>).set(row.id, row)
  }
  for (const instance of family?.instances.values() ?? []) {
    const definition = models.resolve({ by: 'id', id: instance.definitionId })
    if (!definition) throw new InvariantError(`definition ${instance.definitionId} is not at hand`)
    emitInstance({ instance, definition }, emit)
  }
  return sets
}

function emitInstance(view: View, emit: Emit): void {
  const { instance } = view
  emit('instance', instanceRow(view))
  for (const [id, scope] of instance.scopes) {
    emitExecution(view, id, emit)
    for (const entry of scope.compensations) emitCompensation(view, entry, id, emit)
    for (const owner of ownersOf(view, id)) emitVariables(view, owner, emit)
  }
  for (const id of instance.tokens.keys()) {
    if (instance.scopes.has(id)) continue
    emitExecution(view, id, emit)
    for (const owner of ownersOf(view, id)) emitVariables(view, owner, emit)
  }
  for (const task of instance.tasks.values()) {
    emitTask(view, task, emit)
    emitVariables(view, ownerOfTask(task), emit)
  }
  for (const job of instance.jobs.values()) emit('job', jobRow(view, job))
  for (const subscription of instance.subscriptions.values()) emit('subscription', subscriptionRow(view, subscription))
  for (const external of instance.externalTasks.values()) emit('externalTask', externalTaskRow(view, external))
  for (const incident of instance.incidents.values()) emit('incident', incidentRow(view, incident))
}

/** Deletes of everything that an instance had: no row needs to be made for that. */
function removalOf(instance: Instance): EntityChange[] {
  const removal = new Removal(instance.id)
  for (const scope of instance.scopes.values()) {
    removal.add('execution', scope.id)
    removal.addVariables(scope.vars)
    for (const entry of scope.compensations) removal.addCompensation(entry)
  }
  for (const token of instance.tokens.values()) {
    if (!instance.scopes.has(token.id)) removal.add('execution', token.id)
    removal.addVariables(token.vars)
  }
  for (const task of instance.tasks.values()) {
    removal.add('task', task.id)
    removal.addVariables(task.vars)
    for (const link of task.links)
      removal.changes.push({ kind: 'identityLink', op: 'delete', id: link.id, instanceId: instance.id, taskId: task.id })
  }
  for (const id of instance.jobs.keys()) removal.add('job', id)
  for (const id of instance.subscriptions.keys()) removal.add('subscription', id)
  for (const id of instance.externalTasks.keys()) removal.add('externalTask', id)
  for (const id of instance.incidents.keys()) removal.add('incident', id)
  removal.add('instance', instance.id)
  return removal.changes
}

class Removal {
  readonly changes: EntityChange[] = []
  private readonly instanceId: string

  constructor(instanceId: string) {
    this.instanceId = instanceId
  }

  add(kind: Exclude<RowKind, 'identityLink'>, id: string): void {
    this.changes.push({ kind, op: 'delete', id, instanceId: this.instanceId })
  }

  addVariables(vars: VariableMap): void {
    for (const name in vars) this.add('variable', (vars[name] as Variable).id)
  }

  addCompensation(entry: CompensationEntry): void {
    this.add('subscription', entry.id)
    for (const inner of entry.inner) this.addCompensation(inner)
  }
}

/**
 * What a step changed in the rows of an instance: the rows of the entities that it touched, before and after. A row may pass
 * from one entity to another (a variable from a branch to its scope), so they are compared all together.
 */
export function changesOf(draft: InstanceDraft, after: Instance | null): readonly EntityChange[] {
  const before = draft.base
  const { definition } = draft
  if (!before && !after) return []
  if (!after) return removalOf(before as Instance)
  if (!before) {
    const inserts: EntityChange[] = []
    emitInstance({ instance: after, definition }, (kind, row) => {
      inserts.push({ kind, op: 'insert', id: row.id, row } as unknown as EntityChange)
    })
    return inserts
  }
  const rows = new Map<string, { kind: RowKind; id: string; was: Rows[RowKind] | null; is: Rows[RowKind] | null }>()
  const emitTo =
    (side: 'was' | 'is'): Emit =>
    (kind, row) => {
      const key = `${kind} ${row.id}`
      const known = rows.get(key)
      if (known) known[side] = row
      else rows.set(key, { kind, id: row.id, was: null, is: null, [side]: row })
    }
  const sides = [
    { view: { instance: before, definition: draft.baseDefinition }, emit: emitTo('was') },
    { view: { instance: after, definition }, emit: emitTo('is') },
  ]
  // Business key and suspension are repeated in the rows of what waits.
  const isWhole =
    before.suspended !== after.suspended || before.businessKey !== after.businessKey || before.definitionId !== after.definitionId
  const touched = (table: { touched(): Iterable<string> }, pick: (instance: Instance) => ReadonlyMap<string, unknown>): Set<string> => {
    const ids = new Set(table.touched())
    if (isWhole) for (const { view } of sides) for (const id of pick(view.instance).keys()) ids.add(id)
    return ids
  }
  const executions = touched(draft.scopes, (instance) => instance.scopes)
  for (const id of touched(draft.tokens, (instance) => instance.tokens)) executions.add(id)
  const tasks = touched(draft.tasks, (instance) => instance.tasks)
  const jobs = touched(draft.jobs, (instance) => instance.jobs)
  const subscriptions = touched(draft.subscriptions, (instance) => instance.subscriptions)
  const externals = touched(draft.externalTasks, (instance) => instance.externalTasks)
  const incidents = touched(draft.incidents, (instance) => instance.incidents)
  const owners = (view: View, id: string, ofTask: boolean): readonly VariableOwner[] => {
    if (!ofTask) return ownersOf(view, id)
    const task = view.instance.tasks.get(id)
    return task ? [ownerOfTask(task)] : []
  }
  const emitOwned = (id: string, ofTask: boolean): void => {
    const lists = sides.map(({ view }) => owners(view, id, ofTask))
    if (sameOwners(lists[0] ?? [], lists[1] ?? [])) return
    sides.forEach(({ view, emit }, side) => {
      for (const owner of lists[side] ?? []) emitVariables(view, owner, emit)
    })
  }
  // A scope may remember a thousand: only those that came or went are looked at.
  const emitCompensations = (id: string): void => {
    const [was, is] = sides.map(({ view }) => view.instance.scopes.get(id)?.compensations ?? [])
    if (was === is && !isWhole) return
    sides.forEach(({ view, emit }, side) => {
      const others = new Set(isWhole ? [] : side === 0 ? is : was)
      for (const entry of (side === 0 ? was : is) ?? []) if (!others.has(entry)) emitCompensation(view, entry, id, emit)
    })
  }
  for (const { view, emit } of sides) {
    emit('instance', instanceRow(view))
    const { instance } = view
    for (const id of executions) emitExecution(view, id, emit)
    for (const id of tasks) present(instance.tasks.get(id), (task) => emitTask(view, task, emit))
    for (const id of jobs) present(instance.jobs.get(id), (job) => emit('job', jobRow(view, job)))
    for (const id of subscriptions) present(instance.subscriptions.get(id), (each) => emit('subscription', subscriptionRow(view, each)))
    for (const id of externals) present(instance.externalTasks.get(id), (task) => emit('externalTask', externalTaskRow(view, task)))
    for (const id of incidents) present(instance.incidents.get(id), (incident) => emit('incident', incidentRow(view, incident)))
  }
  for (const id of executions) {
    emitCompensations(id)
    emitOwned(id, false)
  }
  for (const id of tasks) emitOwned(id, true)
  const changes: EntityChange[] = []
  for (const { kind, id, was, is } of rows.values()) {
    if (!is)
      changes.push({ kind, op: 'delete', id, instanceId: draft.id, ...(was && 'taskId' in was && { taskId: was.taskId }) } as EntityChange)
    else if (!was) changes.push({ kind, op: 'insert', id, row: is } as EntityChange)
    else if (!sameRow(was, is)) changes.push({ kind, op: 'update', id, row: is } as EntityChange)
  }
  return changes
}

function present<E>(entity: E | undefined, use: (entity: E) => void): void {
  if (entity !== undefined) use(entity)
}

function sameOwners(a: readonly VariableOwner[], b: readonly VariableOwner[]): boolean {
  return (
    a.length === b.length &&
    a.every((owner, index) => {
      const other = b[index]
      return other !== undefined && owner.vars === other.vars && owner.validIn === other.validIn && owner.executionId === other.executionId
    })
  )
}

function sameRow(a: object, b: object): boolean {
  for (const key of Object.keys(b) as (keyof typeof b)[]) if (a[key] !== b[key]) return false
  return true
}

function emptySets(): { [K in RowKind]: Map<string, Rows[K]> } {
  return {
    instance: new Map(),
    execution: new Map(),
    variable: new Map(),
    task: new Map(),
    identityLink: new Map(),
    job: new Map(),
    subscription: new Map(),
    externalTask: new Map(),
    incident: new Map(),
  }
}
