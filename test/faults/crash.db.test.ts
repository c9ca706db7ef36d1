import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migration } from '../../migrations/101-engine-tables.ts'
import { testEngine } from '../builders/test-engine.ts'
import { compileTree } from './compiled-tree.ts'
import { allRoots, inconsistencies } from './consistency.ts'
import { crashModels } from './crash-models.ts'
import { CrashingProcess } from './crashing-process.ts'

const CRASHES = Number(process.env.TEST_CRASHES ?? 100)
const server = process.env.TEST_MARIADB_URL

let tree: ReturnType<typeof compileTree>
beforeAll(() => {
  tree = compileTree()
})
afterAll(() => tree.remove())

/** A seeded sequence, so that a failing run can be told apart from a lucky one. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

async function prepare(url: string) {
  const database = await openDatabase(url)
  await migrate(database, [migration])
  const { engine } = testEngine(database)
  await engine.deployments.create({
    name: 'faults',
    resources: Object.entries(crashModels).map(([key, content]) => ({ name: `${key}.bpmn`, content })),
  })
  return { database, engine }
}

/** `lanes` processes work on the database at the same time; each is killed and followed by the next, `crashes` times in all. */
async function crash(url: string, crashes: number, lanes: number, afterEach: (child: CrashingProcess) => Promise<void>): Promise<void> {
  const next = random(20_260_101)
  const begin = () => new CrashingProcess(tree.at('test/faults/crash-child.ts'), url)
  let left = crashes
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      // The next ones are starting up while one works.
      const waiting = [begin(), begin()]
      while (left-- > 0) {
        const child = waiting.shift() as CrashingProcess
        waiting.push(begin())
        await child.workAndCrash(1 + Math.floor(next() * 12), Math.floor(next() * 12))
        await afterEach(child)
      }
      for (const child of waiting) child.kill()
    }),
  )
}

async function verify(engine: ReturnType<typeof testEngine>['engine'], database: Database, child: CrashingProcess): Promise<void> {
  expect(child.failures).toEqual([])
  const marks = (ids: readonly string[]) => ids.map(() => '?').join(', ') || 'null'
  const started = await database.query(`select instance_id from hi_instance where instance_id in (${marks(child.started)})`, child.started)
  expect(started).toHaveLength(child.started.length)
  const completed = await database.query(
    `select task_id from hi_task where delete_reason = 'completed' and ended_at is not null and task_id in (${marks(child.completed)})`,
    child.completed,
  )
  expect(completed).toHaveLength(child.completed.length)
  const running = await database.query<{ root_id: string }>('select distinct root_id from ru_instance')
  for (const { root_id: rootId } of running.slice(-20)) expect(await inconsistencies(engine.runtime, rootId)).toEqual([])
}

describe('kill −9 in the middle of commands', () => {
  it(`loses and doubles nothing on SQLite, ${CRASHES} times`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-faults-'))
    const url = `sqlite:${join(folder, 'faults.sqlite')}`
    const { database, engine } = await prepare(url)
    let done = 0

    await crash(url, CRASHES, 1, async (child) => {
      await verify(engine, database, child)
      done += child.started.length + child.completed.length
    })

    for (const rootId of await allRoots(database)) expect(await inconsistencies(engine.runtime, rootId)).toEqual([])
    expect(done).toBeGreaterThan(CRASHES)
    await database.close()
    rmSync(folder, { recursive: true })
  }, 900_000)

  const mariadb = server ? it : it.skip
  mariadb(
    `loses and doubles nothing on MariaDB, ${CRASHES} times, two processes at once`,
    async () => {
      const name = `test_faults_${process.pid}`
      const url = new URL(name, server).href
      const { database, engine } = await prepare(url)
      let done = 0

      await crash(url, CRASHES, 2, async (child) => {
        await verify(engine, database, child)
        done += child.started.length + child.completed.length
      })

      for (const rootId of await allRoots(database)) expect(await inconsistencies(engine.runtime, rootId)).toEqual([])
      expect(done).toBeGreaterThan(CRASHES)
      await database.query(`drop database ${name}`)
      await database.close()
    },
    900_000,
  )
})
