import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migrations } from '../../migrations/index.ts'
import { emptyDatabase } from '../empty-database.ts'

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
    empty: () => emptyDatabase(database),
    async drop() {
      if (!isSqlite) await database.query(`drop database \`${name}\``)
      await database.close()
    },
  }
}
