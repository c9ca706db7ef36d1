import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openTarget } from './fuzz-rest.ts'
import { fuzzText } from './fuzz-text.ts'

const inputs = Number(process.env['FUZZ_INPUTS'] ?? 2_000)
const BUDGET_MS = 3_000

async function within(seed: number, work: (seed: number) => Promise<string>): Promise<void> {
  const began = performance.now()
  const given = await work(seed).catch((error: unknown) => {
    throw new Error(`input ${seed}: ${String((error as Error).stack)}`)
  })
  const took = performance.now() - began
  if (took > BUDGET_MS) throw new Error(`input ${seed} took ${Math.round(took)} ms: ${given.slice(0, 500)}`)
}

describe('damaged models, decisions, expressions and timers', () => {
  it('are read or refused, at once', async () => {
    for (let seed = 1; seed <= inputs; seed += 1) await within(seed, fuzzText)
  }, 600_000)
})

describe('damaged requests', () => {
  let target: Awaited<ReturnType<typeof openTarget>>

  beforeAll(async () => {
    target = await openTarget()
  })
  afterAll(() => target.close())

  it("are answered in Camunda's format, at once, and leave nothing half-written", async () => {
    for (let seed = 1; seed <= inputs / 4; seed += 1) await within(seed, target.fuzz)

    expect(await target.inconsistencies()).toEqual([])
  }, 600_000)
})
