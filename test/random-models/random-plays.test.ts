import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { camunda7Compat, type ProcessEngine } from '../../engine/index.ts'
import { migrations } from '../../migrations/index.ts'
import { testEngine } from '../builders/test-engine.ts'
import { play } from './play.ts'
import { leftOut, operatonPlays } from './plays.ts'
import { modelOf, randomCase } from './random-model.ts'

describe('recorded plays', () => {
  it('are there for every seed, but for those left out with a reason', () => {
    const last = Math.max(...Object.keys(operatonPlays).map(Number))

    const missing = Array.from({ length: last }, (_, index) => index + 1).filter((seed) => !(seed in operatonPlays))

    expect(missing).toEqual(Object.keys(leftOut).map(Number))
  })
})

describe('random plays on the embedded engine', () => {
  let database: Database
  let engine: ProcessEngine

  beforeAll(async () => {
    database = await openDatabase('sqlite::memory:')
    await migrate(database, migrations)
    engine = testEngine(database, { compat: camunda7Compat }).engine
    await engine.start()
  })
  afterAll(async () => {
    await engine.stop()
    await database.close()
  })

  it.each(Object.keys(operatonPlays))('go as on a real Operaton with seed %s', async (seed) => {
    const one = randomCase(Number(seed))
    const model = modelOf(one, `random${seed}`)
    await engine.deployments.create({ name: 'random', resources: model.resources })

    const moments = await play(engine, model, one)

    expect(moments).toEqual(operatonPlays[seed])
  })
})
