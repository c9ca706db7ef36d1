import type { Connector } from '../../database/connection.ts'
import { connectMariadb } from '../../database/mariadb.ts'
import { connectSqlite } from '../../database/sqlite.ts'

/** An empty database of a test, by its connector: what is sent can be recorded and explained. */
export interface LargeDatabase {
  readonly name: 'SQLite' | 'MariaDB'
  open(): Promise<{ connector: Connector; drop(): Promise<void> }>
}

/** SQLite in memory, and MariaDB where `TEST_MARIADB_URL` names a server. `file` tells one test file's database from another's. */
export function largeDatabases(file: string): readonly LargeDatabase[] {
  const sqlite: LargeDatabase = {
    name: 'SQLite',
    async open() {
      const connector = await connectSqlite(':memory:')
      return { connector, drop: () => connector.close() }
    },
  }
  const server = process.env.TEST_MARIADB_URL
  if (!server) return [sqlite]
  const mariadb: LargeDatabase = {
    name: 'MariaDB',
    async open() {
      const database = `test_${file}_${process.pid}`
      const connector = await connectMariadb(new URL(database, server).href, 8)
      const drop = async () => {
        await connector.read({ sql: `drop database ${database}`, params: [] })
        await connector.close()
      }
      return { connector, drop }
    },
  }
  return [sqlite, mariadb]
}
