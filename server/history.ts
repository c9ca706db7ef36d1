import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { Application } from './compose.ts'
import { DEMONSTRATION_START, zezhou } from './organisation/demonstration/index.ts'
import type { TurnableClock } from './organisation/index.ts'
import { makeWorld, playStep, type Scenario, type Step, scenario, type World } from './scenarios/index.ts'

const HISTORY = join(import.meta.dirname, 'organisation', 'demonstration', 'history')

/**
 * Plays the demonstration's six weeks: every file is a scenario, and their steps are played in the order of their times, each at its
 * moment, through the same use cases as any other. Ends when the clock stands where the demonstration begins.
 */
export async function playHistory(database: Database, application: Application, clock: TurnableClock): Promise<void> {
  const personIdByAlias = await peopleByAlias(application)
  const worldFor = () => makeWorld({ database, application, clock, countyCode: zezhou.code, personIdByAlias })
  const moments = readHistory().flatMap(([name, file]) => timed(name, file, worldFor()))
  moments.sort((a, b) => a.at - b.at)
  for (const [index, moment] of moments.entries())
    await playStep(moment.world, moment.step, index).catch((cause: unknown) => {
      throw new Error(`history ${moment.name}, ${moment.step.at ?? ''} ${moment.step.as ?? ''}`, { cause })
    })
  await worldFor().advance(DEMONSTRATION_START)
}

interface Moment {
  readonly at: number
  readonly name: string
  readonly step: Step
  readonly world: World
}

function readHistory(): [string, Scenario][] {
  const names = readdirSync(HISTORY).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => [name, scenario.parse(JSON.parse(readFileSync(join(HISTORY, name), 'utf8')))])
}

/** A step without a time of its own happens right after the one before. */
function timed(name: string, { clock, steps }: Scenario, world: World): Moment[] {
  let at = Date.parse(clock)
  return steps.map((step) => {
    if (step.at !== undefined) at = Date.parse(step.at)
    return { at, name, step, world }
  })
}

async function peopleByAlias({ features }: Application): Promise<ReadonlyMap<string, string>> {
  const { accounts } = features.identity
  const found = await Promise.all(
    zezhou.people.map(async ({ alias }) => [alias, (await accounts.byName(zezhou.code, alias))?.personId ?? ''] as const),
  )
  return new Map(found)
}
