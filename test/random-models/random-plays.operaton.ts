import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createRemoteEngine } from '../../engine/index.ts'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import { migrations } from '../../migrations/index.ts'
// @ts-expect-error a script without types
import { startOperaton } from '../../scripts/operaton-server.mjs'
import { countedIds } from '../builders/test-engine.ts'
import { play } from './play.ts'
import { operatonPlays } from './plays.ts'
import { modelOf, randomCase } from './random-model.ts'

/** An Operaton of its own, which leaves jobs to the play and has the oldest first where two are alike. */
describe('random plays on Operaton', () => {
  let database: Database
  let engine: ProcessEngine
  let server: { readonly url: string; stop(): Promise<void> }

  beforeAll(async () => {
    server = await startOperaton({ runsJobs: false, countsIds: true })
    database = await openDatabase('sqlite::memory:')
    await migrate(database, migrations)
    engine = createRemoteEngine({ url: server.url, database, now: () => Date.now(), newId: countedIds() })
  }, 180_000)
  afterAll(async () => {
    await database.close()
    await server.stop()
  })

  it.each(Object.keys(operatonPlays))('are as recorded with seed %s', async (seed) => {
    const one = randomCase(Number(seed))
    const model = modelOf(one, `random${seed}`)
    await engine.deployments.create({ name: 'random', resources: model.resources })

    const moments = await play(engine, model, one)

    expect(moments).toEqual(operatonPlays[seed])
  })
})
