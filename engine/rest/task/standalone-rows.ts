import type { SqlValue, Tx } from '../../../database/database.ts'

type Columns = readonly (readonly [string, SqlValue])[]

export const insertRow = (tx: Tx, table: string, row: Columns): void =>
  tx.write(
    `insert into ${table} (${row.map(([column]) => column).join(', ')}) values (${row.map(() => '?').join(', ')})`,
    row.map(([, value]) => value),
  )

export function updateTask(tx: Tx, table: 'ru_task' | 'hi_task', taskId: string, row: Columns): void {
  if (row.length > 0)
    tx.write(`update ${table} set ${row.map(([column]) => `${column} = ?`).join(', ')} where task_id = ?`, [
      ...row.map(([, value]) => value),
      taskId,
    ])
}
