import { driverError } from './connection.ts'
import type { Database } from './database.ts'

/** One step of the schema. Ids sort: the hundreds say whose tables it makes. */
export interface Migration {
  readonly id: string
  readonly up: (context: MigrationContext) => Promise<void>
}

export interface MigrationContext {
  readonly dialect: Database['dialect']
  /**
   * Runs one statement. `create table`, `create index` and `alter table … add column` are re-runnable: what exists already is left
   * alone, because MySQL commits each such statement and a migration may have stopped half way.
   */
  readonly run: (sql: string) => Promise<void>
  readonly types: ColumnTypes
  readonly now: number
}

/** Column types that mean the same on both dialects. Text compares byte by byte, blanks at the end included. */
export interface ColumnTypes {
  /** UUIDs and the composed ids of engines, which hold element ids and so may hold any character. */
  readonly id: string
  /** Text of at most `length` characters that an index may hold. */
  readonly text: (length: number) => string
  readonly longText: string
  /** JSON as text; read and written as a string. */
  readonly json: string
  /** Epoch milliseconds. */
  readonly instant: string
  /** 0 or 1. */
  readonly bool: string
  readonly int: string
  readonly long: string
  readonly double: string
  readonly bytes: string
  /** A text column within an index: MariaDB takes its first `length` characters, SQLite the whole. */
  readonly prefix: (column: string, length: number) => string
  /** Ends a table whose rows lie in the order of their primary key, as those of MariaDB always do: rows of one owner are neighbours. */
  readonly byKey: string
}

const types: Readonly<Record<Database['dialect'], ColumnTypes>> = {
  sqlite: {
    id: 'varchar(255)',
    text: (length) => `varchar(${length})`,
    longText: 'text',
    json: 'text',
    instant: 'bigint',
    bool: 'smallint',
    int: 'integer',
    long: 'bigint',
    double: 'double',
    bytes: 'blob',
    prefix: (name) => name,
    byKey: ' without rowid',
  },
  mariadb: {
    id: 'varchar(255)',
    text: (length) => `varchar(${length})`,
    longText: 'longtext',
    json: 'longtext',
    instant: 'bigint',
    bool: 'smallint',
    int: 'int',
    long: 'bigint',
    double: 'double',
    bytes: 'longblob',
    prefix: (name, length) => `${name}(${length})`,
    byKey: '',
  },
}

/** Runs the migrations that have not run on this database yet, in the order of their ids. Answers the ids of those that ran. */
export async function migrate(database: Database, migrations: readonly Migration[], now = 0): Promise<readonly string[]> {
  const { dialect } = database
  const column = types[dialect]
  const create = `create table if not exists schema_migration (schema_migration_id ${column.id} not null primary key, applied_at ${column.instant} not null)`
  return withMigrationLock(database, async () => {
    await database.transaction((tx) => tx.query(create))
    const rows = await database.query<{ schema_migration_id: string }>('select schema_migration_id from schema_migration')
    const applied = new Set(rows.map((row) => row.schema_migration_id))
    const ran: string[] = []
    for (const migration of [...migrations].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (applied.has(migration.id)) continue
      await database.transaction(async (tx) => {
        const run = async (sql: string) => {
          try {
            await tx.query(rerunnable(sql))
          } catch (error) {
            if (!existsAlready(error)) throw error
          }
        }
        await migration.up({ dialect, run, types: column, now })
        await tx.query('insert into schema_migration (schema_migration_id, applied_at) values (?, ?)', [migration.id, now])
      })
      ran.push(migration.id)
    }
    return ran
  })
}

const rerunnable = (sql: string) => sql.trim().replace(/^create table (?!if not exists)/i, 'create table if not exists ')

/** MariaDB: table 1050, column 1060, key 1061 exists. SQLite says so in words. */
function existsAlready(error: unknown): boolean {
  const { errno, message } = driverError(error)
  return [1050, 1060, 1061].includes(Number(errno)) || /already exists|duplicate column name/.test(String(message))
}

/** Two nodes that start at once on one MariaDB migrate one after the other. SQLite has one writer anyway. */
async function withMigrationLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  if (database.dialect === 'sqlite') return work()
  return database.transaction(async (holder) => {
    await holder.query("select get_lock(concat(database(), ':migrate'), 60) as locked")
    try {
      return await database.outside(work)
    } finally {
      await holder.query("select release_lock(concat(database(), ':migrate')) as released")
    }
  })
}
