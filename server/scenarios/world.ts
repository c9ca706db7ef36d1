import type { MachineTask } from '../../contracts/api/machine.ts'
import { TOPICS } from '../../contracts/external-topics.ts'
import type { Database } from '../../database/database.ts'
import type { Application } from '../compose.ts'
import type { Actor } from '../identity/actor.ts'
import { answerVariables, machineTaskOf } from '../machine/index.ts'
import { placeId, zezhou } from '../organisation/demonstration/index.ts'
import type { TurnableClock } from '../organisation/index.ts'
import type { RecordRow } from '../records/index.ts'
import { nextMoment } from '../turn-clock.ts'
import { type Pictures, smallestPictures } from './pictures.ts'
import { ScenarioFailure } from './scenario.ts'

/** The server in which a scenario plays, and what the scenario calls people, places and records. */
export interface World {
  readonly database: Database
  readonly application: Application
  readonly clock: TurnableClock
  readonly countyCode: string
  readonly pictures: Pictures
  actor(alias: string): Actor
  personId(alias: string): string
  placeId(alias: string): string
  /** The record that a scenario calls `check`, `check.hazards[0]`, or by its number. */
  record(of: string): Promise<RecordRow>
  name(name: string, numbers: { record: string; hazards: readonly string[] }): void
  /** Workers of these topics are away from now on. */
  hold(topics: readonly string[]): void
  /** Everything that runs by itself: workers' tasks, due jobs, deadlines. Until nothing is left. */
  settle(): Promise<void>
  /** Turns the clock, stopping at each moment at which something is due. */
  advance(to: number): Promise<void>
}

const WORKER = 'scenario'

export function makeWorld(input: {
  database: Database
  application: Application
  clock: TurnableClock
  countyCode: string
  personIdByAlias: ReadonlyMap<string, string>
  pictures?: Pictures
}): World {
  const { database, application, clock, countyCode, personIdByAlias } = input
  const { engine, approval, notifications, machine, records } = application.features
  let held: readonly string[] = []
  const names = new Map<string, { record: string; hazards: readonly string[] }>()
  const places = new Set([...zezhou.units, ...zezhou.enterprises].map((one) => one.alias))

  const personId = (alias: string): string => {
    const found = personIdByAlias.get(alias)
    if (!found) throw new ScenarioFailure(`nobody is called ${alias}`)
    return found
  }

  async function workExternalTasks(): Promise<number> {
    const locked = await engine.externalTasks.fetchAndLock({
      workerId: WORKER,
      maxTasks: 50,
      topics: TOPICS.filter((topic) => !held.includes(topic)).map((topicName) => ({ topicName, lockMs: 600_000 })),
    })
    for (const task of locked) {
      const topic = TOPICS.find((one) => one === task.topicName)
      if (!topic) continue
      const machineTask: MachineTask = machineTaskOf(task)
      const answer = await machine.handle(topic, machineTask)
      await engine.externalTasks.complete(task.id, { workerId: WORKER, variables: answerVariables(answer) })
    }
    return locked.length
  }

  const world: World = {
    pictures: input.pictures ?? smallestPictures,
    database,
    application,
    clock,
    countyCode,
    personId,
    actor(alias) {
      const kind = alias.startsWith('admin') ? 'admin' : /^E\d/.test(alias) ? 'enterprise' : 'official'
      return { personId: personId(alias), countyCode, kind }
    },
    placeId: (alias) => (places.has(alias) ? placeId(countyCode, alias) : alias),

    name(name, numbers) {
      names.set(name, numbers)
    },

    async record(of) {
      const [, base = of, index] = /^(.*?)\.hazards\[(\d+)\]$/.exec(of) ?? []
      const named = names.get(base)
      const number = index === undefined ? (named?.record ?? of) : named?.hazards[Number(index)]
      const row = number === undefined ? null : await records.store.byNumber(countyCode, number)
      if (!row) throw new ScenarioFailure(`there is no record ${of}`)
      return row
    },

    hold(topics) {
      held = topics
    },

    async settle() {
      for (let round = 0; round < 100; round++) {
        const done = (await workExternalTasks()) + (await engine.jobs.runDue()) + (await approval.runDeadlines())
        if (done === 0) return
      }
      throw new ScenarioFailure('something never comes to rest')
    },

    async advance(to) {
      while (clock.now() < to) {
        await clock.turnTo(await nextMoment({ clock, engine, database }, to))
        await world.settle()
        await notifications.remind()
      }
    },
  }

  return world
}
