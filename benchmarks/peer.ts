import { parseArgs } from 'node:util'
import { mariadbServer } from './databases.ts'
import { dropMariadb, startEngineServer } from './engine-server.ts'
import { Figures, lastFigures } from './figure.ts'
import { limitTable } from './limits.ts'
import { loops } from './loops.ts'
import { userTasks } from './models.ts'
import { ratioTable } from './ratios.ts'
import { RestClient } from './rest-client.ts'
import { restWorks, userTaskInstance } from './rest-works.ts'

// npm run bench:peer [-- --all] [-- --work rest-task,rest-timers --clients 1,8,32 --seconds 10 --size 1000 --rounds 2 --warm 60]
// The same load over REST on our engine and on Operaton, both on the tests' MariaDB, in one run, in turns. Operaton is warmed for a
// minute first, or its figures would be those of a cold machine; so are we. --all: everything that docs/benchmarks.md describes.
const { values: flags } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    work: { type: 'string' },
    clients: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    size: { type: 'string' },
    rounds: { type: 'string' },
    warm: { type: 'string', default: '60' },
    /** Only ours, without a peer. */
    alone: { type: 'boolean', default: false },
  },
})

interface Plan {
  readonly work: string
  readonly clients: number
  readonly size: number
  readonly rounds: number
  readonly seconds: number
}

const seconds = Number(flags.seconds)
const plan = (work: string, clients: number, size: number, rounds: number, length = seconds): Plan => ({
  work,
  clients,
  size,
  rounds,
  seconds: length,
})
const decisive: readonly Plan[] = [
  plan('rest-task', 32, 1, 2),
  plan('rest-external', 8, 1000, 2),
  plan('js-client', 10, 1500, 2),
  plan('rest-correlate', 8, 1000, 2),
  plan('rest-fan', 1, 1000, 2),
  plan('rest-timers', 1, 10_000, 1),
]
const others: readonly Plan[] = [
  plan('rest-task', 1, 1, 1, 5),
  plan('rest-task', 8, 1, 1, 5),
  // W8
  plan('rest-task', 100, 1, 1, 5),
  plan('js-client', 1, 300, 1),
  plan('rest-list', 1, 2000, 1, 3),
  ...[1, 15].map((steps) => plan('rest-sequence', 32, steps, 1, 3)),
  plan('rest-sequence-async', 32, 5, 1),
  ...[5, 10].map((tasks) => plan('rest-user-tasks', 32, tasks, 1, 3)),
  ...[2, 100].map((branches) => plan('rest-fork', 8, branches, 1, 3)),
]
const plans = flags.work
  ? flags.work.split(',').flatMap((work) => {
      const usual = decisive.find((one) => one.work === work) ?? others.find((one) => one.work === work)
      if (!usual) throw new Error(`There is no work ${work}: ${Object.keys(restWorks).join(', ')}`)
      return (flags.clients?.split(',').map(Number) ?? [usual.clients]).map((clients) =>
        plan(work, clients, Number(flags.size ?? usual.size), Number(flags.rounds ?? usual.rounds)),
      )
    })
  : flags.all
    ? [...decisive, ...others]
    : decisive

interface Server {
  readonly engine: 'ours' | 'operaton'
  readonly client: RestClient
  megabytes?(): number
  stop(): Promise<void>
}

async function startOurs(): Promise<Server> {
  const name = `bihuan_peer_${process.pid}`
  const { stop, ...server } = await startEngineServer(new URL(name, await mariadbServer()).href)
  return {
    engine: 'ours',
    ...server,
    async stop() {
      await stop()
      await dropMariadb(name)
    },
  }
}

async function startPeer(): Promise<Server> {
  const script: {
    startOperaton(options: { jdbc: string }): Promise<{ url: string; stop(): Promise<void> }>
    operatonDatabase(name: string): Promise<string>
  } = await import(new URL('../scripts/operaton-server.mjs', import.meta.url).href)
  const { url, stop } = await script.startOperaton({ jdbc: await script.operatonDatabase('operaton_peer') })
  const client = new RestClient(url)
  return {
    engine: 'operaton',
    client,
    async stop() {
      client.close()
      await stop()
      await dropMariadb('operaton_peer')
    },
  }
}

const figures = new Figures('peer')
const servers = [await startOurs(), ...(flags.alone ? [] : [await startPeer()])]
let started = 0

/** One-task instances at 32 clients for so long, or until so many. */
async function userTaskLoad({ client }: Server, length: number, most = Number.POSITIVE_INFINITY): Promise<number> {
  const key = `load${Date.now().toString(36)}`
  const drop = await client.deploy(key, userTasks(key, 1))
  let begun = 0
  const { count } = await loops(
    32,
    async () => {
      if (begun++ < most) await userTaskInstance(client, key, [])
    },
    length,
  )
  await drop()
  return Math.min(count, most)
}

try {
  for (const server of servers) {
    const count = await userTaskLoad(server, Number(flags.warm))
    if (server.engine === 'ours') started += count
  }
  for (const { work, clients, size, rounds, seconds: length } of plans)
    for (let round = 1; round <= rounds; round++)
      for (const { engine, client } of servers) {
        const key = `${work.replaceAll('-', '')}${Date.now().toString(36)}`
        const { model, run } = restWorks[work] as (typeof restWorks)[string]
        const drop = await client.deploy(key, model(key, size))
        const figure = await run({ client, key, clients, seconds: length, size })
        await drop()
        if (engine === 'ours') started += figure.completed ?? 0
        figures.add({ work, engine, database: 'mariadb', clients, size, round, ...figure })
      }
  if (flags.all) {
    const [ours] = servers
    // Where the machine was too slow for as many by now.
    if (ours && started < 100_000) started += await userTaskLoad(ours, 120, 100_000 - started)
    if (ours?.megabytes)
      figures.add({ work: 'memory', engine: 'ours', database: 'mariadb', instances: started, megabytes: ours.megabytes() })
  }
} finally {
  for (const { stop } of servers) await stop()
}
console.table(ratioTable(figures.all))
console.table(limitTable([...lastFigures('bench'), ...lastFigures('peer')]))
