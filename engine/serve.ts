import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { migrations } from '../migrations/index.ts'
import { camunda7Compat, createEmbeddedEngine } from './index.ts'
import { makeEngineRestListener } from './rest/router.ts'
import { makeUuidV7 } from './uuid-v7.ts'

// npm run engine -- [--port N] [--host ADDRESS] [--database URL] [--compat c7] [--pool N]
// The embedded engine alone with Camunda 7's REST API at /engine-rest: the composition root beside server/main.ts.
// Without --database in memory. Loopback needs no account; any other address needs ENGINE_USER and ENGINE_PASSWORD.
const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    database: { type: 'string', default: 'sqlite::memory:' },
    compat: { type: 'string' },
    pool: { type: 'string', default: '16' },
    zone: { type: 'string', default: process.env.ENGINE_TIME_ZONE ?? 'UTC' },
  },
})
if (flags.compat !== undefined && flags.compat !== 'c7') stop(`--compat knows c7 only, not ${flags.compat}`)

const { ENGINE_USER: user, ENGINE_PASSWORD: password } = process.env
const loopback = ['127.0.0.1', '::1', 'localhost'].includes(flags.host)
if (!loopback && (!user || !password)) stop(`To listen on ${flags.host}, set ENGINE_USER and ENGINE_PASSWORD.`)

const database = await openDatabase(flags.database, { poolSize: Number(flags.pool) })
await migrate(database, migrations, Date.now())
const engine = createEmbeddedEngine({
  database,
  now: () => Date.now(),
  newId: makeUuidV7(() => Date.now()),
  zone: flags.zone,
  ...(flags.compat === 'c7' && { compat: camunda7Compat }),
})
await engine.start()

const rest = makeEngineRestListener({ engine, report: (error) => console.error(error) }, '/engine-rest')
const isKnown = user && password ? basicAuthentication(user, password) : () => true
const server = createServer((request, response) => {
  if (isKnown(request)) return rest(request, response)
  response.writeHead(401, { 'www-authenticate': 'Basic realm="engine"' }).end()
})
server.listen(Number(flags.port), flags.host, () => {
  const { address, port } = server.address() as AddressInfo
  console.log(
    `Engine at http://${address.includes(':') ? `[${address}]` : address}:${port}/engine-rest on ${flags.database.replace(/\/\/.*@/, '//')}`,
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

function basicAuthentication(name: string, secret: string): (request: IncomingMessage) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`${name}:${secret}`)
  return ({ headers }) => {
    const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ')
    return scheme?.toLowerCase() === 'basic' && timingSafeEqual(digest(Buffer.from(credentials, 'base64').toString()), expected)
  }
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
