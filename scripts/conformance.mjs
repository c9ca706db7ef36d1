#!/usr/bin/env node
// Plays the conformance suite, and the cases of our own in test/conformance/own (folder `rest`, each seen to pass on Operaton too),
// against `npm run engine` on SQLite and on MariaDB.
//   node scripts/conformance.mjs [FOLDER[/FILE]…] [--database sqlite|mariadb] [--list]
// A case that fails must be in test/conformance/not-yet.json with a reason, and a case in there must fail: both are checked.
// --list prints the failing cases as entries for that file.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureMariadb } from './mariadb.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const suite = join(root, '..', 'shared', 'conformance')
const own = join(root, 'test', 'conformance', 'own')
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: 'string' }, list: { type: 'boolean' } },
})

if (!existsSync(join(suite, 'run.mjs'))) {
  console.log(`The conformance suite is not here (${suite}): nothing to play.`)
  console.log('Tests: 0 passed, 0 failed, 0 skipped')
  process.exit(0)
}

const notYet = JSON.parse(readFileSync(join(root, 'test', 'conformance', 'not-yet.json'), 'utf8'))
const started = []
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL')
})

/** Starts an engine of its own on a free port and answers the address of its API. */
async function startEngine(database) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'engine/serve.ts', '--open', '--port', '0', '--compat', 'c7', '--database', database],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  started.push(child)
  const base = await new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      const found = /http:\/\/\S+\/engine-rest/.exec(text)
      if (found) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`the engine stopped with code ${code}`)))
  })
  const stop = () =>
    new Promise((done) => {
      child.once('exit', done)
      child.kill('SIGTERM')
    })
  return { base, stop }
}

/** Plays some folders of a suite against one engine; answers the results. */
function play(base, folders, from = suite) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(suite, 'run.mjs'), '--base', base, '--json', '--dir', from, ...folders], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    started.push(child)
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')).results))
  })
}

/** Two lots of folders of about the same size: the suite plays one case after another, so two engines use two cores. */
function lots() {
  const all = positionals.length > 0 ? positionals.filter((name) => !isOwn(name)) : readdirSync(join(suite, 'scripts')).sort()
  if (all.length === 0) return [[]]
  const size = (folder) => {
    const path = join(suite, 'scripts', folder)
    return existsSync(path) ? readdirSync(path).reduce((sum, name) => sum + readFileSync(join(path, name)).length, 0) : 1
  }
  const sums = [0, 0]
  const parts = [[], []]
  for (const folder of all.sort((a, b) => size(b) - size(a))) {
    const to = sums[0] <= sums[1] ? 0 : 1
    parts[to].push(folder)
    sums[to] += size(folder)
  }
  return parts.filter((part) => part.length > 0)
}

const isOwn = (name) => existsSync(join(own, 'scripts', name)) || existsSync(join(own, 'scripts', `${name}.json`))
const ownWanted = positionals.length > 0 ? positionals.filter(isOwn) : readdirSync(join(own, 'scripts'))

async function playOn(name, databases) {
  const parts = lots()
  const results = (
    await Promise.all(
      parts.map(async (part, index) => {
        const engine = await startEngine(await databases(index))
        try {
          const results = part.length > 0 ? await play(engine.base, part) : []
          return index === 0 && ownWanted.length > 0 ? [...results, ...(await play(engine.base, ownWanted, own))] : results
        } finally {
          await engine.stop()
        }
      }),
    )
  ).flat()
  return judge(name, results)
}

function judge(name, results) {
  const excused = { ...notYet.everywhere, ...notYet[name] }
  const folders = new Map()
  const problems = []
  let skipped = 0
  for (const result of results) {
    const key = `${result.file}#${result.case}`
    const folder = result.file.split('/')[0]
    const count = folders.get(folder) ?? { passed: 0, all: 0 }
    folders.set(folder, count)
    count.all++
    if (result.ok) count.passed++
    if (!result.ok && key in excused) skipped++
    else if (!result.ok) problems.push({ key, message: result.message })
    else if (key in excused)
      problems.push({ key, message: 'passes, but test/conformance/not-yet.json says that it does not: remove the entry' })
  }
  console.log(`\n${name}`)
  for (const [folder, { passed, all }] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`  ${folder.padEnd(20)} ${passed} of ${all}`)
  for (const { key, message } of problems) console.log(flags.list ? `  ${JSON.stringify(key)}: "",` : `  FAIL ${key}\n       ${message}`)
  const passed = results.filter((result) => result.ok).length
  console.log(`  ${passed} of ${results.length} pass on ${name}, ${skipped} are not yet expected to`)
  return { passed: passed - problems.filter(({ message }) => message.startsWith('passes, but')).length, failed: problems.length, skipped }
}

async function mariadbDatabases() {
  const url = await ensureMariadb()
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection(url)
  const names = ['conformance_0', 'conformance_1']
  for (const name of names) {
    await connection.query(`drop database if exists ${name}`)
    await connection.query(`create database ${name} character set utf8mb4 collate utf8mb4_nopad_bin`)
  }
  return {
    url: (index) => `${url.replace(/\/+$/, '')}/${names[index]}`,
    drop: async () => {
      for (const name of names) await connection.query(`drop database if exists ${name}`)
      await connection.end()
    },
  }
}

const totals = []
if (flags.database !== 'mariadb') totals.push(await playOn('sqlite', async () => 'sqlite::memory:'))
if (flags.database !== 'sqlite') {
  const databases = await mariadbDatabases()
  try {
    totals.push(await playOn('mariadb', async (index) => databases.url(index)))
  } finally {
    await databases.drop()
  }
}
const sum = (key) => totals.reduce((total, one) => total + one[key], 0)
console.log(`\nTests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
process.exit(sum('failed') > 0 ? 1 : 0)
