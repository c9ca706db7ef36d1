import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Database } from '../../database/database.ts'
import { type Application, composeApplication } from '../../server/compose.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { uuidV7 } from '../../server/new-id.ts'
import { manualClock, type TurnableClock } from '../../server/organisation/clock.ts'
import { DEMONSTRATION_COUNTIES, DEMONSTRATION_START, setUpDemonstration } from '../../server/organisation/demonstration/index.ts'

/** The whole server on a test's database, with the demonstration's counties, two turnable clocks and an ephemeral port. */
export interface TestApplication extends Application {
  readonly origin: string
  readonly clock: TurnableClock
  readonly machine: TurnableClock
  readonly config: Config
  /** Password of `account` in `county` (泽州县 without). */
  readonly passwordOf: (account: string, county?: string) => string
  readonly signIn: (account: string, county?: string) => Promise<Client>
  readonly close: () => Promise<void>
}

export interface Client {
  readonly cookie: string
  readonly csrfToken: string
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; body: never; headers: Headers }>
}

export interface TestApplicationOptions {
  readonly counties?: readonly string[]
  /** Only these accounts are made; argon2 takes its time. Everybody without. */
  readonly accounts?: readonly string[]
  readonly start?: number
}

export async function openTestApplication(database: Database, options: TestApplicationOptions = {}): Promise<TestApplication> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-test-'))
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, '/')
  const clock = manualClock(options.start ?? DEMONSTRATION_START)
  const machine = manualClock(Date.UTC(2026, 0, 5))
  const composed = composeApplication({ database, clock, machine, newId: uuidV7, config, log: pino({ level: 'silent' }), pump: false })
  const { organisation, identity } = composed.features
  const plans = DEMONSTRATION_COUNTIES.filter((plan) => !options.counties || options.counties.includes(plan.code))
  const createAccount: typeof identity.accounts.create = async (account) =>
    !options.accounts || options.accounts.includes(account.name) ? identity.accounts.create(account) : ''
  const issued = await setUpDemonstration({ database, organisation, createAccount }, plans)
  await composed.start()
  const server = await listen(composed)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const passwordOf = (account: string, county = '140525') =>
    issued.find((it) => it.account === account && it.countyCode === county)?.password ?? ''
  return {
    ...composed,
    origin,
    clock,
    machine,
    config,
    passwordOf,
    signIn: (account, county = '140525') => signIn(origin, county, account, passwordOf(account, county)),
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await composed.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function listen({ app }: Application): Promise<Server> {
  const server = createServer(app)
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

/** Calls the API without a session, with whatever headers the test wants. */
export async function callApi(origin: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: { ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? undefined : parseJson(text)) as never, headers: answer.headers }
}

async function signIn(origin: string, county: string, account: string, password: string): Promise<Client> {
  const answer = await callApi(origin, 'POST', '/api/session', { county, account, password })
  if (answer.status !== 200) throw new Error(`${account} cannot sign in: ${JSON.stringify(answer.body)}`)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { csrfToken } = answer.body as { csrfToken: string }
  return {
    cookie,
    csrfToken,
    call: (method, path, body, headers) => callApi(origin, method, path, body, { cookie, 'x-csrf-token': csrfToken, ...headers }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
