import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migrations } from '../../migrations/index.ts'

/** A migrated database that is emptied between scenarios: making its tables takes longer than most of them play. */
export interface ScenarioDatabase {
  readonly database: Database
  empty(): Promise<void>
  /** Closes it, and drops it where it was made for the purpose. */
  drop(): Promise<void>
}

/** `sqlite::memory:`, or a database called `name` on the MySQL server of `url`, made and dropped by us. */
export async function openScenarioDatabase(url: string, name: string): Promise<ScenarioDatabase> {
  const isSqlite = url.startsWith('sqlite:')
  const database = await openDatabase(isSqlite ? url : new URL(name, url).href)
  await migrate(database, migrations)
  return {
    database,
    async empty() {
      const tables = await tablesOf(database)
      await database.transaction(async (tx) => {
        for (const table of tables) {
          const [row] = await tx.query(`select 1 as found from ${table} limit 1`)
          if (row) await tx.query(`delete from ${table}`)
        }
      })
    },
    async drop() {
      if (!isSqlite) await database.query(`drop database \`${name}\``)
      await database.close()
    },
  }
}

async function tablesOf(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }>(
    database.dialect === 'sqlite'
      ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
      : "select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'",
  )
  return rows.map((row) => row.name).filter((name) => name !== 'schema_migration')
}
