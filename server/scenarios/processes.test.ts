import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { openScenarioDatabase, runScenario, type ScenarioDatabase, scenario } from './index.ts'

const processes = join(import.meta.dirname, '../../processes')
const files = readdirSync(processes, { recursive: true, encoding: 'utf8' })
  .filter((name) => /scenarios\/[^/]+\.json$/.test(name))
  .sort()

const servers = [
  { name: 'SQLite', url: 'sqlite::memory:' },
  ...(process.env.TEST_MARIADB_URL ? [{ name: 'MariaDB', url: process.env.TEST_MARIADB_URL }] : []),
]

describe.each(servers)('scenarios of the shipped procedures on $name', ({ url }) => {
  let scenarios: ScenarioDatabase

  beforeAll(async () => {
    scenarios = await openScenarioDatabase(url, `test_processes_${process.pid}`)
  }, 120_000)
  afterAll(() => scenarios.drop())
  beforeEach(() => scenarios.empty())

  it.each(files)(
    'plays %s as it says',
    async (file) => {
      const read = scenario.parse(JSON.parse(readFileSync(join(processes, file), 'utf8')))

      const result = await runScenario(read, scenarios.database)

      expect(result.message).toBeNull()
      expect(result.passed).toBe(true)
    },
    120_000,
  )
})
