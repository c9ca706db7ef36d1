import type { Database, SqlValue } from '../database/database.ts'

/** One writing statement: joins the transaction that is open, else is one of its own. */
export async function write(database: Database, sql: string, params: readonly SqlValue[]): Promise<void> {
  await database.transaction((tx) => tx.query(sql, params))
}
