import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { playCore } from './core-play.ts'
import { type RandomCase, randomCase } from './random-model.ts'
import { shrink } from './shrink.ts'

const cases = Number(process.env['PROPERTY_CASES'] ?? 150)
const first = Number(process.env['PROPERTY_FIRST'] ?? 1)
const failedOnce = JSON.parse(readFileSync(join(import.meta.dirname, 'failing-cases.json'), 'utf8')) as RandomCase[]

describe('the core on random models', () => {
  it('plays the cases that have failed once', () => {
    for (const one of failedOnce) playCore(one)
  })

  it('conserves tokens, projects what it keeps, repeats from a snapshot, and never waits for nobody', () => {
    for (let seed = first; seed < first + cases; seed += 1) {
      try {
        playCore(randomCase(seed))
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error })
      }
    }
  })

  it('does the same each time', () => {
    expect(playCore(randomCase(17))).toEqual(playCore(randomCase(17)))
  })
})

describe('shrink', () => {
  it('keeps the smallest case that still fails', async () => {
    const fails = (one: RandomCase) => JSON.stringify(one.body).includes('"timer"') && one.draws.length > 1
    const seed = Array.from({ length: 100 }, (_, index) => index + 1).find((each) => fails(randomCase(each))) as number

    const smallest = await shrink(randomCase(seed), fails)

    expect(smallest.draws).toHaveLength(2)
    expect(JSON.stringify(smallest.body).length).toBeLessThan(260)
  })
})
