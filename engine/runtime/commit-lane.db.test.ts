import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { testEngine } from '../../test/builders/test-engine.ts'
import type { ProcessEngine } from '../process-engine.ts'

const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test">
  <process id="lane" isExecutable="true">
    <startEvent id="start" /><userTask id="work" /><endEvent id="end" />
    <sequenceFlow id="f1" sourceRef="start" targetRef="work" /><sequenceFlow id="f2" sourceRef="work" targetRef="end" />
  </process>
</definitions>`

describe.each(testDatabases('commit-lane', migrations))('the commit lane on $name', ({ open }) => {
  let database: Database
  let engine: ProcessEngine
  let drop: () => Promise<void>
  /** While true no transaction gets to the database. */
  let isDown = false

  beforeAll(async () => {
    const opened = await open()
    database = opened.database
    drop = opened.drop
    const breakable: Database = {
      ...database,
      transaction: (work, after) => (isDown ? Promise.reject(new Error('no database')) : database.transaction(work, after)),
    }
    engine = testEngine(breakable).engine
    await engine.deployments.create({ name: 'lane', resources: [{ name: 'lane.bpmn', content: model }] })
  })
  afterAll(() => drop())

  const start = () => engine.instances.start({ definitionKey: 'lane' })
  const openTasks = async () => (await engine.tasks.list({ taskDefinitionKey: 'work' })).length

  it('does starts and completions that come at once, each once', async () => {
    const running = await Promise.all(Array.from({ length: 60 }, start))
    const tasks = await engine.tasks.list({ taskDefinitionKey: 'work' })

    const results = await Promise.all(tasks.flatMap((task) => [engine.tasks.complete(task.id), start()]))

    expect(new Set(running.map((instance) => instance.id)).size).toBe(60)
    expect(results).toHaveLength(120)
    expect(await openTasks()).toBe(60)
  })

  it('lets a refused work fall out alone, among those that came at once', async () => {
    const before = await openTasks()
    const [first] = await engine.tasks.list({ taskDefinitionKey: 'work' })
    const work = [
      start(),
      engine.tasks.complete(first!.id),
      engine.tasks.complete(first!.id),
      engine.instances.start({ definitionKey: 'none' }),
    ]

    const outcomes = await Promise.allSettled([...work, start()])

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await openTasks()).toBe(before + 1)
  })

  it('tells everybody when there is no database, and goes on when it is back', async () => {
    const before = await openTasks()
    isDown = true
    const outcomes = await Promise.allSettled([start(), start()])
    isDown = false
    await start()

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
    expect(await openTasks()).toBe(before + 1)
  })
})
