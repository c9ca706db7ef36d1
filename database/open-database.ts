import 'reflect-metadata'
import type { Database } from './database.ts'
import { connectMariadb } from './mariadb.ts'
import { connectSqlite } from './sqlite.ts'
import { makeDatabase } from './transactions.ts'

/**
 * Opens the database that `url` names: `sqlite::memory:`, `sqlite:FILE` or `mysql://user:password@host:port/name`, which is created
 * if it does not exist. Tables come from `migrate`.
 */
export async function openDatabase(url: string, options: { poolSize?: number } = {}): Promise<Database> {
  if (url.startsWith('sqlite:')) return makeDatabase(await connectSqlite(url.slice('sqlite:'.length)))
  if (/^(mysql|mariadb):\/\//.test(url)) return makeDatabase(await connectMariadb(url, options.poolSize ?? 16))
  throw new Error(`A database URL begins with sqlite: or mysql://, not with ${url.split(':')[0]}:`)
}
