import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { compileFigure } from './compile.ts'
import { correlateAmongFigures } from './correlate-among.ts'
import { crashFigure } from './crash.ts'
import { type DatabaseName, openerOf } from './databases.ts'
import { engineFigures, engineWorks } from './engine-works.ts'
import { Figures, lastFigures } from './figure.ts'
import { inMemoryPeer } from './in-memory-peer.ts'
import { limitTable } from './limits.ts'
import { taskQueryFigures } from './task-query.ts'
import { userTaskFigures } from './user-task.ts'

const WORKS = ['user-task', ...Object.keys(engineWorks), 'in-memory-peer', 'correlate-among', 'task-query', 'compile', 'crash']

// npm run bench [-- --all] [-- --work user-task,timers --database sqlite,mariadb --clients 1,32 --seconds 3 --size 1000]
// The engine through its port: a JSON line per figure, a table of all, and the table of what must be reached; docs/benchmarks.md says
// what each work does. MariaDB is the tests' private server (scripts/mariadb.mjs). --all: everything, for longer.
const { values: flags } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    work: { type: 'string' },
    database: { type: 'string', default: 'sqlite,mariadb' },
    clients: { type: 'string' },
    seconds: { type: 'string' },
    size: { type: 'string' },
    /** Open tasks of task-query. */
    tasks: { type: 'string', default: '1000000' },
  },
})
const works = flags.work?.split(',') ?? WORKS
const unknown = works.find((work) => !WORKS.includes(work))
if (unknown !== undefined) throw new Error(`There is no work ${unknown}: ${WORKS.join(', ')}`)
const databases = flags.database.split(',') as DatabaseName[]
const clients = (flags.clients ?? (flags.all ? '1,8,32' : '32')).split(',').map(Number)
const seconds = Number(flags.seconds ?? (flags.all ? 3 : 2))
const sizes = flags.size === undefined ? {} : { sizes: flags.size.split(',').map(Number) }

const figures = new Figures('bench')
const add = (figure: Parameters<Figures['add']>[0]) => figures.add(figure)
for (const work of works) {
  if (work === 'compile') add(compileFigure())
  else if (work === 'in-memory-peer') await inMemoryPeer(Math.min(seconds, 2), add)
  else
    for (const database of databases) {
      const open = await openerOf(database)
      if (work === 'user-task') for (const count of clients) await userTaskFigures(open, database, count, seconds, add)
      else if (work === 'correlate-among')
        await correlateAmongFigures(open, database, Number(flags.size ?? 100_000), flags.all ? 500 : 300, add)
      else if (work === 'task-query') await taskQueryFigures(database, Number(flags.tasks), flags.all ? 150 : 100, add)
      else if (work === 'crash') add(await crashFigure(database, flags.all ? 25 : 10))
      // W1 to W3 have many sizes: short runs tell enough.
      else
        await engineFigures(
          work,
          open,
          database,
          { clients: work === 'external' || work === 'correlate' ? clients : [32], seconds: Math.min(seconds, 2), ...sizes },
          add,
        )
    }
}
console.table(figures.all)
console.table(limitTable([...lastFigures('bench'), ...lastFigures('peer')]))
