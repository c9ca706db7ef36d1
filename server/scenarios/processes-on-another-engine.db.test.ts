import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { servedEngine } from '../../test/builders/served-engine.ts'
import { openScenarioDatabase, runScenario, type ScenarioDatabase, scenario } from './index.ts'

const processes = join(import.meta.dirname, '../../processes')

/** The longest way, one that is sent back, one that is overtaken by a due date, one whose worker fails. */
const files = [
  'hazard-self-check/scenarios/reference-run.json',
  'major-hazard-confirm/scenarios/returned-by-second-level.json',
  'rectification-extension/scenarios/due-passes-then-extended.json',
  'hazard-listed-supervision/scenarios/worker-fails-before-issue.json',
]

describe('scenarios of the shipped procedures, the engine on another server', () => {
  let served: Awaited<ReturnType<typeof servedEngine>>
  let scenarios: ScenarioDatabase

  beforeEach(async () => {
    served = await servedEngine()
    scenarios = await openScenarioDatabase('sqlite::memory:', '')
  })
  afterEach(async () => {
    await scenarios.drop()
    await served.close()
  })

  it.each(files)(
    'plays %s as it says',
    async (file) => {
      const read = scenario.parse(JSON.parse(readFileSync(join(processes, file), 'utf8')))

      const result = await runScenario(read, scenarios.database, { url: served.url, clockUrl: served.clockUrl })

      expect(result.message).toBeNull()
    },
    120_000,
  )
})
