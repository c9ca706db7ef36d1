import type { SqlValue, Tx } from '../../../database/database.ts'
import type { TaskPatch } from '../../core/command.ts'
import type { Value, Variables } from '../../core/value.ts'
import { decodeValue, valueRow } from '../../runtime/value-columns.ts'
import type { Call } from '../http/call.ts'

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

export async function create(call: Call, taskId: string, task: TaskPatch, tenantId: string | null): Promise<void> {
  const now = call.runtime.context.now()
  const columns = columnsOf(task)
  const runtime: [string, SqlValue][] = [['task_id', taskId], ['created_at', now], ['suspended', 0], ['tenant_id', tenantId], ...columns]
  const history = [...columns].filter(([column]) => !RUNTIME_ONLY.has(column))
  await call.runtime.database.transaction(async (tx) => {
    insert(tx, 'ru_task', runtime)
    insert(tx, 'hi_task', [['task_id', taskId], ['started_at', now], ['tenant_id', tenantId], ...history])
    for (const type of ['assignee', 'owner'] as const) logLink(call, tx, taskId, 'add', { type, userId: task[type] ?? null, groupId: null })
  })
}

export async function patch(call: Call, taskId: string, change: TaskPatch): Promise<void> {
  const columns = columnsOf(change)
  await call.runtime.database.transaction(async (tx) => {
    const [before] = await tx.query<{ readonly assignee: string | null; readonly owner: string | null }>(
      'select assignee, owner from ru_task where task_id = ?',
      [taskId],
    )
    for (const type of ['assignee', 'owner'] as const) {
      const [was, is] = [before?.[type] ?? null, change[type]]
      if (is === undefined || is === was) continue
      logLink(call, tx, taskId, 'delete', { type, userId: was, groupId: null })
      logLink(call, tx, taskId, 'add', { type, userId: is, groupId: null })
    }
    update(tx, 'ru_task', taskId, [...columns, ['updated_at', call.runtime.context.now()]])
    update(
      tx,
      'hi_task',
      taskId,
      [...columns].filter(([column]) => !RUNTIME_ONLY.has(column)),
    )
  })
}

export async function complete(call: Call, taskId: string): Promise<void> {
  await call.runtime.database.transaction(async (tx) => {
    remove(tx, taskId)
    update(tx, 'hi_task', taskId, [
      ['ended_at', call.runtime.context.now()],
      ['delete_reason', 'completed'],
    ])
  })
}

/** Deleted for good, with its subtasks: history forgets them too. */
export async function destroy(call: Call, taskId: string): Promise<void> {
  const children = await call.run.query<{ readonly task_id: string }>(
    'select task_id from ru_task where parent_task_id = ? and instance_id is null',
    [taskId],
  )
  for (const child of children) await destroy(call, child.task_id)
  await call.runtime.database.transaction(async (tx) => {
    remove(tx, taskId)
    for (const table of ['hi_task', 'hi_variable', 'hi_detail', 'hi_identity_link', 'hi_comment', 'hi_attachment'])
      tx.write(`delete from ${table} where task_id = ?`, [taskId])
  })
}

export async function variablesOf(call: Call, taskId: string): Promise<Variables> {
  const rows = await call.run.query<{ readonly name: string; readonly json_value: string }>(
    'select name, json_value from ru_variable where task_id = ?',
    [taskId],
  )
  return Object.fromEntries(rows.map((row) => [row.name, decodeValue(row.json_value)]))
}

export async function setVariables(call: Call, taskId: string, variables: Variables, deletions: readonly string[]): Promise<void> {
  const { database, context } = call.runtime
  const now = context.now()
  await database.transaction(async (tx) => {
    const rows = await tx.query<{ readonly name: string; readonly variable_id: string }>(
      'select name, variable_id from ru_variable where task_id = ?',
      [taskId],
    )
    const ids = new Map(rows.map((row) => [row.name, row.variable_id]))
    for (const [name, value] of Object.entries(variables)) writeVariable(tx, taskId, name, value, ids.get(name), () => context.newId(), now)
    for (const name of deletions) {
      const id = ids.get(name)
      if (id === undefined) continue
      tx.write('delete from ru_variable where task_id = ? and variable_id = ?', [taskId, id])
      tx.write("update hi_variable set state = 'DELETED' where variable_id = ?", [id])
    }
  })
}

function writeVariable(
  tx: Tx,
  taskId: string,
  name: string,
  value: Value,
  known: string | undefined,
  newId: () => string,
  now: number,
): void {
  const columns: [string, SqlValue][] = [['type', value.t], ...Object.entries(valueRow(value))]
  if (known !== undefined) {
    for (const table of ['ru_variable', 'hi_variable'])
      tx.write(`update ${table} set ${columns.map(([column]) => `${column} = ?`).join(', ')} where variable_id = ?`, [
        ...columns.map(([, item]) => item),
        known,
      ])
    return
  }
  const common: [string, SqlValue][] = [
    ['instance_id', ''],
    ['variable_id', newId()],
    ['task_id', taskId],
    ['name', name],
    ['created_at', now],
    ...columns,
  ]
  insert(tx, 'ru_variable', common)
  insert(tx, 'hi_variable', [...common, ['revision', 0], ['state', 'CREATED']])
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
    const same = `task_id = ? and type = ? and ${link.userId === null ? 'user_id is null' : 'user_id = ?'} and ${link.groupId === null ? 'group_id is null' : 'group_id = ?'}`
    const params = [taskId, link.linkType, ...(link.userId === null ? [] : [link.userId]), ...(link.groupId === null ? [] : [link.groupId])]
    if (!adds) {
      tx.write(`delete from ru_identity_link where ${same}`, params)
      logLink(call, tx, taskId, 'delete', { ...link, type: link.linkType })
      return
    }
    const [known] = await tx.query(`select identity_link_id from ru_identity_link where ${same}`, params)
    if (known) return
    insert(tx, 'ru_identity_link', [
      ['task_id', taskId],
      ['identity_link_id', context.newId()],
      ['type', link.linkType],
      ['user_id', link.userId],
      ['group_id', link.groupId],
    ])
    logLink(call, tx, taskId, 'add', { ...link, type: link.linkType })
  })
}

/** A line of the identity link log; nobody is no line. */
function logLink(
  call: Call,
  tx: Tx,
  taskId: string,
  operation: 'add' | 'delete',
  link: { readonly type: string; readonly userId: string | null; readonly groupId: string | null },
): void {
  if (link.userId === null && link.groupId === null) return
  insert(tx, 'hi_identity_link', [
    ['task_id', taskId],
    ['log_id', call.runtime.context.newId()],
    ['at', call.runtime.context.now()],
    ['operation', operation],
    ['type', link.type],
    ['user_id', link.userId],
    ['group_id', link.groupId],
    ['assigner_id', call.userId],
  ])
}

function remove(tx: Tx, taskId: string): void {
  tx.write("delete from ru_variable where instance_id = '' and task_id = ?", [taskId])
  for (const table of ['ru_identity_link', 'ru_task']) tx.write(`delete from ${table} where task_id = ?`, [taskId])
}

const insert = (tx: Tx, table: string, row: readonly (readonly [string, SqlValue])[]): void =>
  tx.write(
    `insert into ${table} (${row.map(([column]) => column).join(', ')}) values (${row.map(() => '?').join(', ')})`,
    row.map(([, value]) => value),
  )

function update(tx: Tx, table: string, taskId: string, row: readonly (readonly [string, SqlValue])[]): void {
  if (row.length > 0)
    tx.write(`update ${table} set ${row.map(([column]) => `${column} = ?`).join(', ')} where task_id = ?`, [
      ...row.map(([, value]) => value),
      taskId,
    ])
}
