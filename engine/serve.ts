import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrations } from '../migrations/index.ts'
import { camunda7Compat, createEmbeddedEngine, everybody } from './index.ts'
import { administrator, callerAmong, type ListedAccount, readAccountList } from './rest/access/account-list.ts'
import { makeEngineRestListener } from './rest/router.ts'
import { historyLevels } from './store/history-level.ts'
import { makeUuidV7 } from './uuid-v7.ts'

// npm run engine -- [--port N] [--host ADDRESS] [--database URL] [--compat c7] [--pool N] [--accounts FILE | --open]
//   [--history none|activity|audit|full] [--history-window HH:mm-HH:mm]
// The embedded engine alone with Camunda 7's REST API at /engine-rest: the composition root beside server/main.ts.
// Without --database in memory. Accounts come from --accounts (ENGINE_ACCOUNTS) and from ENGINE_USER with ENGINE_PASSWORD, who may do
// everything. With an account nobody is let in without one. Without any the API is open (--open says so on purpose), on loopback only.
const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    database: { type: 'string', default: 'sqlite::memory:' },
    compat: { type: 'string' },
    pool: { type: 'string', default: '16' },
    history: { type: 'string', default: 'full' },
    'history-window': { type: 'string' },
    accounts: { type: 'string', default: process.env.ENGINE_ACCOUNTS ?? '' },
    open: { type: 'boolean', default: false },
    zone: { type: 'string', default: process.env.ENGINE_TIME_ZONE ?? 'UTC' },
  },
})
if (flags.compat !== undefined && flags.compat !== 'c7') stop(`--compat knows c7 only, not ${flags.compat}`)

const accounts = flags.open ? [] : configuredAccounts()
const loopback = ['127.0.0.1', '::1', 'localhost'].includes(flags.host)
if (!loopback && accounts.length === 0)
  stop(`To listen on ${flags.host}, give accounts: --accounts FILE, or ENGINE_USER and ENGINE_PASSWORD.`)

const database = await openDatabase(flags.database, { poolSize: Number(flags.pool) })
await migrate(database, migrations, Date.now())
const engine = createEmbeddedEngine({
  database,
  now: () => Date.now(),
  newId: makeUuidV7(() => Date.now()),
  zone: flags.zone,
  historyLevel: historyLevels.find((level) => level === flags.history) ?? stop(`--history knows ${historyLevels.join(', ')}`),
  ...(flags['history-window'] !== undefined && { historyCleanup: { window: windowOf(flags['history-window']) } }),
  ...(flags.compat === 'c7' && { compat: camunda7Compat }),
})
await engine.start()

const callerOf = accounts.length > 0 ? callerAmong(accounts) : async () => everybody
const server = createServer(makeEngineRestListener({ engine, callerOf, report: (error) => console.error(error) }, '/engine-rest'))
server.listen(Number(flags.port), flags.host, () => {
  const { address, port } = server.address() as AddressInfo
  console.log(
    `Engine at http://${address.includes(':') ? `[${address}]` : address}:${port}/engine-rest on ${flags.database.replace(/\/\/.*@/, '//')}${accounts.length > 0 ? `, ${accounts.length} accounts` : ', open: without accounts'}`,
  )
})
server.keepAliveTimeout = 60_000
server.on('error', (error) => stop(error.message))

let closing = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (closing) process.exit(1)
    closing = true
    server.close()
    server.closeIdleConnections()
    void engine
      .stop()
      .then(() => server.closeAllConnections())
      .then(() => database.close())
      .then(() => process.exit(0))
  })

function windowOf(text: string): { readonly start: string; readonly end: string } {
  const [, start, end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? []
  return start !== undefined && end !== undefined ? { start, end } : stop('--history-window wants HH:mm-HH:mm')
}

function configuredAccounts(): readonly ListedAccount[] {
  const { ENGINE_USER: user, ENGINE_PASSWORD: password } = process.env
  try {
    return [
      ...(flags.accounts === '' ? [] : readAccountList(readFileSync(flags.accounts, 'utf8'))),
      ...(user && password ? [administrator(user, password)] : []),
    ]
  } catch (error) {
    return stop(`${flags.accounts}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
