#!/usr/bin/env node
// A private MariaDB for the tests: own data directory and port, never the machine's service. Prints its URL.
//   node scripts/mariadb.mjs [stop]
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
// Outside the checkout: a socket path has at most 107 characters, and a checkout can lie deep.
const home = join(tmpdir(), `bihuan-mariadb-${createHash('sha256').update(root).digest('hex').slice(0, 10)}`)
const portFile = join(home, 'port')
const pidFile = join(home, 'pid')

const isRoot = () => userInfo().uid === 0

function findServer() {
  for (const name of ['/usr/sbin/mariadbd', '/usr/bin/mariadbd', '/usr/sbin/mysqld', '/usr/libexec/mariadbd'])
    if (existsSync(name)) return name
  const found = spawnSync('sh', ['-c', 'command -v mariadbd || command -v mysqld'], { encoding: 'utf8' }).stdout.trim()
  return found || null
}

function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
    socket.setTimeout(2000, () => {
      socket.destroy()
      done(false)
    })
  })
}

/** Starts the server if it does not run yet. Resolves with `mysql://root@127.0.0.1:PORT/`. */
export async function ensureMariadb() {
  if (existsSync(portFile)) {
    const port = Number(readFileSync(portFile, 'utf8'))
    if (await answers(port)) return `mysql://root@127.0.0.1:${port}/`
  }
  const server = findServer()
  if (!server) throw new Error('MariaDB is not installed: apt-get install mariadb-server')
  const user = isRoot() ? ['--user=mysql'] : []
  const data = join(home, 'data')
  if (!existsSync(join(data, 'mysql'))) {
    rmSync(home, { recursive: true, force: true })
    mkdirSync(data, { recursive: true })
    if (isRoot()) spawnSync('chown', ['-R', 'mysql', home])
    const install = spawnSync(
      'mariadb-install-db',
      ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
      { encoding: 'utf8' },
    )
    if (install.status !== 0) throw new Error(`mariadb-install-db failed: ${install.stderr}`)
  }
  const port = await freePort()
  const log = openSync(join(home, 'log'), 'a')
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(home, 's')}`,
      `--pid-file=${pidFile}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_nopad_bin',
      '--transaction-isolation=READ-COMMITTED',
      '--innodb-buffer-pool-size=512M',
      '--max-allowed-packet=64M',
      '--max-connections=300',
      '--skip-log-bin',
      ...user,
    ],
    { stdio: ['ignore', log, log], detached: true },
  )
  child.unref()
  for (let i = 0; i < 150; i++) {
    if (await answers(port)) {
      writeFileSync(portFile, String(port))
      return `mysql://root@127.0.0.1:${port}/`
    }
    await pause(200)
  }
  throw new Error(`MariaDB did not answer on port ${port}; see ${join(home, 'log')}`)
}

export function stopMariadb() {
  if (!existsSync(pidFile)) return
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')))
  } catch {
    /* it is gone already */
  }
  rmSync(portFile, { force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'stop') stopMariadb()
  else console.log(await ensureMariadb())
}
