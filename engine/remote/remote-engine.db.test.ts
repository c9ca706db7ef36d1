import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { type TestDatabase, testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { servedEngine } from '../../test/builders/served-engine.ts'
import { createRemoteEngine, type EngineEvent, type ProcessEngine } from '../index.ts'
import { makeUuidV7 } from '../uuid-v7.ts'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <message id="m" name="go-on"/>
  <process id="case" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="fill"/>
    <userTask id="fill" name="填报"/><sequenceFlow id="b" sourceRef="fill" targetRef="sign"/>
    <userTask id="sign" name="签字"/><sequenceFlow id="c" sourceRef="sign" targetRef="wait"/>
    <receiveTask id="wait" messageRef="m"/><sequenceFlow id="d" sourceRef="wait" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`
const resources = [{ name: 'case.bpmn', content: MODEL }]
const COUNTY = '140525'

describe.each(testDatabases('remote_engine', migrations))('the engine of another server, with $name here', (kind: TestDatabase) => {
  let served: Awaited<ReturnType<typeof servedEngine>>
  let opened: Awaited<ReturnType<TestDatabase['open']>>
  let database: Database
  let engine: ProcessEngine
  let events: EngineEvent[]
  let faults: unknown[]
  const newId = makeUuidV7(Date.now)

  const connect = () => {
    const connected = createRemoteEngine({
      url: served.url,
      database,
      now: served.clock.now,
      newId,
      pollMs: 20,
      onFault: (error) => faults.push(error),
    })
    connected.onEvent(async (event) => {
      events.push(event)
    })
    return connected
  }
  const startIn = (businessKey: string) =>
    database.transaction((tx) => engine.instances.start({ definitionKey: 'case', tenantId: COUNTY, businessKey }, tx))
  const createdTasks = () => events.flatMap((event) => (event.kind === 'task-created' ? [event.task] : []))
  const caughtUp = async () => expect(await engine.caughtUp(10_000)).toBe(true)
  const runningThere = () => served.engine.instances.list({ definitionKey: 'case' })

  beforeAll(async () => {
    opened = await kind.open()
    database = opened.database
  })
  afterAll(() => opened.drop())
  beforeEach(async () => {
    served = await servedEngine()
    await database.transaction(async (tx) => {
      for (const table of ['engine_outbox', 'engine_alias', 'engine_feed_event', 'engine_open_task', 'engine_lease', 'engine_property'])
        await tx.query(`delete from ${table}`)
    })
    events = []
    faults = []
    engine = connect()
    await engine.deployments.create({ name: 'case', tenantId: COUNTY, resources })
  })
  afterEach(async () => {
    await engine.stop()
    await served.close()
  })

  it('promises an instance and its first task, and knows both by these ids for ever', async () => {
    const instance = await startIn('泽州-2023-0001')
    const [first] = createdTasks()
    expect(first).toMatchObject({ taskDefinitionKey: 'fill', processInstanceId: instance.id, businessKey: '泽州-2023-0001' })
    expect(await engine.instances.byId(instance.id)).toEqual(instance)

    await database.transaction((tx) => engine.tasks.complete(first!.id, { level: { t: 'String', v: 'MAJOR' } }, tx))
    await caughtUp()

    expect(createdTasks().map((task) => task.taskDefinitionKey)).toEqual(['fill', 'sign'])
    expect(createdTasks().every((task) => task.processInstanceId === instance.id && task.rootProcessInstanceId === instance.id)).toBe(true)
    expect(events).toContainEqual(expect.objectContaining({ kind: 'task-ended', taskId: first!.id, reason: 'completed' }))
    expect(await engine.instances.variables(instance.id)).toMatchObject({ level: { t: 'String', v: 'MAJOR' } })
    expect((await runningThere()).map((one) => one.id)).not.toContain(instance.id)
  })

  it('sends nothing of a transaction that was rolled back', async () => {
    const failed = database.transaction(async (tx) => {
      await engine.instances.start({ definitionKey: 'case', tenantId: COUNTY }, tx)
      throw new Error('refused')
    })

    await expect(failed).rejects.toThrow('refused')
    await caughtUp()
    expect(await runningThere()).toEqual([])
  })

  it('starts and completes once where the answers were lost', async () => {
    served.turn('loses-answers')
    const instance = await startIn('泽州-2023-0002')
    const [first] = createdTasks()
    await database.transaction((tx) => engine.tasks.complete(first!.id, {}, tx))
    for (let round = 0; round < 4; round++) await engine.caughtUp(200)
    served.turn('up')
    await caughtUp()

    expect(await runningThere()).toHaveLength(1)
    expect(createdTasks().map((task) => task.taskDefinitionKey)).toEqual(['fill', 'sign'])
    expect(await engine.incidents.list({})).toEqual([])
    expect(createdTasks()[1]?.processInstanceId).toBe(instance.id)
  })

  it('delivers a message once where the answer was lost', async () => {
    await startIn('泽州-2023-0003')
    await caughtUp()
    for (let step = 0; step < 2; step++) {
      const task = createdTasks().at(-1)
      await engine.tasks.complete(task!.id)
      await caughtUp()
    }
    served.turn('loses-answers')
    await database.transaction((tx) => engine.messages.correlate({ name: 'go-on', businessKey: '泽州-2023-0003', tenantId: COUNTY }, tx))
    await engine.caughtUp(200)
    served.turn('up')
    await caughtUp()

    expect(events.at(-1)).toMatchObject({ kind: 'instance-ended', state: 'COMPLETED' })
    expect(await engine.incidents.list({})).toEqual([])
  })

  it('takes what comes in while the other server is away, and goes on by itself when it is back', async () => {
    await startIn('泽州-2023-0004')
    await caughtUp()
    await engine.start()
    served.turn('down')
    await database.transaction((tx) => engine.tasks.complete(createdTasks()[0]!.id, {}, tx))
    expect(await engine.caughtUp(300)).toBe(false)
    expect(createdTasks()).toHaveLength(1)
    expect(await engine.incidents.list({ tenantId: COUNTY })).toMatchObject([{ type: 'engineAway' }])

    served.turn('up')
    await caughtUp()
    expect(await engine.incidents.list({ tenantId: COUNTY })).toEqual([])

    expect(createdTasks().map((task) => task.taskDefinitionKey)).toEqual(['fill', 'sign'])
    expect(faults.length).toBeGreaterThan(0)
  })

  it('sets aside what is refused, tells why, and sends it again on demand', async () => {
    const instance = await startIn('泽州-2023-0005')
    await caughtUp()
    const remote = (await runningThere())[0]!
    await database.transaction((tx) => engine.jobs.setDue('no-such-job', 0, tx))
    await database.transaction((tx) => engine.instances.setVariables(instance.id, { seen: { t: 'Boolean', v: true } }, tx))
    await caughtUp()

    expect(await served.engine.instances.variables(remote.id)).toMatchObject({ seen: { t: 'Boolean', v: true } })
    const [incident] = await engine.incidents.list({})
    expect(incident).toMatchObject({ type: 'failedCall', message: expect.stringContaining('jobs.setDue') })
    await engine.jobs.setRetries(incident!.jobOrTaskId!, 3)
    await caughtUp()
    expect(await engine.incidents.list({})).toMatchObject([{ type: 'failedCall' }])
  })

  it('tells the county, the node and the instance of a decision that came too late, and gives it up on demand', async () => {
    const instance = await startIn('泽州-2023-0010')
    await caughtUp()
    const [remote] = await runningThere()
    await database.transaction((tx) => engine.tasks.complete(createdTasks()[0]!.id, {}, tx))
    await served.engine.instances.modify(remote!.id, [{ type: 'cancel', activityId: 'fill' }])
    await caughtUp()

    const [incident] = await engine.incidents.list({ tenantId: COUNTY, processInstanceId: instance.id })
    expect(incident).toMatchObject({ type: 'failedCall', activityId: 'fill', message: expect.stringContaining('tasks.complete') })
    expect(await engine.incidents.list({ tenantId: '141023' })).toEqual([])
    await engine.incidents.resolve(incident!.id)
    expect(await engine.incidents.list({})).toEqual([])
  })

  it('goes on past an event that a listener cannot handle, and tells it again on demand', async () => {
    let isBroken = true
    engine.onEvent(async (event) => {
      if (isBroken && event.kind === 'task-created' && event.task.taskDefinitionKey === 'sign') throw new Error('no such person')
    })
    await startIn('泽州-2023-0006')
    await caughtUp()
    const fill = createdTasks()[0]!
    await database.transaction((tx) => engine.tasks.complete(fill.id, {}, tx))
    await caughtUp()

    const [incident] = await engine.incidents.list({ tenantId: COUNTY })
    expect(incident).toMatchObject({ type: 'failedEvent', activityId: 'sign', message: expect.stringContaining('no such person') })
    isBroken = false
    await engine.jobs.setRetries(incident!.jobOrTaskId!, 1)
    expect(await engine.incidents.list({})).toEqual([])
  })

  it('counts an event that was given up as told', async () => {
    engine.onEvent(async (event) => {
      if (event.kind === 'task-created' && event.task.taskDefinitionKey === 'sign') throw new Error('no such person')
    })
    await startIn('泽州-2023-0011')
    await caughtUp()
    await database.transaction((tx) => engine.tasks.complete(createdTasks()[0]!.id, {}, tx))
    await caughtUp()
    const [incident] = await engine.incidents.list({ tenantId: COUNTY })

    await engine.incidents.resolve(incident!.id)
    await caughtUp()

    expect(await engine.incidents.list({})).toEqual([])
    await expect(engine.incidents.resolve(incident!.id)).rejects.toThrow('404')
  })

  it('tells a node that starts again what happened meanwhile, and nothing twice', async () => {
    await startIn('泽州-2023-0007')
    await caughtUp()
    await engine.stop()
    const before = events.length
    const [there] = await served.engine.tasks.list({})
    await served.engine.tasks.complete(there!.id)
    engine = connect()
    await caughtUp()

    expect(createdTasks().map((task) => task.taskDefinitionKey)).toEqual(['fill', 'sign'])
    expect(events.slice(before).filter((event) => event.kind === 'task-ended')).toHaveLength(1)
  })

  it('finds tasks that its looks have missed', async () => {
    await startIn('泽州-2023-0008')
    await caughtUp()
    // A restored backup: what was told since is forgotten, and lies too far back for a look.
    const created = createdTasks()[0]!
    served.clock.advance(86_400_000)
    await database.transaction(async (tx) => {
      await tx.query('delete from engine_open_task')
      await tx.query('delete from engine_feed_event')
      await tx.query('update engine_property set value = ? where name = ?', [String(served.clock.now()), 'remote-feed-cursor'])
    })
    events.length = 0
    await engine.stop()
    engine = connect()
    await caughtUp()

    expect(createdTasks().map((task) => task.id)).toEqual([created.id])
  })

  it('lets one of two nodes send and tell', async () => {
    const other = connect()
    await startIn('泽州-2023-0009')
    await Promise.all([engine.caughtUp(2_000), other.caughtUp(2_000)])

    expect(await runningThere()).toHaveLength(1)
    expect(createdTasks()).toHaveLength(1)
    await other.stop()
  })
})
