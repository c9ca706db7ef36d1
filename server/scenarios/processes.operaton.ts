import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emptyRemoteEngine, openScenarioDatabase, runScenario, type ScenarioDatabase, scenario } from './index.ts'

const processes = join(import.meta.dirname, '../../processes')
const files = readdirSync(processes, { recursive: true, encoding: 'utf8' })
  .filter((name) => /scenarios\/[^/]+\.json$/.test(name))
  .sort()
const operaton = { url: process.env.OPERATON_URL ?? '', clockUrl: process.env.OPERATON_CLOCK_URL ?? '' }

describe('scenarios of the shipped procedures on Operaton', () => {
  let scenarios: ScenarioDatabase

  beforeAll(async () => {
    scenarios = await openScenarioDatabase('sqlite::memory:', '')
  })
  afterAll(async () => {
    await scenarios.drop()
    // Whoever comes next finds it as it was: empty, and with the clock of the machine.
    await emptyRemoteEngine(operaton)
    await fetch(operaton.clockUrl, { method: 'PUT', body: JSON.stringify({ now: Date.now() }) })
  })
  beforeEach(async () => {
    await scenarios.empty()
    await emptyRemoteEngine(operaton)
  })

  it.each(files)(
    'plays %s as it says',
    async (file) => {
      const read = scenario.parse(JSON.parse(readFileSync(join(processes, file), 'utf8')))

      const result = await runScenario(read, scenarios.database, operaton)

      expect(result.message).toBeNull()
    },
    240_000,
  )
})
