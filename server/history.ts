import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { Application } from './compose.ts'
import { DEMONSTRATION_START, zezhou } from './organisation/demonstration/index.ts'
import type { TurnableClock } from './organisation/index.ts'
import { makeWorld, type Pictures, playStep, type Scenario, type Step, scenario, type World } from './scenarios/index.ts'

const DEMONSTRATION = join(import.meta.dirname, 'organisation', 'demonstration')
const HISTORY = join(DEMONSTRATION, 'history')

/**
 * Plays the demonstration's six weeks: every file is a scenario, and their steps are played in the order of their times, each at its
 * moment, through the same use cases as any other. Ends when the clock stands where the demonstration begins.
 */
export async function playHistory(database: Database, application: Application, clock: TurnableClock): Promise<void> {
  const personIdByAlias = await peopleByAlias(application)
  const pictures = drawnPictures()
  const worldFor = () => makeWorld({ database, application, clock, countyCode: zezhou.code, personIdByAlias, pictures })
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

/** Stand-ins for site photos, drawn for the demonstration; each moment takes the next of its kind. */
function drawnPictures(): Pictures {
  const folder = join(DEMONSTRATION, 'pictures')
  const names = readdirSync(folder).sort()
  const of = (moment: string) => names.filter((name) => name.startsWith(`${moment}-`)).map((name) => readFileSync(join(folder, name)))
  const pictures = { before: of('before'), after: of('after') }
  const taken = { before: 0, after: 0 }
  return {
    photo(moment) {
      const bytes = pictures[moment][taken[moment] % pictures[moment].length]
      taken[moment] += 1
      if (!bytes) throw new Error(`no picture ${moment} in ${folder}`)
      return { bytes, mime: 'image/jpeg' }
    },
    signature: `data:image/png;base64,${readFileSync(join(folder, 'signature.png')).toString('base64')}`,
  }
}

async function peopleByAlias({ features }: Application): Promise<ReadonlyMap<string, string>> {
  const { accounts } = features.identity
  const found = await Promise.all(
    zezhou.people.map(async ({ alias }) => [alias, (await accounts.byName(zezhou.code, alias))?.personId ?? ''] as const),
  )
  return new Map(found)
}
