import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const READY = /闭环: (http:\/\/\S+)/
const PATIENCE_MS = 240_000

/** The real application on a database of its own, as `npm start` runs it. */
export interface RunningApplication {
  readonly address: string
  /** Passwords were made for this installation; nobody knows them beforehand. */
  passwordOf(account: string, countyCode?: string): string
  stop(): Promise<void>
}

/** Builds the site when it is out of date, then starts the server in the demonstration county on a free port. */
export async function startApplication(): Promise<RunningApplication> {
  const { ensureSite } = (await import(join(root, 'scripts/build.mjs'))) as { ensureSite(): void }
  ensureSite()
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-e2e-'))
  const server = spawn(process.execPath, ['--import', 'tsx', join(root, 'server/main.ts')], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await readyAddress(server)
  const accounts = readFileSync(join(dataDir, 'accounts.txt'), 'utf8')
  return {
    address,
    passwordOf: (account, countyCode = '140525') => passwordIn(accounts, account, countyCode),
    stop: async () => {
      const gone = new Promise((done) => server.once('exit', done))
      server.kill('SIGTERM')
      const impatient = setTimeout(() => server.kill('SIGKILL'), 10_000)
      await gone
      clearTimeout(impatient)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function readyAddress(server: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = ''
    const impatient = setTimeout(() => fail(new Error(`the application was not ready in time:\n${said}`)), PATIENCE_MS)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const ready = READY.exec(said)
      if (!ready?.[1]) return
      clearTimeout(impatient)
      done(ready[1])
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.once('exit', (code) => fail(new Error(`the application ended with ${code}:\n${said}`)))
  })
}

function passwordIn(accounts: string, account: string, countyCode: string): string {
  let county = ''
  for (const line of accounts.split('\n')) {
    county = /\((\d+)\)/.exec(line)?.[1] ?? county
    const [, name, password] = /^\s+(\S+)\s+(\S+)\s/.exec(line) ?? []
    if (county === countyCode && name === account && password) return password
  }
  throw new Error(`no account ${account} in ${countyCode}`)
}
