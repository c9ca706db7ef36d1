import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connector } from '../database/connection.ts'
import { connectMariadb } from '../database/mariadb.ts'
import { connectSqlite } from '../database/sqlite.ts'

/** Opens an empty database of its own for one figure. */
export type OpenConnector = () => Promise<{ connector: Connector; drop(): Promise<void> }>

export type DatabaseName = 'sqlite' | 'mariadb'

const sqlite: OpenConnector = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  const connector = await connectSqlite(join(folder, 'bench.sqlite'))
  return {
    connector,
    async drop() {
      await connector.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function mariadb(server: string): OpenConnector {
  let count = 0
  return async () => {
    const name = `bench_${process.pid}_${++count}`
    const connector = await connectMariadb(new URL(name, server).href, 16)
    return {
      connector,
      async drop() {
        await connector.read({ sql: `drop database ${name}`, params: [] })
        await connector.close()
      },
    }
  }
}

/** The URL of the tests' private MariaDB, which is started if need be. */
export async function mariadbServer(): Promise<string> {
  const script: { ensureMariadb(): Promise<string> } = await import(new URL('../scripts/mariadb.mjs', import.meta.url).href)
  return script.ensureMariadb()
}

export const openerOf = async (name: DatabaseName): Promise<OpenConnector> => (name === 'sqlite' ? sqlite : mariadb(await mariadbServer()))
