import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { isArrayBuffer } from 'node:util/types'
import { DataSource } from 'typeorm'
import { type Connector, driverError, type Statement } from './connection.ts'

/** One writer per file in this process: two handles on one file share it. */
const writers = new Map<string, Mutex>()

class Mutex {
  private tail: Promise<void> = Promise.resolve()
  /** Resolves, when it is this caller's turn, with the function that ends the turn. */
  async take(): Promise<() => void> {
    let free = () => {}
    const before = this.tail
    this.tail = new Promise((done) => {
      free = done
    })
    await before
    return free
  }
}

/**
 * SQLite by libsql. One connection writes, one transaction at a time: on a shared connection two transactions would interleave and
 * the rollback of one would take the other's writes with it. Reads outside transactions have a connection of their own on a file,
 * so that they see only what is committed.
 */
export async function connectSqlite(file: string): Promise<Connector> {
  const memory = file === ':memory:'
  const path = memory ? file : resolve(file)
  const driver: unknown = createRequire(import.meta.url)('libsql')
  const source = await open(path, driver, ['pragma journal_mode=wal', 'pragma synchronous=full'])
  const reader = memory ? source : await open(path, driver, ['pragma query_only=1'])
  const writer = (memory ? undefined : writers.get(path)) ?? new Mutex()
  if (!memory) writers.set(path, writer)
  const writing = preparing(source)
  const reading = preparing(reader)
  return {
    dialect: 'sqlite',
    begin: 'begin immediate',
    async acquire() {
      const free = await writer.take()
      return {
        async send(statements) {
          let rows: unknown[] = []
          for (const statement of statements) rows = writing(statement)
          return rows
        },
        release: async () => free(),
      }
    },
    async read(statement) {
      if (!memory) return reading(statement)
      const free = await writer.take()
      try {
        return writing(statement)
      } finally {
        free()
      }
    },
    isRetriable: (error) => /^SQLITE_(BUSY|LOCKED)/.test(String(driverError(error).code ?? '')),
    async close() {
      const free = await writer.take()
      if (reader !== source) await reader.destroy()
      await source.destroy()
      free()
    },
  }
}

/** What is used of libsql, whose interface is better-sqlite3's. */
interface SqliteHandle {
  prepare(sql: string): {
    readonly reader: boolean
    all(params: readonly unknown[]): Record<string, unknown>[]
    run(params: readonly unknown[]): unknown
  }
}

/** As many statements stay prepared, those used last. */
const PREPARED = 300

/** Runs statements on a source's own connection: TypeORM's way there costs a twentieth of a command. */
function preparing(source: DataSource): (statement: Statement) => unknown[] {
  const { databaseConnection } = source.driver as unknown as { readonly databaseConnection: SqliteHandle }
  const prepare = (sql: string) => {
    const statement = databaseConnection.prepare(sql)
    return { statement, answers: statement.reader }
  }
  const prepared = new Map<string, ReturnType<typeof prepare>>()
  return ({ sql, params }) => {
    const known = prepared.get(sql) ?? prepare(sql)
    prepared.delete(sql)
    prepared.set(sql, known)
    if (prepared.size > PREPARED) {
      const [oldest] = prepared.keys()
      prepared.delete(oldest as string)
    }
    const values = params.map((value) => (typeof value === 'boolean' ? Number(value) : value))
    if (known.answers) return known.statement.all(values).map(withBuffers)
    known.statement.run(values)
    return []
  }
}

/** libsql answers blobs as ArrayBuffer; MariaDB's driver as Buffer. */
function withBuffers(row: Record<string, unknown>): Record<string, unknown> {
  for (const key in row) {
    const value = row[key]
    if (isArrayBuffer(value)) row[key] = Buffer.from(value)
  }
  return row
}

async function open(database: string, driver: unknown, pragmas: readonly string[]): Promise<DataSource> {
  const source = new DataSource({ type: 'better-sqlite3', database, driver, timeout: 5000, statementCacheSize: 300 })
  await source.initialize()
  for (const pragma of pragmas) await source.manager.query(pragma)
  return source
}
