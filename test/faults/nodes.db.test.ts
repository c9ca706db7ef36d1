import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { openDatabase } from '../../database/open-database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migration } from '../../migrations/101-engine-tables.ts'
import { countedIds, testEngine } from '../builders/test-engine.ts'
import { allRoots, inconsistencies } from './consistency.ts'
import { crashModels } from './crash-models.ts'

const timer = `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="faults"><process id="timer" isExecutable="true" camunda:historyTimeToLive="P30D"><startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="wait"/><intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent><sequenceFlow id="b" sourceRef="wait" targetRef="end"/><endEvent id="end"/></process></definitions>`
const HOUR = 3_600_000

// Several nodes share one database only on MariaDB: SQLite belongs to one process.
const shared = testDatabases('faults_nodes', [migration]).filter(({ name }) => name === 'MariaDB')

const suite =
  shared.length > 0 ? describe.each(shared) : describe.skip.each([{ name: 'MariaDB', open: () => Promise.reject(new Error('no server')) }])

suite('several nodes on one $name', ({ open }) => {
  let first: Database
  let second: Database
  let drop: () => Promise<void>
  const node = (database: Database, number: number) => testEngine(database, { newId: countedIds(number) })
  let one: ReturnType<typeof node>
  let two: ReturnType<typeof node>
  beforeAll(async () => {
    const opened = await open()
    first = opened.database
    drop = opened.drop
    second = await openDatabase(opened.url)
    one = node(first, 1)
    two = node(second, 2)
    const resources = Object.entries({ ...crashModels, timer }).map(([key, content]) => ({ name: `${key}.bpmn`, content }))
    await one.engine.deployments.create({ name: 'faults', resources })
  })
  afterAll(async () => {
    await second.close()
    await drop()
  })

  const start = (engine: (typeof one)['engine'], definitionKey: string) => engine.instances.start({ definitionKey })

  it('runs each of many timers that are due at once exactly once', async () => {
    const instances = await Promise.all(Array.from({ length: 60 }, (_, i) => start(i % 2 === 0 ? one.engine : two.engine, 'timer')))
    one.clock.advance(2 * HOUR)
    two.clock.advance(2 * HOUR)

    await Promise.all([one.engine.jobs.runDue(), two.engine.jobs.runDue()])
    await one.engine.jobs.runDue()

    const states = await Promise.all(instances.map(({ id }) => one.engine.history.instance(id)))
    expect(new Set(states.map((instance) => instance?.state))).toEqual(new Set(['COMPLETED']))
    expect(await first.query("select count(*) as n from hi_job_log where event = 'successful'")).toEqual([{ n: 60 }])
    expect(await first.query("select count(*) as n from hi_job_log where event = 'failed'")).toEqual([{ n: 0 }])
  })

  it('leaves a job to the node that holds it, and takes it over when that node has died', async () => {
    const { id } = await start(one.engine, 'timer')
    one.clock.advance(2 * HOUR)
    two.clock.advance(2 * HOUR)
    await first.query("update ru_job set lock_owner = 'dead', lock_until = ? where instance_id = ?", [two.clock.now() + 5 * 60_000, id])

    await two.engine.jobs.runDue()
    const meanwhile = (await two.engine.history.instance(id))?.state
    two.clock.advance(5 * 60_000 + 1)
    await two.engine.jobs.runDue()

    expect([meanwhile, (await two.engine.history.instance(id))?.state]).toEqual(['ACTIVE', 'COMPLETED'])
  })

  it('lets two nodes complete the same tasks at the same time, each once', async () => {
    const instances = await Promise.all(Array.from({ length: 12 }, () => start(one.engine, 'forked')))
    await one.engine.jobs.runDue()
    const tasks = (await Promise.all(instances.map(({ id }) => one.engine.tasks.list({ rootProcessInstanceId: id })))).flat()

    const outcomes = await Promise.allSettled(
      tasks.flatMap((task) => [one.engine.tasks.complete(task.id), two.engine.tasks.complete(task.id)]),
    )

    expect(tasks).toHaveLength(24)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(24)
    for (const { id } of instances) expect((await two.engine.history.instance(id))?.state).toBe('COMPLETED')
  })

  it('goes on when the database has cut all its connections', async () => {
    const { id } = await start(one.engine, 'plain')
    const connections = await second.query<{ id: number }>(
      'select id from information_schema.processlist where db = database() and id <> connection_id()',
    )
    for (const connection of connections) await second.query(`kill ${Number(connection.id)}`).catch(() => undefined)

    const [task] = await retried(() => one.engine.tasks.list({ processInstanceId: id }))
    await retried(() => one.engine.tasks.complete(task?.id ?? ''))

    expect((await one.engine.history.instance(id))?.state).toBe('COMPLETED')
  })

  it('sees a new version that another node has deployed', async () => {
    await start(two.engine, 'plain')
    await two.engine.start()
    const before = await two.engine.definitions.latestByKey('plain')
    await one.engine.deployments.create({
      name: 'newer',
      resources: [{ name: 'plain.bpmn', content: `${crashModels.plain}<!-- newer -->` }],
    })

    let version = before?.version
    for (let i = 0; i < 60 && version === before?.version; i++) {
      await new Promise((done) => setTimeout(done, 50))
      version = (await two.engine.definitions.latestByKey('plain'))?.version
    }
    await two.engine.stop()

    expect(version).toBe((before?.version ?? 0) + 1)
  })

  it('agrees with its history to the last row', async () => {
    for (const rootId of await allRoots(first)) expect(await inconsistencies(one.engine.runtime, rootId)).toEqual([])
  })
})

/** A command that met a cut connection fails; the next one finds a new connection. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 5) throw error
    }
  }
}
