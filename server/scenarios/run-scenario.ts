import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Database } from '../../database/database.ts'
import { composeApplication } from '../compose.ts'
import { type RemoteEngineConfig, readConfig } from '../config.ts'
import { followedClock } from '../engine-clock.ts'
import { uuidV7 } from '../new-id.ts'
import { DEMONSTRATION_COUNTIES, setUpCounty } from '../organisation/demonstration/index.ts'
import { manualClock } from '../organisation/index.ts'
import { playStep } from './play-step.ts'
import { type Scenario, ScenarioFailure, type Step } from './scenario.ts'
import { makeWorld } from './world.ts'

export interface ScenarioResult {
  readonly title: string
  readonly passed: boolean
  readonly steps: number
  /** 1-based; null when it passed. */
  readonly failedStep: number | null
  readonly step: Step | null
  readonly message: string | null
}

/** Plays a scenario in the demonstration's county on a migrated, empty database, with the engine of this process or an empty other one. */
export async function runScenario(
  scenario: Scenario,
  database: Database,
  remoteEngine: RemoteEngineConfig | null = null,
): Promise<ScenarioResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bihuan-scenario-'))
  try {
    const standing = manualClock(Date.parse(scenario.clock))
    const clock = remoteEngine ? await followedClock(standing, remoteEngine) : standing
    const config = { ...readConfig({ LOG_LEVEL: 'error' }, dataDir), dataDir, remoteEngine }
    const application = composeApplication({
      database,
      clock,
      machine: clock,
      newId: uuidV7,
      config,
      log: pino({ level: 'error' }),
      pump: false,
    })
    const plan = DEMONSTRATION_COUNTIES.find((county) => county.code === scenario.county)
    if (!plan) throw new ScenarioFailure(`there is no county ${scenario.county} in the demonstration`)
    const personIdByAlias = await setUpCounty({ database, organisation: application.features.organisation }, plan)
    await application.features.procedures.installShipped(plan.code, personIdByAlias.get('admin') ?? '')
    const world = makeWorld({ database, application, clock, countyCode: plan.code, personIdByAlias })
    for (const [index, step] of scenario.steps.entries()) {
      try {
        await playStep(world, step, index)
      } catch (error) {
        const message =
          error instanceof ScenarioFailure ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
        return { title: scenario.title, passed: false, steps: scenario.steps.length, failedStep: index + 1, step, message }
      }
    }
    return { title: scenario.title, passed: true, steps: scenario.steps.length, failedStep: null, step: null, message: null }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
