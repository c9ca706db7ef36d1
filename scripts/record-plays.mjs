// Records what a real Operaton does with the random models (ADR 0004); needed again whenever their generator changes.
//   node --import tsx scripts/record-plays.mjs [LAST_SEED] [FILE]
// Names the seeds on which the embedded engine does something else, and those that never come to rest, which it does not record.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { camunda7Compat, createRemoteEngine } from '../engine/index.ts'
import { migrations } from '../migrations/index.ts'
import { countedIds, testEngine } from '../test/builders/test-engine.ts'
import { play } from '../test/random-models/play.ts'
import { leftOut } from '../test/random-models/plays.ts'
import { modelOf, randomCase } from '../test/random-models/random-model.ts'
import { root } from './install.mjs'
import { startOperaton } from './operaton-server.mjs'

const last = Number(process.argv[2] ?? 312)
const file = process.argv[3] ?? join(root, 'test/random-models/operaton-plays.json')
const server = await startOperaton({ runsJobs: false, countsIds: true })
const databases = [await openDatabase('sqlite::memory:'), await openDatabase('sqlite::memory:')]
try {
  for (const database of databases) await migrate(database, migrations)
  const peer = createRemoteEngine({ url: server.url, database: databases[0], now: () => Date.now(), newId: countedIds() })
  const { engine: ours } = testEngine(databases[1], { compat: camunda7Compat, stepBudget: 3_000 })
  const lines = []
  for (let seed = 1; seed <= last; seed++) {
    if (seed in leftOut) continue
    const one = randomCase(seed)
    const model = modelOf(one, `random${seed}`)
    const playOn = async (engine) => {
      await engine.deployments.create({ name: 'random', resources: model.resources })
      return JSON.stringify((await play(engine, model, one)).map(({ action, seen }) => [action, seen]))
    }
    const own = await playOn(ours)
    if (own.includes(' endless')) {
      console.log(`${seed} never comes to rest`)
      continue
    }
    const moments = await playOn(peer)
    if (moments !== own) console.log(`${seed} differs`)
    lines.push(`"${seed}": ${moments}`)
  }
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
  console.log(`${lines.length} plays recorded in ${file}`)
} finally {
  for (const database of databases) await database.close()
  await server.stop()
}
