import type { Definition } from './definition.ts'
import type { InstanceDraft } from './draft/instance-draft.ts'
import type { Models } from './env.ts'
import { InvariantError } from './failure.ts'
import type { EntityChange, ExecutionRow, RowKind, Rows } from './projection-rows.ts'
import type { Family, Instance, Scope, Task, Token, VariableMap } from './state.ts'

/** The rows of one kind by id. */
export type RowSets = { readonly [K in RowKind]: ReadonlyMap<string, Rows[K]> }

/** The full projection of a family: what the index tables hold. Rebuilding them is writing these. */
export function project(models: Models, family: Family | null): RowSets {
  const sets = emptySets()
  for (const instance of family?.instances.values() ?? []) {
    const definition = models.resolve({ by: 'id', id: instance.definitionId })
    if (!definition) throw new InvariantError(`definition ${instance.definitionId} is not at hand`)
    const view: View = { instance, definition }
    add(sets.instance, instanceRow(view))
    for (const scope of instance.scopes.values()) {
      add(sets.execution, scopeRow(view, scope))
      addVariables(sets, view, scope.vars, scope.id, null)
    }
    for (const token of instance.tokens.values()) {
      if (token.id !== token.scopeId) add(sets.execution, tokenRow(view, token))
      addVariables(sets, view, token.vars, token.id, null)
    }
    for (const task of instance.tasks.values()) {
      add(sets.task, taskRow(view, task))
      addVariables(sets, view, task.vars, task.executionId, task.id)
      for (const link of task.links)
        add(sets.identityLink, { ...base(view, link.id), taskId: task.id, type: link.type, userId: link.userId, groupId: link.groupId })
    }
    for (const job of instance.jobs.values()) add(sets.job, jobRow(view, job))
    for (const subscription of instance.subscriptions.values()) add(sets.subscription, subscriptionRow(view, subscription))
    for (const external of instance.externalTasks.values()) add(sets.externalTask, externalTaskRow(view, external))
    for (const incident of instance.incidents.values()) add(sets.incident, incidentRow(view, incident))
  }
  return sets
}

/** What a step changed in the rows of an instance: only entities that it touched are compared. */
export function changesOf(draft: InstanceDraft, after: Instance | null): readonly EntityChange[] {
  const before = draft.base
  if (!before && !after) return []
  const changes: EntityChange[] = []
  const old: View | null = before && { instance: before, definition: draft.definition }
  const now: View | null = after && { instance: after, definition: draft.definition }
  const compare = <K extends RowKind>(kind: K, was: Rows[K] | null, is: Rows[K] | null): void => {
    const change = difference(kind, was, is, draft.id)
    if (change) changes.push(change)
  }
  compare('instance', old && instanceRow(old), now && instanceRow(now))
  // Business key and suspension are repeated in the rows of what waits.
  const all =
    old !== null &&
    now !== null &&
    (old.instance.suspended !== now.instance.suspended || old.instance.businessKey !== now.instance.businessKey)
  const ids = <E>(table: { touched(): Iterable<string> }, stored: ReadonlyMap<string, E> | undefined): Iterable<string> => {
    if (now && !all) return table.touched()
    return new Set([...(stored?.keys() ?? []), ...(now ? table.touched() : [])])
  }
  const executions = new Set<string>([...ids(draft.scopes, before?.scopes), ...ids(draft.tokens, before?.tokens)])
  for (const id of executions) {
    compare('execution', old && executionRow(old, id), now && executionRow(now, id))
    const [a, b] = [old?.instance, now?.instance]
    compareVariables(compare, old, now, a?.scopes.get(id)?.vars, b?.scopes.get(id)?.vars, id, null)
    compareVariables(compare, old, now, a?.tokens.get(id)?.vars, b?.tokens.get(id)?.vars, id, null)
  }
  for (const id of ids(draft.tasks, before?.tasks)) {
    const was = old?.instance.tasks.get(id)
    const is = now?.instance.tasks.get(id)
    compare('task', old && was ? taskRow(old, was) : null, now && is ? taskRow(now, is) : null)
    compareVariables(compare, old, now, was?.vars, is?.vars, (is ?? was)?.executionId ?? '', id, was?.executionId)
    const linkRow = (view: View, link: Task['links'][number]): Rows['identityLink'] => ({
      ...base(view, link.id),
      taskId: id,
      type: link.type,
      userId: link.userId,
      groupId: link.groupId,
    })
    for (const link of was?.links ?? [])
      if (old && !is?.links.some((each) => each.id === link.id)) compare('identityLink', linkRow(old, link), null)
    for (const link of is?.links ?? [])
      if (now && !was?.links.some((each) => each.id === link.id)) compare('identityLink', null, linkRow(now, link))
  }
  const simple = <K extends 'job' | 'subscription' | 'externalTask' | 'incident', E>(
    kind: K,
    table: { touched(): Iterable<string> },
    pick: (instance: Instance) => ReadonlyMap<string, E>,
    row: (view: View, entity: E) => Rows[K],
  ): void => {
    for (const id of ids(table, before ? pick(before) : undefined)) {
      const was = old && pick(old.instance).get(id)
      const is = now && pick(now.instance).get(id)
      compare(kind, old && was ? row(old, was) : null, now && is ? row(now, is) : null)
    }
  }
  simple('job', draft.jobs, (instance) => instance.jobs, jobRow)
  simple('subscription', draft.subscriptions, (instance) => instance.subscriptions, subscriptionRow)
  simple('externalTask', draft.externalTasks, (instance) => instance.externalTasks, externalTaskRow)
  simple('incident', draft.incidents, (instance) => instance.incidents, incidentRow)
  return changes
}

interface View {
  readonly instance: Instance
  readonly definition: Definition
}

function difference<K extends RowKind>(kind: K, was: Rows[K] | null, is: Rows[K] | null, instanceId: string): EntityChange | null {
  if (!was && !is) return null
  if (!is) return { kind, op: 'delete', id: (was as Rows[K]).id, instanceId } as EntityChange
  if (!was) return { kind, op: 'insert', id: is.id, row: is } as EntityChange
  return sameRow(was, is) ? null : ({ kind, op: 'update', id: is.id, row: is } as EntityChange)
}

function sameRow(a: object, b: object): boolean {
  for (const key of Object.keys(b) as (keyof typeof b)[]) if (a[key] !== b[key]) return false
  return true
}

function compareVariables(
  compare: (kind: 'variable', was: Rows['variable'] | null, is: Rows['variable'] | null) => void,
  old: View | null,
  now: View | null,
  was: VariableMap = {},
  is: VariableMap = {},
  executionId: string,
  taskId: string | null,
  oldExecutionId: string = executionId,
): void {
  if (was === is && oldExecutionId === executionId) return
  for (const name of Object.keys(was)) {
    const before = was[name]
    const after = is[name]
    if (!before || !old) continue
    const wasRow = variableRow(old, name, before, oldExecutionId, taskId)
    if (after && after.id === before.id && now) compare('variable', wasRow, variableRow(now, name, after, executionId, taskId))
    else compare('variable', wasRow, null)
  }
  for (const name of Object.keys(is)) {
    const after = is[name]
    if (after && now && was[name]?.id !== after.id) compare('variable', null, variableRow(now, name, after, executionId, taskId))
  }
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

const add = <R extends { readonly id: string }>(set: Map<string, R>, row: R): void => {
  set.set(row.id, row)
}

function addVariables(
  sets: { variable: Map<string, Rows['variable']> },
  view: View,
  vars: VariableMap,
  executionId: string,
  taskId: string | null,
): void {
  for (const name of Object.keys(vars)) {
    const variable = vars[name]
    if (variable) add(sets.variable, variableRow(view, name, variable, executionId, taskId))
  }
}

const base = ({ instance, definition }: View, id: string) => ({
  id,
  instanceId: instance.id,
  rootId: instance.rootId,
  definitionId: definition.id,
  definitionKey: definition.key,
  tenantId: instance.tenantId,
})

function instanceRow({ instance, definition }: View): Rows['instance'] {
  return {
    id: instance.id,
    rootId: instance.rootId,
    definitionId: definition.id,
    definitionKey: definition.key,
    businessKey: instance.businessKey,
    tenantId: instance.tenantId,
    superInstanceId: instance.superInstanceId,
    superExecutionId: instance.superTokenId,
    suspended: instance.suspended,
    startedAt: instance.startedAt,
  }
}

function executionRow(view: View, id: string): ExecutionRow | null {
  const scope = view.instance.scopes.get(id)
  if (scope) return scopeRow(view, scope)
  const token = view.instance.tokens.get(id)
  return token ? tokenRow(view, token) : null
}

function scopeRow(view: View, scope: Scope): ExecutionRow {
  const lone = view.instance.tokens.get(scope.id)
  return execution(view, scope.id, scope.tokenId ?? scope.parentId, scope.node, lone, true, scope.activityInstanceId)
}

const tokenRow = (view: View, token: Token): ExecutionRow =>
  execution(view, token.id, token.scopeId, view.instance.scopes.get(token.scopeId)?.node ?? '', token, false, null)

function execution(
  view: View,
  id: string,
  parentId: string | null,
  scopeNode: string,
  token: Token | undefined,
  isScope: boolean,
  activityInstanceId: string | null,
): ExecutionRow {
  const node = token?.node ? view.definition.model.nodes.get(token.node) : undefined
  const isActive = token !== undefined && token.childScopeId === null && token.phase !== 'moving'
  const isTransition = token?.phase === 'async-before' || token?.phase === 'async-after'
  return {
    ...base(view, id),
    parentId,
    activityId: token && token.childScopeId === null ? token.node : null,
    activityInstanceId: token?.activityInstanceId ?? activityInstanceId,
    scopeNode,
    isScope,
    isConcurrent: !isScope,
    isActive,
    phase: token?.phase ?? 'scope',
    suspended: view.instance.suspended,
    isTransition,
    activityType: node?.activityType ?? null,
    seq: token?.seq ?? 0,
  }
}

const variableRow = (
  view: View,
  name: string,
  variable: VariableMap[string],
  executionId: string,
  taskId: string | null,
): Rows['variable'] => ({
  ...base(view, variable.id),
  name,
  value: variable.value,
  executionId,
  taskId,
  activityInstanceId: variable.activityInstanceId,
  createdAt: variable.createdAt,
})

function taskRow(view: View, task: Task): Rows['task'] {
  const { instance } = view
  return {
    ...base(view, task.id),
    executionId: task.executionId,
    activityId: task.node,
    activityInstanceId: task.activityInstanceId,
    businessKey: instance.businessKey,
    name: task.name,
    description: task.description,
    assignee: task.assignee,
    owner: task.owner,
    delegation: task.delegation,
    priority: task.priority,
    due: task.due,
    followUp: task.followUp,
    parentTaskId: task.parentTaskId,
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    formKey: task.formKey,
    formRefKey: task.formRef?.key ?? null,
    formRefBinding: task.formRef?.binding ?? null,
    formRefVersion: task.formRef?.version ?? null,
    suspended: instance.suspended,
  }
}

function jobRow(view: View, job: Instance['jobs'] extends ReadonlyMap<string, infer J> ? J : never): Rows['job'] {
  return {
    ...base(view, job.id),
    executionId: job.executionId,
    activityId: job.node,
    handler: job.handler,
    declaration: job.declaration,
    jobDefinitionId: job.jobDefinitionId,
    due: job.due,
    retries: job.retries,
    exclusive: job.exclusive,
    priority: job.priority,
    suspended: job.suspended,
    createdAt: job.createdAt,
    errorMessage: job.error?.message ?? null,
    errorStack: job.error?.stack ?? null,
    failedActivityId: job.error?.failedActivityId ?? null,
  }
}

function subscriptionRow(
  view: View,
  subscription: Instance['subscriptions'] extends ReadonlyMap<string, infer S> ? S : never,
): Rows['subscription'] {
  return {
    ...base(view, subscription.id),
    type: subscription.type,
    name: subscription.name,
    executionId: subscription.executionId,
    activityId: subscription.node,
    createdAt: subscription.createdAt,
    seq: subscription.seq,
    businessKey: view.instance.businessKey,
    suspended: view.instance.suspended,
  }
}

function externalTaskRow(
  view: View,
  task: Instance['externalTasks'] extends ReadonlyMap<string, infer X> ? X : never,
): Rows['externalTask'] {
  const { node, ...rest } = task
  return { ...base(view, task.id), ...rest, activityId: node, businessKey: view.instance.businessKey, suspended: view.instance.suspended }
}

const incidentRow = (view: View, incident: Instance['incidents'] extends ReadonlyMap<string, infer I> ? I : never): Rows['incident'] => ({
  ...base(view, incident.id),
  ...incident,
})
