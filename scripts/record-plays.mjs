// Records what a real Operaton does with the random models (ADR 0004); needed again whenever their generator changes.
//   node --import tsx scripts/record-plays.mjs [LAST_SEED] [FILE]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../database/open-database.ts'
import { createRemoteEngine } from '../engine/index.ts'
import { play } from '../test/random-models/play.ts'
import { leftOut } from '../test/random-models/plays.ts'
import { randomModel } from '../test/random-models/random-model.ts'
import { root } from './install.mjs'
import { startOperaton } from './operaton-server.mjs'

const last = Number(process.argv[2] ?? 302)
const file = process.argv[3] ?? join(root, 'test/random-models/operaton-plays.json')
const server = await startOperaton()
const database = await openDatabase('sqlite::memory:')
try {
  const engine = createRemoteEngine({ url: server.url, database, since: Date.now() })
  const lines = []
  for (let seed = 1; seed <= last; seed++) {
    if (seed in leftOut) continue
    const model = randomModel(seed)
    await engine.deployments.create({ name: 'random', resources: model.resources })
    const moments = await play(engine, model, seed)
    lines.push(`"${seed}": ${JSON.stringify(moments.map(({ action, seen }) => [action, seen]))}`)
  }
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
  console.log(`${lines.length} plays recorded in ${file}`)
} finally {
  await database.close()
  await server.stop()
}
