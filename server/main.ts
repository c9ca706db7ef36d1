import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrations } from '../migrations/index.ts'
import { type Application, composeApplication } from './compose.ts'
import { type Config, readConfig } from './config.ts'
import { followedClock } from './engine-clock.ts'
import { accountsTable, isSetUp, setUpFirstRun } from './first-run.ts'
import { playHistory } from './history.ts'
import { uuidV7 } from './new-id.ts'
import { DEMONSTRATION_START, HISTORY_START } from './organisation/demonstration/index.ts'
import { type Clock, demonstrationClock, isClockSet, manualClock, systemClock, type TurnableClock } from './organisation/index.ts'
import { startWorkerProcess } from './worker-process.ts'
import { workerToken } from './worker-token.ts'

const config = readConfig(process.env, join(import.meta.dirname, '..'))
const log = pino({ level: config.logLevel })

mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
const database = await openDatabase(config.databaseUrl)
await migrate(database, migrations, systemClock.now())

const compose = (clock: Clock | TurnableClock, pump: boolean) =>
  composeApplication({ database, clock, machine: systemClock, newId: uuidV7, config, log, pump })

const { remoteEngine } = config
// The demonstration lives in its own time, if its engine can: another server's engine may have a clock that cannot be set.
const isTurned = config.demonstration && (remoteEngine === null || remoteEngine.clockUrl !== null)
const followed = (clock: TurnableClock) => (remoteEngine ? followedClock(clock, remoteEngine) : clock)

const isFirstRun = config.demonstration && !(await isSetUp(database)) && !(await isClockSet(database))
const issued = isFirstRun ? await firstRun() : null
const application = compose(
  isTurned ? await followed(await demonstrationClock(database, systemClock, DEMONSTRATION_START)) : systemClock,
  true,
)
await application.start()
const server = await listen(application, config)
const { port } = server.address() as AddressInfo
const address = `http://${config.host}:${port}`
const isEverywhere = config.host === '0.0.0.0' || config.host === '::'
const workers = startWorkerProcess({
  address: isEverywhere ? `http://127.0.0.1:${port}` : address,
  token: await workerToken(application.features.identity, config.dataDir),
  remoteEngine,
  logLevel: config.logLevel,
  log,
})

if (issued) {
  console.log(accountsTable(issued))
  console.log(`These passwords were made for this installation; they are kept in ${join(config.dataDir, 'accounts.txt')}\n`)
}
console.log(`Bihuan 闭环: ${address}`)

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stopping) process.exit(1)
    stopping = true
    void stop()
  })

async function stop(): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  // Server-sent events and long polls never end by themselves.
  setTimeout(() => server.closeAllConnections(), 2000).unref()
  await workers.stop()
  await closed
  await application.stop()
  await database.close()
  process.exit(0)
}

// The history is played before the demonstration's clock is set for the first time, on a clock that stands still between its steps.
async function firstRun() {
  const clock = isTurned ? await followed(manualClock(HISTORY_START)) : null
  const past = compose(clock ?? systemClock, false)
  return setUpFirstRun(database, past, config.dataDir, async () => {
    if (!clock) return
    await past.start()
    await playHistory(database, past, clock)
    await past.stop()
  })
}

function listen({ app }: Application, { host, port }: Config): Promise<Server> {
  const server = createServer(app)
  // Longer than clients and proxies keep a connection: else a call may meet one that is just being closed.
  server.keepAliveTimeout = 65_000
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => done(server))
  })
}
