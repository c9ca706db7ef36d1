import 'reflect-metadata'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Connector } from '../database/connection.ts'
import { connectMariadb } from '../database/mariadb.ts'
import { connectSqlite } from '../database/sqlite.ts'
import { engineFigure } from './engine-works.ts'
import { type OpenConnector, userTaskFigure } from './user-task.ts'

// npm run bench [-- --work user-task,external,correlate,timers,fan --database sqlite,mariadb --clients 1,8,32 --seconds 5 --size 1000]
// One JSON line per figure, then a table. MariaDB is the tests' private server (scripts/mariadb.mjs).
const { values: flags } = parseArgs({
  options: {
    work: { type: 'string', default: 'user-task,external,correlate,timers,fan' },
    database: { type: 'string', default: 'sqlite,mariadb' },
    clients: { type: 'string', default: '1,8,32' },
    seconds: { type: 'string', default: '5' },
    size: { type: 'string', default: '1000' },
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
function report(work: string, database: string, figure: object): void {
  const row = { work, database, ...rounded(figure) }
  rows.push(row)
  console.log(JSON.stringify(row))
}

for (const name of flags.database.split(',')) {
  let open = sqlite
  if (name === 'mariadb') {
    const script: { ensureMariadb(): Promise<string> } = await import(new URL('../scripts/mariadb.mjs', import.meta.url).href)
    open = mariadb(await script.ensureMariadb())
  }
  const clients = flags.clients.split(',').map(Number)
  const size = Number(flags.size)
  for (const work of flags.work.split(',')) {
    if (work === 'user-task') for (const count of clients) report(work, name, await userTaskFigure(open, count, Number(flags.seconds)))
    else if (work === 'external' || work === 'correlate')
      for (const count of clients) report(work, name, { clients: count, size, ...(await engineFigure(work, open, count, size)) })
    else report(work, name, { size, ...(await engineFigure(work, open, 1, size)) })
  }
}
console.table(rows)

function rounded(figure: object): Record<string, number> {
  return Object.fromEntries(Object.entries(figure).map(([key, value]) => [key, Number(Number(value).toFixed(value < 100 ? 2 : 0))]))
}
