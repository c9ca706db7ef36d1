import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DatabaseName, mariadbServer } from './databases.ts'
import { dropMariadb, startEngineServer } from './engine-server.ts'
import { Figures } from './figure.ts'
import { each } from './loops.ts'
import { userTasks } from './models.ts'
import { userTaskInstance } from './rest-works.ts'

// npm run bench:memory [-- --instances 100000 --every 10000 --clients 16 --database sqlite,mariadb]
// The memory of `npm run engine` while instances of one user task are started, found and completed over its REST API: one JSON line per
// so many instances. Linux only.
const { values: flags } = parseArgs({
  options: {
    instances: { type: 'string', default: '100000' },
    every: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '16' },
    database: { type: 'string', default: 'sqlite' },
  },
})

const figures = new Figures('memory')
for (const database of flags.database.split(',') as DatabaseName[]) await measure(database)

async function measure(database: DatabaseName): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-memory-'))
  const name = `bench_memory_${process.pid}`
  const url = database === 'sqlite' ? `sqlite:${join(folder, 'bench.sqlite')}` : new URL(name, await mariadbServer()).href
  const { client, megabytes, stop } = await startEngineServer(url)
  try {
    await client.deploy('bench', userTasks('bench', 1))
    const every = Number(flags.every)
    for (let done = 0; done < Number(flags.instances); done += every) {
      const seconds = await each(every, Number(flags.clients), () => userTaskInstance(client, 'bench', []))
      const completed = await client.completed('bench')
      figures.add({ work: 'memory', engine: 'ours', database, completed, perSecond: every / seconds, megabytes: megabytes() })
    }
  } finally {
    await stop()
    rmSync(folder, { recursive: true })
    if (database === 'mariadb') await dropMariadb(name)
  }
}
