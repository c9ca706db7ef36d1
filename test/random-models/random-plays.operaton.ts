import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ProcessEngine } from '../../engine/process-engine.ts'
import { remoteEngine } from '../builders/remote-engine.ts'
import { play } from './play.ts'
import { operatonPlays } from './plays.ts'
import { randomModel } from './random-model.ts'

describe('random plays on Operaton', () => {
  let remote: Awaited<ReturnType<typeof remoteEngine>>
  let engine: ProcessEngine

  beforeAll(async () => {
    remote = await remoteEngine({ url: process.env.OPERATON_URL ?? '', now: Date.now })
    engine = remote.engine
  })
  afterAll(() => remote.close())

  it.each(Object.keys(operatonPlays))('are as recorded with seed %s', async (seed) => {
    const model = randomModel(Number(seed))
    await engine.deployments.create({ name: 'random', resources: model.resources })

    const moments = await play(engine, model, Number(seed))

    expect(moments).toEqual(operatonPlays[seed])
  })
})
