import { DataSource } from 'typeorm'
import { type Connector, driverError, type Statement } from './connection.ts'
import type { SqlValue } from './database.ts'

/**
 * MySQL 8 and MariaDB. This is the one file where several statements travel as one text (`multipleStatements`): values are put into
 * them by the driver's own escaping, by `?` alone, and the SQL mode that would change how strings are escaped is off.
 */
export async function connectMariadb(url: string, poolSize: number): Promise<Connector> {
  const target = new URL(url)
  const name = decodeURIComponent(target.pathname.slice(1))
  if (!/^\w+$/.test(name)) throw new Error(`The database URL must name a database: ${target.protocol}//${target.host}/NAME`)
  await createDatabase(target, name)
  const source = dataSource(target, name, poolSize)
  await source.initialize()
  await prepareConnections(source)
  const { pool } = source.driver as unknown as { readonly pool: Pool }
  return {
    dialect: 'mariadb',
    begin: 'start transaction',
    async acquire() {
      const connection = await new Promise<PoolConnection>((resolve, reject) => {
        pool.getConnection((error, taken) => (error ? reject(error) : resolve(taken)))
      })
      return {
        send: (statements) => send(connection, statements),
        async release(broken) {
          if (broken) connection.destroy()
          else connection.release()
        },
      }
    },
    read: (statement) => send(pool, [statement]),
    isRetriable(error) {
      const { errno } = driverError(error)
      return errno === 1213 || errno === 1205
    },
    close: () => source.destroy(),
  }
}

/** What is used of mysql2's pool, under TypeORM: its own query runner costs a twentieth of a command. */
interface Queryable {
  query(sql: string, values: readonly unknown[], done: (error: Error | null, result: unknown) => void): void
}

interface PoolConnection extends Queryable {
  release(): void
  destroy(): void
}

interface Pool extends Queryable {
  getConnection(done: (error: Error | null, connection: PoolConnection) => void): void
  on(event: 'connection', listener: (connection: { query(sql: string): void }) => void): void
}

function send(on: Queryable, statements: readonly Statement[]): Promise<unknown[]> {
  const sql = statements.length === 1 ? (statements[0] as Statement).sql : statements.map((statement) => statement.sql).join(';\n')
  const values: unknown[] = []
  for (const { params } of statements) for (const value of params) values.push(bindable(value))
  return new Promise((resolve, reject) => {
    on.query(sql, values, (error, result) => {
      if (error) return reject(error)
      const last: unknown = statements.length === 1 ? result : (result as unknown[])[statements.length - 1]
      resolve(Array.isArray(last) ? last : [])
    })
  })
}

const bindable = (value: SqlValue) => (value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value)

async function createDatabase(target: URL, name: string): Promise<void> {
  const server = dataSource(target, undefined, 1)
  await server.initialize()
  try {
    const [found] = await server.query('select schema_name from information_schema.schemata where schema_name = ?', [name])
    if (found) return
    const [{ version }] = await server.query('select version() as version')
    const collation = String(version).includes('MariaDB') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'
    await server.query(`create database if not exists \`${name}\` character set utf8mb4 collate ${collation}`)
  } finally {
    await server.destroy()
  }
}

const SESSION =
  'set session transaction isolation level read committed; ' +
  "set session innodb_lock_wait_timeout=5, time_zone='+00:00', sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'"

/** Every connection of the pool gets the session's settings before its first use; the one that the start used, now. */
async function prepareConnections(source: DataSource): Promise<void> {
  const { pool } = source.driver as unknown as { readonly pool: Pool }
  pool.on('connection', (connection) => connection.query(SESSION))
  await source.query(SESSION)
}

function dataSource(target: URL, database: string | undefined, poolSize: number): DataSource {
  return new DataSource({
    type: 'mariadb',
    host: target.hostname,
    port: Number(target.port || 3306),
    username: decodeURIComponent(target.username),
    password: decodeURIComponent(target.password),
    ...(database === undefined ? {} : { database }),
    charset: 'utf8mb4',
    timezone: 'Z',
    poolSize,
    bigNumberStrings: false,
    multipleStatements: true,
    extra: { decimalNumbers: true },
  })
}
