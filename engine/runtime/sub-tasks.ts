import type { Database, Tx } from '../../database/database.ts'
import type { Query } from './ports.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/**
 * Tasks that were made by hand are rows of their own, of no instance. Those below another task go with it: who makes one locks the
 * task above it first (a task of an instance by its root, and marks it), and who ends one locks each level before it reads the next,
 * so that on no node a task is made below one that is going.
 */
type Dialect = Database['dialect']

/** What the core asks for when a marked task has gone. */
export async function endSubTasks(unit: UnitOfWork, { taskId, deleteReason }: { taskId: string; deleteReason: string }): Promise<void> {
  endTasks(unit.tx, await lockTasksBelow(unit.query, unit.context.database.dialect, [taskId]), unit.now, deleteReason)
}

/** Those of these tasks made by hand that are still open, locked. */
export async function lockTasks(query: Query, dialect: Dialect, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const forUpdate = dialect === 'mariadb' ? ' for update' : ''
  const rows = await query<{ readonly task_id: string }>(
    `select task_id from ru_task where task_id in ${inList(ids)} and instance_id is null${forUpdate}`,
    ids,
  )
  return rows.map((row) => row.task_id)
}

/** All open tasks made by hand below these, at any depth, locked. */
export async function lockTasksBelow(query: Query, dialect: Dialect, parents: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  let level = parents
  while (level.length > 0) {
    const rows = await query<{ readonly task_id: string }>(
      `select task_id from ru_task where instance_id is null and parent_task_id in ${inList(level)}`,
      level,
    )
    level = await lockTasks(
      query,
      dialect,
      rows.map((row) => row.task_id).filter((id) => !found.has(id)),
    )
    for (const id of level) found.add(id)
  }
  return [...found]
}

/** Ends tasks made by hand; history keeps them. */
export function endTasks(tx: Tx, ids: readonly string[], at: number, deleteReason: string): void {
  if (ids.length === 0) return
  removeOpen(tx, ids)
  tx.write(`update hi_task set ended_at = ?, delete_reason = ? where task_id in ${inList(ids)}`, [at, deleteReason, ...ids])
}

/** Removes tasks made by hand from history as well. */
export function forgetTasks(tx: Tx, ids: readonly string[]): void {
  if (ids.length === 0) return
  removeOpen(tx, ids)
  for (const table of ['hi_detail', 'hi_variable'])
    tx.write(`delete from ${table} where instance_id = '' and task_id in ${inList(ids)}`, ids)
  for (const table of ['hi_identity_link', 'hi_comment', 'hi_attachment', 'hi_task'])
    tx.write(`delete from ${table} where task_id in ${inList(ids)}`, ids)
}

function removeOpen(tx: Tx, ids: readonly string[]): void {
  tx.write(`delete from ru_variable where instance_id = '' and task_id in ${inList(ids)}`, ids)
  for (const table of ['ru_identity_link', 'ru_task']) tx.write(`delete from ${table} where task_id in ${inList(ids)}`, ids)
}

const inList = (items: readonly unknown[]) => `(${items.map(() => '?').join(', ')})`
