import type { Database } from './database.ts'
import { type Migration, migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'

/** A database of a test file: opened and migrated, and dropped by `drop`. */
export interface TestDatabase {
  readonly name: 'SQLite' | 'MariaDB'
  open(): Promise<{ database: Database; url: string; drop(): Promise<void> }>
}

/**
 * The databases to run a test body on: SQLite in memory, and MariaDB where `TEST_MARIADB_URL` names a server.
 * `file` tells one test file's database from another's. Use with `describe.each(testDatabases('x', migrations))`.
 */
export function testDatabases(file: string, migrations: readonly Migration[]): readonly TestDatabase[] {
  const sqlite: TestDatabase = {
    name: 'SQLite',
    async open() {
      const database = await openDatabase('sqlite::memory:')
      await migrate(database, migrations)
      return { database, url: 'sqlite::memory:', drop: () => database.close() }
    },
  }
  const server = process.env.TEST_MARIADB_URL
  if (!server) return [sqlite]
  const mariadb: TestDatabase = {
    name: 'MariaDB',
    async open() {
      const name = `test_${file.replace(/\W/g, '_')}_${process.pid}`
      const url = new URL(name, server).href
      const database = await openDatabase(url)
      await migrate(database, migrations)
      return {
        database,
        url,
        async drop() {
          await database.query(`drop database \`${name}\``)
          await database.close()
        },
      }
    },
  }
  return [sqlite, mariadb]
}
