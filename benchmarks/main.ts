import 'reflect-metadata'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Connector } from '../database/connection.ts'
import { connectMariadb } from '../database/mariadb.ts'
import { connectSqlite } from '../database/sqlite.ts'
import { type OpenConnector, userTaskFigure } from './user-task.ts'

// npm run bench [-- --database sqlite,mariadb --clients 1,8,32 --seconds 5]
// One JSON line per figure, then a table. MariaDB is the tests' private server (scripts/mariadb.mjs).
const { values: flags } = parseArgs({
  options: {
    database: { type: 'string', default: 'sqlite,mariadb' },
    clients: { type: 'string', default: '1,8,32' },
    seconds: { type: 'string', default: '5' },
  },
})

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
    const connector: Connector = await connectMariadb(new URL(name, server).href, 16)
    return {
      connector,
      async drop() {
        await connector.read({ sql: `drop database ${name}`, params: [] })
        await connector.close()
      },
    }
  }
}

const rows: Record<string, string | number>[] = []
for (const name of flags.database.split(',')) {
  let open = sqlite
  if (name === 'mariadb') {
    const script: { ensureMariadb(): Promise<string> } = await import(new URL('../scripts/mariadb.mjs', import.meta.url).href)
    open = mariadb(await script.ensureMariadb())
  }
  for (const clients of flags.clients.split(',').map(Number)) {
    const figure = await userTaskFigure(open, clients, Number(flags.seconds))
    const row = { work: 'user-task', database: name, ...rounded(figure) }
    rows.push(row)
    console.log(JSON.stringify(row))
  }
}
console.table(rows)

function rounded(figure: object): Record<string, number> {
  return Object.fromEntries(Object.entries(figure).map(([key, value]) => [key, Number(Number(value).toFixed(value < 100 ? 2 : 0))]))
}
