import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migration } from '../../migrations/101-engine-tables.ts'
import { testEngine } from '../../test/builders/test-engine.ts'
import { inconsistencies } from '../../test/faults/consistency.ts'
import { EngineError, type EngineEvent } from '../process-engine.ts'

const bpmn = (inside: string, extra = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="test">${extra}${inside}</definitions>`
const flow = (from: string, to: string) => `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"/>`
const process = (id: string, inside: string) =>
  `<process id="${id}" isExecutable="true" camunda:historyTimeToLive="P30D">${inside}</process>`

const models = {
  task: bpmn(
    process(
      'task',
      `<startEvent id="start"/>${flow('start', 'work')}<userTask id="work" camunda:candidateGroups="leaders"/>${flow('work', 'end')}<endEvent id="end"/>`,
    ),
  ),
  timer: bpmn(
    process(
      'timer',
      `<startEvent id="start"/>${flow('start', 'wait')}<intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>${flow('wait', 'end')}<endEvent id="end"/>`,
    ),
  ),
  failing: bpmn(
    process(
      'failing',
      `<startEvent id="start"/>${flow('start', 'work')}<serviceTask id="work" camunda:asyncBefore="true" camunda:expression="\${nothing.here()}"/>${flow('work', 'end')}<endEvent id="end"/>`,
    ),
  ),
  external: bpmn(
    process(
      'external',
      `<startEvent id="start"/>${flow('start', 'work')}<serviceTask id="work" camunda:type="external" camunda:topic="test-work"/>${flow('work', 'end')}<endEvent id="end"/>`,
    ),
  ),
  listener: bpmn(
    process(
      'listener',
      `<startEvent id="start"/>${flow('start', 'wait')}<intermediateCatchEvent id="wait"><signalEventDefinition signalRef="s"/></intermediateCatchEvent>${flow('wait', 'end')}<endEvent id="end"/>`,
    ),
    '<signal id="s" name="bell"/>',
  ),
  ringer: bpmn(
    process(
      'ringer',
      `<startEvent id="start"/>${flow('start', 'ring')}<intermediateThrowEvent id="ring"><signalEventDefinition signalRef="s"/></intermediateThrowEvent>${flow('ring', 'end')}<endEvent id="end"/>`,
    ),
    '<signal id="s" name="bell"/>',
  ),
  hourly: bpmn(
    process(
      'hourly',
      `<startEvent id="start"><timerEventDefinition><timeCycle xsi:type="tFormalExpression">R/PT1H</timeCycle></timerEventDefinition></startEvent>${flow('start', 'end')}<endEvent id="end"/>`,
    ),
  ),
}

describe.each(testDatabases('runtime', [migration]))('the runtime on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  let engine: ReturnType<typeof testEngine>['engine']
  let clock: ReturnType<typeof testEngine>['clock']
  beforeAll(async () => {
    ;({ database, drop } = await open())
    ;({ engine, clock } = testEngine(database))
    await engine.deployments.create({
      name: 'test',
      resources: Object.entries(models).map(([key, content]) => ({ name: `${key}.bpmn`, content })),
    })
  })
  afterAll(async () => {
    await engine.stop()
    await drop()
  })

  const start = (definitionKey: string) => engine.instances.start({ definitionKey })
  const state = async (id: string) => (await engine.history.instance(id))?.state
  const count = async (sql: string, ...params: string[]) => (await database.query<{ n: number }>(sql, params))[0]?.n

  it('writes commands that wait together in one transaction, and lets a refused one fall out alone', async () => {
    const instances = await Promise.all(Array.from({ length: 5 }, () => start('task')))
    const tasks = (await Promise.all(instances.map(({ id }) => engine.tasks.list({ processInstanceId: id })))).flat()

    const outcomes = await Promise.allSettled([
      ...tasks.map((task) => engine.tasks.complete(task.id)),
      engine.tasks.complete('no such task'),
    ])

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    expect(await Promise.all(instances.map(({ id }) => state(id)))).toEqual(Array(5).fill('COMPLETED'))
  })

  it('completes a task once when two try at the same moment', async () => {
    const { id } = await start('task')
    const [task] = await engine.tasks.list({ processInstanceId: id })

    const outcomes = await Promise.allSettled([engine.tasks.complete(task?.id ?? ''), engine.tasks.complete(task?.id ?? '')])

    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('leaves no row of a running instance when it has ended', async () => {
    const { id } = await start('task')
    const [task] = await engine.tasks.list({ processInstanceId: id })
    await engine.tasks.complete(task?.id ?? '')

    for (const table of ['ru_instance', 'ru_execution', 'ru_task', 'ru_variable', 'ru_job', 'ru_subscription'])
      expect([table, await count(`select count(*) as n from ${table} where instance_id = ?`, id)]).toEqual([table, 0])
    expect(await count('select count(*) as n from ru_identity_link where task_id = ?', task?.id ?? '')).toBe(0)
  })

  it('joins the transaction of its caller and is undone with it', async () => {
    let id = ''
    const undone = database.transaction(async (tx) => {
      ;({ id } = await engine.instances.start({ definitionKey: 'task' }, tx))
      const [task] = await engine.tasks.list({ processInstanceId: id }, tx)
      await engine.tasks.complete(task?.id ?? '', {}, tx)
      expect((await engine.history.instance(id, tx))?.state).toBe('COMPLETED')
      throw new Error('no')
    })

    await expect(undone).rejects.toThrow('no')
    expect(await engine.history.instance(id)).toBeNull()
  })

  it('tells listeners within the transaction, whose writes are undone when a listener fails', async () => {
    const seen: EngineEvent[] = []
    const unsubscribe = engine.onEvent(async (event, tx) => {
      seen.push(event)
      if (event.kind === 'task-created')
        expect(await tx.query('select task_id from ru_task where task_id = ?', [event.task.id])).toHaveLength(1)
      if (event.kind === 'task-ended') throw new Error('not in my name')
    })
    const { id } = await start('task')
    const [task] = await engine.tasks.list({ processInstanceId: id })

    await expect(engine.tasks.complete(task?.id ?? '')).rejects.toThrow('not in my name')
    unsubscribe()

    expect(seen.map((event) => event.kind)).toContain('instance-started')
    expect(await state(id)).toBe('ACTIVE')
  })

  it('lets a listener call the engine on the same instance', async () => {
    const unsubscribe = engine.onEvent(async (event, tx) => {
      if (event.kind !== 'task-created') return
      await engine.tasks.setAssignee(event.task.id, 'li', tx)
      await engine.instances.setVariables(event.task.processInstanceId, { seen: { t: 'Boolean', v: true } }, tx)
    })
    const instances = await Promise.all([start('task'), start('task')])
    unsubscribe()

    for (const { id } of instances) {
      const [task] = await engine.tasks.list({ processInstanceId: id })
      expect(task?.assignee).toBe('li')
      expect(await engine.instances.variables(id)).toEqual({ seen: { t: 'Boolean', v: true } })
      expect(await inconsistencies(engine.runtime, id)).toEqual([])
      await engine.tasks.complete(task?.id ?? '')
      expect(await state(id)).toBe('COMPLETED')
    }
  })

  it('runs a timer when its time has come, not before', async () => {
    const { id } = await start('timer')
    clock.advance(59 * 60_000)
    await engine.jobs.runDue()
    const early = await state(id)
    clock.advance(2 * 60_000)
    await engine.jobs.runDue()

    expect([early, await state(id)]).toEqual(['ACTIVE', 'COMPLETED'])
  })

  it('runs due jobs by itself once started', async () => {
    const other = testEngine(database, { pump: true })
    await other.engine.start()
    const { id } = await other.engine.instances.start({ definitionKey: 'timer' })
    other.clock.advance(2 * 3_600_000)

    for (let i = 0; i < 100 && (await state(id)) !== 'COMPLETED'; i++) await new Promise((done) => setTimeout(done, 30))
    await other.engine.stop()

    expect(await state(id)).toBe('COMPLETED')
  })

  it('counts the failures of a job once each, and raises an incident when no retries are left', async () => {
    const { id } = await start('failing')
    const [job] = await engine.jobs.list({ processInstanceId: id })

    await expect(engine.jobs.execute(job?.id ?? '')).rejects.toThrow(EngineError)
    const [once] = await engine.jobs.list({ processInstanceId: id })
    await engine.jobs.runDue()

    expect(once?.retries).toBe(2)
    expect(await engine.jobs.list({ processInstanceId: id, withException: true })).toMatchObject([{ retries: 0 }])
    expect(await engine.incidents.list({ processInstanceId: id })).toMatchObject([{ type: 'failedJob', activityId: 'work' }])

    await engine.jobs.setRetries(job?.id ?? '', 1)
    expect(await engine.incidents.list({ processInstanceId: id })).toEqual([])
    await engine.instances.delete(id, 'put away')
  })

  it('starts an instance each hour', async () => {
    const startedBy = () => count("select count(*) as n from hi_instance where definition_key = 'hourly'")
    const due = async () => (await engine.jobs.list({ activityId: 'start' })).find((job) => job.kind === 'timer-start')?.due ?? 0
    const first = await due()
    const before = (await startedBy()) ?? 0
    clock.advance(first - clock.now())
    await engine.jobs.runDue()

    expect(await startedBy()).toBe(before + 1)
    expect(await due()).toBe(first + 3_600_000)
  })

  it('hands a new external task to a worker who waits', async () => {
    const waiting = engine.runtime.externalTasks.poll(
      { workerId: 'w', maxTasks: 1, topics: [{ topicName: 'test-work', lockMs: 1000 }] },
      5000,
      new AbortController().signal,
    )
    await new Promise((done) => setTimeout(done, 20))
    const { id } = await start('external')

    expect(await waiting).toMatchObject([{ instance: { id }, task: { workerId: 'w' } }])
    await engine.instances.delete(id, 'put away')
  })

  it('gives an external task to another worker when the lock of a dead one has run out', async () => {
    const { id } = await start('external')
    const fetch = (workerId: string) =>
      engine.externalTasks.fetchAndLock({ workerId, maxTasks: 1, topics: [{ topicName: 'test-work', lockMs: 1000 }] })
    const [first] = await fetch('dead')
    const meanwhile = await fetch('alive')
    clock.advance(1001)
    const [second] = await fetch('alive')

    expect([first?.processInstanceId, meanwhile, second?.workerId]).toEqual([id, [], 'alive'])
    await engine.instances.delete(id, 'put away')
  })

  it('delivers a thrown signal to the instances of others in the same transaction', async () => {
    const waiting = await Promise.all([start('listener'), start('listener')])

    await start('ringer')

    expect(await Promise.all(waiting.map(({ id }) => state(id)))).toEqual(['COMPLETED', 'COMPLETED'])
  })

  it('makes a new version only of what has changed', async () => {
    const deploy = (content: string) =>
      engine.deployments.create({ name: 'twice', resources: [{ name: 'twice.bpmn', content }], duplicateFiltering: true })
    const model = models.task.replaceAll('id="task"', 'id="twice"')
    const first = await deploy(model)
    const same = await deploy(model)
    const changed = await deploy(model.replace('leaders', 'others'))

    expect(same.id).toBe(first.id)
    expect(changed.definitions).toMatchObject([{ key: 'twice', version: 2 }])
    expect(await engine.definitions.latestByKey('twice')).toMatchObject({ version: 2 })
  })

  it('starts the tenant’s own definition before the common one', async () => {
    await engine.deployments.create({ name: 'own', tenantId: '140525', resources: [{ name: 'task.bpmn', content: models.task }] })

    const own = await engine.instances.start({ definitionKey: 'task', tenantId: '140525' })
    const common = await engine.instances.start({ definitionKey: 'task', tenantId: '140522' })

    expect((await engine.definitions.byId(own.definitionId))?.tenantId).toBe('140525')
    expect((await engine.definitions.byId(common.definitionId))?.tenantId).toBeNull()
    expect([own.tenantId, common.tenantId]).toEqual(['140525', '140522'])
  })

  it('starts nothing of a suspended definition', async () => {
    const definition = await engine.definitions.latestByKey('timer')
    await engine.runtime.repository.setDefinitionsSuspended([definition?.id ?? ''], true, false)
    const refused = await start('timer').catch((error: EngineError) => error.code)
    await engine.runtime.repository.setDefinitionsSuspended([definition?.id ?? ''], false, false)

    expect(refused).toBe('definition-suspended')
    await engine.instances.delete((await start('timer')).id, 'put away')
  })

  it('deletes a deployment with everything that ran on it', async () => {
    const model = models.task.replaceAll('id="task"', 'id="gone"')
    const { id } = await engine.deployments.create({ name: 'gone', resources: [{ name: 'gone.bpmn', content: model }] })
    const instance = await start('gone')
    await expect(engine.runtime.repository.deleteDeployment(id, false)).rejects.toMatchObject({ code: 'deployment-in-use' })

    await engine.runtime.repository.deleteDeployment(id, true)

    expect(await engine.definitions.latestByKey('gone')).toBeNull()
    for (const table of ['ru_instance', 'ru_task', 'hi_instance', 'hi_activity', 'hi_task', 'hi_variable'])
      expect([table, await count(`select count(*) as n from ${table} where instance_id = ?`, instance.id)]).toEqual([table, 0])
  })
})
