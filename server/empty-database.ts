import type { Database } from '../database/database.ts'

/** Takes every row out of every table, and leaves the tables. */
export async function emptyDatabase(database: Database): Promise<void> {
  const tables = await tablesOf(database)
  await database.transaction(async (tx) => {
    for (const table of tables) {
      const [row] = await tx.query(`select 1 as found from ${table} limit 1`)
      if (row) await tx.query(`delete from ${table}`)
    }
  })
}

async function tablesOf(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }>(
    database.dialect === 'sqlite'
      ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
      : "select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'",
  )
  return rows.map((row) => row.name).filter((name) => name !== 'schema_migration')
}
