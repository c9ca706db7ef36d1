import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import { createRemoteEngine } from '../../engine/remote/create-remote-engine.ts'
import { play } from './play.ts'
import { operatonPlays } from './plays.ts'
import { randomModel } from './random-model.ts'

describe('random plays on Operaton', () => {
  let database: Database
  let engine: ProcessEngine

  beforeAll(async () => {
    database = await openDatabase('sqlite::memory:')
    engine = createRemoteEngine({ url: process.env.OPERATON_URL ?? '', database, since: Date.now() })
  })
  afterAll(() => database.close())

  it.each(Object.keys(operatonPlays))('are as recorded with seed %s', async (seed) => {
    const model = randomModel(Number(seed))
    await engine.deployments.create({ name: 'random', resources: model.resources })

    const moments = await play(engine, model, Number(seed))

    expect(moments).toEqual(operatonPlays[seed])
  })
})
