import type { SqlValue, Tx } from '../../../database/database.ts'
import type { TaskPatch } from '../../core/command.ts'
import type { Variables } from '../../core/value.ts'
import { endTasks, lockTasks, lockTasksBelow } from '../../runtime/sub-tasks.ts'
import type { Call } from '../http/call.ts'
import { invalidRequest, Problem } from '../problem.ts'
import { insertRow, updateTask } from './standalone-rows.ts'
import { setAbove } from './standalone-variables.ts'

/** Tasks without a process instance: rows only, with a history of their own. */
export async function isStandalone(call: Call, taskId: string): Promise<boolean> {
  if (call.runtime.context.locator.recall('task', taskId)) return false
  const [row] = await call.run.query<{ readonly task_id: string }>(
    'select task_id from ru_task where task_id = ? and instance_id is null',
    [taskId],
  )
  return row !== undefined
}

const COLUMNS: Readonly<Record<keyof TaskPatch, string>> = {
  name: 'name',
  description: 'description',
  assignee: 'assignee',
  owner: 'owner',
  delegation: 'delegation_state',
  priority: 'priority',
  due: 'due_at',
  followUp: 'follow_up_at',
  parentTaskId: 'parent_task_id',
}
/** Columns that history has not. */
const RUNTIME_ONLY = new Set(['delegation_state'])

function columnsOf(patch: TaskPatch): Map<string, SqlValue> {
  const columns = new Map<string, SqlValue>()
  for (const name of Object.keys(patch) as (keyof TaskPatch)[]) {
    const value = patch[name]
    if (value !== undefined) columns.set(COLUMNS[name], value)
  }
  if (typeof patch.name === 'string') columns.set('name_lower', patch.name.toLowerCase())
  else if (patch.name === null) columns.set('name_lower', null)
  return columns
}

interface Parent {
  readonly instance_id: string | null
  readonly tenant_id: string | null
  readonly suspended: number | boolean
}

/** Holds the task above until the transaction ends, so that it takes what hangs below it along when it goes. */
async function holdParent(call: Call, tx: Tx, taskId: string): Promise<Parent | null> {
  const [row] = await tx.query<Parent>('select instance_id, tenant_id, suspended from ru_task where task_id = ?', [taskId])
  if (!row) return null
  if (row.instance_id !== null) await call.runtime.execute({ kind: 'expectSubTasks', taskId }, tx, call.userId)
  else if ((await lockTasks((sql, params) => tx.query(sql, params), call.runtime.database.dialect, [taskId])).length === 0) return null
  return row
}

export async function create(call: Call, taskId: string, task: TaskPatch, wantedTenant: string | null): Promise<void> {
  const { context, database } = call.runtime
  const now = context.now()
  const columns = columnsOf(task)
  await database.transaction(async (tx) => {
    const [known] = await tx.query('select task_id from ru_task where task_id = ?', [taskId])
    if (known) throw new Problem(500, 'ProcessEnginePersistenceException', `A task with id ${taskId} exists already`, { code: 0 })
    const tenantId = task.parentTaskId ? await tenantBelow(call, tx, task.parentTaskId, wantedTenant) : wantedTenant
    insertRow(tx, 'ru_task', [['task_id', taskId], ['created_at', now], ['suspended', 0], ['tenant_id', tenantId], ...columns])
    const history = [...columns].filter(([column]) => !RUNTIME_ONLY.has(column))
    if (context.store.keepsHistory('task-created'))
      insertRow(tx, 'hi_task', [['task_id', taskId], ['started_at', now], ['tenant_id', tenantId], ...history])
    for (const type of ['assignee', 'owner'] as const)
      logLink(call, tx, { taskId, tenantId }, 'add', { type, userId: task[type] ?? null, groupId: null })
  })
}

/** A new task has the tenant of the one above it. */
async function tenantBelow(call: Call, tx: Tx, parentId: string, wanted: string | null): Promise<string | null> {
  const parent = await holdParent(call, tx, parentId)
  if (!parent) throw invalidRequest(`Could not save task: Parent task with id '${parentId}' does not exist: parentTask is null`)
  if (parent.suspended) throw new Problem(400, 'SuspendedEntityInteractionException', `parent task with id '${parentId}' is suspended.`)
  if (wanted !== null && wanted !== parent.tenant_id)
    throw new Problem(
      500,
      'ProcessEngineException',
      `Cannot set different tenantId on subtask than on parent Task. Parent taskId: '${parentId}', tenantId: '${parent.tenant_id}', tenant id to set '${wanted}'`,
      { code: 0 },
    )
  return parent.tenant_id
}

interface Before {
  readonly assignee: string | null
  readonly owner: string | null
  readonly tenant_id: string | null
}

/** Changes a task; what changes may follow from how it is. */
export async function patch(call: Call, taskId: string, change: TaskPatch | ((before: Before) => TaskPatch)): Promise<void> {
  const { database, context } = call.runtime
  await database.transaction(async (tx) => {
    const [before] = await tx.query<Before>('select assignee, owner, tenant_id from ru_task where task_id = ?', [taskId])
    if (!before) return
    const changed = typeof change === 'function' ? change(before) : change
    if (changed.parentTaskId) await holdParent(call, tx, changed.parentTaskId)
    const task = { taskId, tenantId: before.tenant_id }
    for (const type of ['assignee', 'owner'] as const) {
      const [was, is] = [before[type], changed[type]]
      if (is === undefined || is === was) continue
      logLink(call, tx, task, 'delete', { type, userId: was, groupId: null })
      logLink(call, tx, task, 'add', { type, userId: is, groupId: null })
    }
    const columns = [...columnsOf(changed)]
    updateTask(tx, 'ru_task', taskId, [...columns, ['updated_at', context.now()]])
    const historic = columns.filter(([column]) => !RUNTIME_ONLY.has(column))
    updateTask(tx, 'hi_task', taskId, historic)
  })
}

/** Answers the variables of what is above the task. */
export const complete = (call: Call, taskId: string, variables: Variables): Promise<Variables> =>
  end(call, taskId, 'completed', () => setAbove(call, taskId, variables))

/** Deleted by hand: history keeps it. */
export const destroy = (call: Call, taskId: string): Promise<void> => end(call, taskId, 'deleted', async () => {})

/** The task ends with all that hang below it. */
async function end<T>(call: Call, taskId: string, reason: string, before: () => Promise<T>): Promise<T> {
  const { database, context } = call.runtime
  return database.transaction(async (tx) => {
    const answer = await before()
    const query = <Row>(sql: string, params?: readonly SqlValue[]) => tx.query<Row>(sql, params)
    const own = await lockTasks(query, database.dialect, [taskId])
    endTasks(tx, [...own, ...(await lockTasksBelow(query, database.dialect, own))], context.now(), reason)
    return answer
  })
}

export async function changeLink(
  call: Call,
  taskId: string,
  adds: boolean,
  link: { readonly linkType: string; readonly userId: string | null; readonly groupId: string | null },
): Promise<void> {
  const { database, context } = call.runtime
  if (link.linkType === 'assignee' || link.linkType === 'owner') return patch(call, taskId, { [link.linkType]: adds ? link.userId : null })
  await database.transaction(async (tx) => {
    const [task] = await tx.query<{ readonly tenant_id: string | null }>('select tenant_id from ru_task where task_id = ?', [taskId])
    const place = { taskId, tenantId: task?.tenant_id ?? null }
    const same = `task_id = ? and type = ? and ${link.userId === null ? 'user_id is null' : 'user_id = ?'} and ${link.groupId === null ? 'group_id is null' : 'group_id = ?'}`
    const params = [taskId, link.linkType, ...(link.userId === null ? [] : [link.userId]), ...(link.groupId === null ? [] : [link.groupId])]
    if (!adds) {
      tx.write(`delete from ru_identity_link where ${same}`, params)
      logLink(call, tx, place, 'delete', { ...link, type: link.linkType })
      return
    }
    const [known] = await tx.query(`select identity_link_id from ru_identity_link where ${same}`, params)
    if (known) return
    insertRow(tx, 'ru_identity_link', [
      ['task_id', taskId],
      ['identity_link_id', context.newId()],
      ['type', link.linkType],
      ['user_id', link.userId],
      ['group_id', link.groupId],
    ])
    logLink(call, tx, place, 'add', { ...link, type: link.linkType })
  })
}

/** A line of the identity link log; nobody is no line. */
function logLink(
  call: Call,
  tx: Tx,
  { taskId, tenantId }: { readonly taskId: string; readonly tenantId: string | null },
  operation: 'add' | 'delete',
  link: { readonly type: string; readonly userId: string | null; readonly groupId: string | null },
): void {
  const { context } = call.runtime
  if ((link.userId === null && link.groupId === null) || !context.store.keepsHistory('identity-link-added')) return
  insertRow(tx, 'hi_identity_link', [
    ['task_id', taskId],
    ['log_id', context.newId()],
    ['at', context.now()],
    ['operation', operation],
    ['type', link.type],
    ['user_id', link.userId],
    ['group_id', link.groupId],
    ['tenant_id', tenantId],
    ['assigner_id', call.userId],
  ])
}
