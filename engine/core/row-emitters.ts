import type { Definition } from './definition.ts'
import type { ExecutionRow, RowKind, Rows } from './projection-rows.ts'
import type { CompensationEntry, ExternalTask, Incident, Instance, Job, Scope, Subscription, Task, Token, VariableMap } from './state.ts'

/** An instance with its definition: what rows are made of. */
export interface View {
  readonly instance: Instance
  readonly definition: Definition
}

/** Takes one row. */
export type Emit = <K extends RowKind>(kind: K, row: Rows[K]) => void

const base = ({ instance, definition }: View, id: string) => ({
  id,
  instanceId: instance.id,
  rootId: instance.rootId,
  definitionId: definition.id,
  definitionKey: definition.key,
  tenantId: instance.tenantId,
})

export function instanceRow({ instance, definition }: View): Rows['instance'] {
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

/** The row of an execution: of the scope with this id, else of the token. */
export function emitExecution(view: View, id: string, emit: Emit): void {
  const scope = view.instance.scopes.get(id)
  const token = view.instance.tokens.get(id)
  if (scope) emit('execution', scopeRow(view, scope))
  else if (token) emit('execution', tokenRow(view, token))
}

export interface VariableOwner {
  readonly vars: VariableMap
  readonly executionId: string
  readonly taskId: string | null
  /** The activity instance in which branch-local variables are valid; null: as stored with them. */
  readonly validIn: string | null
}

/** The variables that hang on an execution: of the scope and of the token with this id. */
export function ownersOf({ instance }: View, id: string): readonly VariableOwner[] {
  const owners: VariableOwner[] = []
  const scope = instance.scopes.get(id)
  if (scope) owners.push({ vars: scope.vars, executionId: id, taskId: null, validIn: scope.activityInstanceId })
  const token = instance.tokens.get(id)
  if (token) {
    const inner = token.childScopeId === null ? undefined : instance.scopes.get(token.childScopeId)
    // Within a subprocess its instance; a task that waits in a scope of its own keeps what surrounds it, as in Camunda.
    const isLeaf = inner !== undefined && instance.tokens.get(inner.id)?.activityInstanceId === inner.activityInstanceId
    owners.push({
      vars: token.vars,
      executionId: id,
      taskId: null,
      validIn: inner && !isLeaf ? inner.activityInstanceId : token.activityInstanceId,
    })
  }
  return owners
}

export const ownerOfTask = (task: Task): VariableOwner => ({
  vars: task.vars,
  executionId: task.executionId,
  taskId: task.id,
  validIn: null,
})

export function emitVariables(view: View, { vars, executionId, taskId, validIn }: VariableOwner, emit: Emit): void {
  for (const name of Object.keys(vars)) {
    const variable = vars[name]
    if (!variable) continue
    emit('variable', {
      id: variable.id,
      instanceId: view.instance.id,
      rootId: view.instance.rootId,
      definitionId: view.definition.id,
      definitionKey: view.definition.key,
      tenantId: view.instance.tenantId,
      name,
      value: variable.value,
      executionId,
      taskId,
      activityInstanceId: validIn ?? variable.activityInstanceId,
      createdAt: variable.createdAt,
    })
  }
}

export function emitTask(view: View, task: Task, emit: Emit): void {
  emit('task', taskRow(view, task))
  for (const link of task.links)
    emit('identityLink', { ...base(view, link.id), taskId: task.id, type: link.type, userId: link.userId, groupId: link.groupId })
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
  const isActive = token !== undefined && token.childScopeId === null && token.phase !== 'moving' && token.phase !== 'joining'
  const isTransition = token?.phase === 'async-before' || token?.phase === 'async-after'
  return {
    id,
    instanceId: view.instance.id,
    rootId: view.instance.rootId,
    definitionId: view.definition.id,
    definitionKey: view.definition.key,
    tenantId: view.instance.tenantId,
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

function taskRow(view: View, task: Task): Rows['task'] {
  const { instance } = view
  return {
    id: task.id,
    instanceId: view.instance.id,
    rootId: view.instance.rootId,
    definitionId: view.definition.id,
    definitionKey: view.definition.key,
    tenantId: view.instance.tenantId,
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

export function jobRow(view: View, job: Job): Rows['job'] {
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

export function subscriptionRow(view: View, subscription: Subscription): Rows['subscription'] {
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

/** What can be compensated is listed as subscriptions of type `compensate`, with those inside of completed subprocesses. */
export function emitCompensation(view: View, entry: CompensationEntry, executionId: string, emit: Emit): void {
  emit('subscription', {
    ...base(view, entry.id),
    type: 'compensate',
    name: null,
    executionId,
    activityId: entry.handlerId,
    createdAt: entry.createdAt,
    seq: entry.seq,
    businessKey: view.instance.businessKey,
    suspended: view.instance.suspended,
  })
  for (const inner of entry.inner) emitCompensation(view, inner, entry.id, emit)
}

export function externalTaskRow(view: View, task: ExternalTask): Rows['externalTask'] {
  const { node, ...rest } = task
  return {
    instanceId: view.instance.id,
    rootId: view.instance.rootId,
    definitionId: view.definition.id,
    definitionKey: view.definition.key,
    tenantId: view.instance.tenantId,
    ...rest,
    activityId: node,
    businessKey: view.instance.businessKey,
    suspended: view.instance.suspended,
  }
}

export const incidentRow = (view: View, incident: Incident): Rows['incident'] => ({
  ...base(view, incident.id),
  ...incident,
})
