#!/usr/bin/env node
// npm run bench:peer [-- --work task,external --clients 8,32 …]: the same load on our engine and on Operaton, both on the
// tests' MariaDB, in one run. Operaton is warmed for 60 seconds, or its figures would be those of a cold machine.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './install.mjs'
import { ensureMariadb } from './mariadb.mjs'
import { operatonDatabase, startOperaton } from './operaton-server.mjs'

const load = join(root, '../shared/bench/rest.mjs')
if (!existsSync(load)) {
  console.error(`the load generator is not beside this checkout: ${load}`)
  process.exit(1)
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

async function startOurs() {
  const mariadb = new URL(await ensureMariadb())
  const database = `${mariadb.origin === 'null' ? `mysql://${mariadb.username}@${mariadb.host}` : mariadb.origin}/bihuan_peer_${process.pid}`
  const port = await freePort()
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'engine/serve.ts'), '--port', String(port), '--database', database],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout })
  await new Promise((done, fail) => {
    lines.once('line', done)
    child.once('exit', (code) => fail(new Error(`the engine ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}/engine-rest`, stop: () => child.kill() }
}

const ours = await startOurs()
const peer = await startOperaton({ jdbc: await operatonDatabase('operaton_peer') })
const asked = process.argv.slice(2)
const defaults = ['--work', 'task,external,correlate,fan', '--clients', '1,8,32', '--seconds', '10', '--warm', '60', '--rounds', '2']
const flags = defaults.filter((_, i) => i % 2 === 0).flatMap((name, i) => (asked.includes(name) ? [] : [name, defaults[i * 2 + 1]]))
const run = spawn(process.execPath, [load, '--base', ours.url, '--base', peer.url, ...flags, ...asked], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const figures = []
for await (const line of createInterface({ input: run.stdout })) {
  console.log(line)
  try {
    figures.push(JSON.parse(line))
  } catch {
    // a line for people, not a figure
  }
}
ours.stop()
await peer.stop()

const by = new Map()
for (const figure of figures) {
  const key = `${figure.work} ${figure.clients ?? ''} ${figure.size ?? ''}`.trim()
  const row = by.get(key) ?? { work: figure.work, clients: figure.clients, ours: [], operaton: [] }
  row[figure.base === ours.url ? 'ours' : 'operaton'].push(figure.per_second)
  by.set(key, row)
}
console.table(
  [...by.values()]
    .filter((row) => row.ours.some(Number.isFinite))
    .map((row) => ({
      ...row,
      ours: row.ours.join(' / '),
      operaton: row.operaton.join(' / '),
      ratio: (Math.max(...row.ours) / Math.max(...row.operaton)).toFixed(2),
    })),
)
