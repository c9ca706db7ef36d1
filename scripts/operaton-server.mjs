#!/usr/bin/env node
// A real Operaton (test/operaton): built once by Maven, started on a free port. Alone: prints its address and stays.
//   node scripts/operaton-server.mjs [--mariadb]
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.mjs'
import { root } from './install.mjs'

const place = join(root, 'test/operaton')
const jar = join(place, 'target/operaton-server.jar')
const READY_WITHIN_MS = 120_000

/** What was built from other sources is built again. */
function isBuilt() {
  if (!existsSync(jar)) return false
  const built = statSync(jar).mtimeMs
  const sources = readdirSync(join(place, 'src'), { recursive: true }).map((name) => join(place, 'src', name))
  return [join(place, 'pom.xml'), ...sources].every((file) => statSync(file).isDirectory() || statSync(file).mtimeMs < built)
}

function build() {
  if (isBuilt()) return
  for (const [command, debian] of [
    ['java', 'openjdk-17-jdk-headless'],
    ['mvn', 'maven'],
  ]) {
    if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0)
      throw new Error(`${command} is missing. Install it: apt-get install -y ${debian}`)
  }
  console.error('Building Operaton …')
  const built = spawnSync('mvn', ['-q', '-B', 'package'], { cwd: place, stdio: ['ignore', 'inherit', 'inherit'] })
  if (built.status !== 0) throw new Error('Operaton could not be built')
}

/**
 * Builds and starts Operaton; on H2 in memory, or in the database that `jdbc` names.
 * With `countsIds` its ids sort in the order in which they were given: what happens is the same on every new server.
 * Its clock is the machine's until it is set. Resolves with its REST base URL, the address of its clock and a function that stops it.
 */
export async function startOperaton({ jdbc, user = 'root', password = '', runsJobs = true, countsIds = false } = {}) {
  build()
  const port = await freePort()
  const settings = [`--operaton.bpm.job-execution.enabled=${runsJobs}`, `--bihuan.counted-ids=${countsIds}`]
  const child = spawn('java', ['-Xmx2g', '-jar', jar, ...settings], {
    env: { ...process.env, PORT: String(port), ...(jdbc ? { JDBC_URL: jdbc, JDBC_USER: user, JDBC_PASSWORD: password } : {}) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}/engine-rest`
  const clockUrl = `http://127.0.0.1:${port}/clock`
  const stop = () =>
    new Promise((done) => {
      if (child.exitCode !== null) return done()
      child.once('exit', () => done())
      child.kill()
    })
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 500) {
    if (child.exitCode !== null) throw new Error(`Operaton ended with ${child.exitCode}`)
    const answer = await fetch(`${url}/version`).catch(() => null)
    if (answer?.ok) return { url, clockUrl, stop }
    await pause(500)
  }
  await stop()
  throw new Error('Operaton did not answer')
}

/** Creates an empty database on the tests' MariaDB and returns its JDBC URL; `drop` removes it again. */
export async function operatonDatabase(name) {
  const { ensureMariadb } = await import('./mariadb.mjs')
  const mysql = await import('mysql2/promise')
  const server = new URL(await ensureMariadb())
  const connection = await mysql.createConnection({ host: server.hostname, port: Number(server.port), user: server.username })
  await connection.query(`drop database if exists ${name}`)
  await connection.query(`create database ${name} character set utf8mb4`)
  await connection.end()
  return `jdbc:mariadb://${server.host}/${name}?useServerPrepStmts=true`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const jdbc = process.argv.includes('--mariadb') ? await operatonDatabase('operaton') : undefined
  const server = await startOperaton({ jdbc })
  console.log(server.url)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.stop().then(() => process.exit(0)))
}
