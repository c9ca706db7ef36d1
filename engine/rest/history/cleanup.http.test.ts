import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { Database } from '../../../database/database.ts'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { testEngine } from '../../../test/builders/test-engine.ts'
import { everybody } from '../access/caller.ts'
import type { EmbeddedEngine } from '../http/call.ts'
import { makeEngineRestListener } from '../router.ts'

const DAY = 86_400_000
const PROCESS = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="child" isExecutable="true" camunda:historyTimeToLive="P100D"><startEvent id="s"/></process>
  <process id="parent" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
    <callActivity id="call" calledElement="child"/><sequenceFlow id="f2" sourceRef="call" targetRef="work"/>
    <userTask id="work"/>
  </process>
</definitions>`

describe.each(testDatabases('rest_cleanup', migrations))('history on $name', ({ open }) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const serve = async (options: Parameters<typeof testEngine>[1] = {}, user: string | null = null) => {
    const opened = await open()
    const { engine, clock } = testEngine(opened.database, options)
    await engine.start()
    const callerOf = async () => ({ ...everybody, id: user })
    const server: Server = createServer(makeEngineRestListener({ engine: engine as EmbeddedEngine, callerOf }, '/engine-rest'))
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
    closing.push(
      () => opened.drop(),
      () => engine.stop(),
      async () => {
        server.closeAllConnections()
        server.close()
      },
    )
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
    const call = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(base + path, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, json: (text === '' ? null : JSON.parse(text)) as never }
    }
    await engine.deployments.create({ name: 'test', resources: [{ name: 'test.bpmn', content: PROCESS }] })
    const run = async () => {
      const { json } = await call('POST', '/process-definition/key/parent/start', { variables: { x: { value: 1 } } })
      const [task] = (await call('GET', `/task?processInstanceId=${(json as { id: string }).id}`)).json as { id: string }[]
      return { id: (json as { id: string }).id, task: task?.id ?? '' }
    }
    return { call, run, clock, engine: engine as EmbeddedEngine, database: opened.database }
  }

  const rowsOf = async (database: Database) => {
    const tables = ['hi_instance', 'hi_activity', 'hi_task', 'hi_variable', 'hi_detail', 'hi_identity_link']
    const counts: Record<string, number> = {}
    for (const table of tables) counts[table] = Number((await database.query<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n)
    return counts
  }

  it('is removed when its time has come, with what was called, and not before', async () => {
    const { call, run, clock, engine, database } = await serve()
    const ended = await run()
    await call('POST', `/task/${ended.task}/complete`, {})
    const open = await run()

    expect(await engine.runtime.cleaner.run()).toBe(0)
    clock.advance(2 * DAY)
    expect(await engine.runtime.cleaner.run()).toBe(1)

    expect((await call('GET', `/history/process-instance/${ended.id}`)).status).toBe(404)
    expect((await call('GET', `/history/process-instance?rootProcessInstanceId=${ended.id}`)).json).toEqual([])
    expect((await call('GET', `/history/process-instance/${open.id}`)).status).toBe(200)
    expect(await rowsOf(database)).toMatchObject({ hi_instance: 2, hi_task: 1, hi_variable: 1, hi_detail: 1 })
  })

  it('is removed in batches, by one call, however much there is', async () => {
    const { call, run, clock, engine, database } = await serve({ historyCleanup: { batchSize: 2 } })
    for (let count = 0; count < 5; count++) await call('POST', `/task/${(await run()).task}/complete`, {})
    clock.advance(2 * DAY)

    expect(await engine.runtime.cleaner.run()).toBe(5)
    expect(Object.values(await rowsOf(database))).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('is removed when asked to over the API, where the clean-up is a job', async () => {
    const { call, run, clock } = await serve()
    const { id, task } = await run()
    await call('POST', `/task/${task}/complete`, {})
    clock.advance(2 * DAY)

    expect((await call('GET', '/history/cleanup/job')).status).toBe(404)
    const asked = await call('POST', '/history/cleanup')

    expect(asked.json).toMatchObject({ suspended: false, retries: 3, processInstanceId: null })
    let status = 200
    for (let tries = 0; tries < 200 && status === 200; tries++) status = (await call('GET', `/history/process-instance/${id}`)).status
    expect(status).toBe(404)
    expect((await call('GET', '/history/cleanup/jobs')).json).toMatchObject([{ id: (asked.json as { id: string }).id }])
  })

  it('takes decisions and batches along that are due, and leaves the others', async () => {
    const { call, clock, engine, database } = await serve()
    const dueAt = clock.now() + DAY
    for (const [id, instanceId, removalAt] of [
      ['due', null, dueAt],
      ['later', null, dueAt + DAY],
      ['never', null, null],
      ['of-instance', 'some', dueAt],
    ] as const)
      await database.query(
        'insert into hi_decision (decision_instance_id, decision_id, decision_key, at, instance_id, removal_at, seq) values (?, ?, ?, 0, ?, ?, 0)',
        [id, 'd', 'd', instanceId, removalAt],
      )
    await database.query(
      "insert into hi_batch (batch_id, type, total_jobs, started_at, ended_at, removal_at) values ('due', 'x', 1, 0, 1, ?), ('open', 'x', 1, 0, null, ?)",
      [dueAt, dueAt],
    )
    clock.advance(DAY)

    expect(await engine.runtime.cleaner.run()).toBe(2)
    expect(await database.query('select decision_instance_id as id from hi_decision order by id')).toEqual([
      { id: 'later' },
      { id: 'never' },
      { id: 'of-instance' },
    ])
    expect((await call('GET', '/history/batch')).json).toMatchObject([{ id: 'open' }])
  })

  it('waits for its window', async () => {
    const { call, clock } = await serve({ historyCleanup: { window: { start: '02:00', end: '05:00' } } })
    const job = (await call('POST', '/history/cleanup?immediatelyDue=false')).json as { dueDate: string; suspended: boolean }

    expect([job.dueDate.slice(11, 16), job.suspended]).toEqual(['02:00', false])
    expect(Date.parse(job.dueDate.replace('+0000', 'Z'))).toBeGreaterThan(clock.now() - 60_000)
    expect((await call('GET', '/history/cleanup/configuration')).json).toMatchObject({
      enabled: true,
      batchWindowStartTime: expect.anything(),
    })
  })

  it.each([
    ['none', [0, 0, 0, 0, 0]],
    ['activity', [2, 4, 1, 0, 0]],
    ['audit', [2, 4, 1, 1, 0]],
    ['full', [2, 4, 1, 1, 1]],
  ] as const)('keeps at level %s what that level keeps', async (historyLevel, expected) => {
    const { call, run, database } = await serve({ historyLevel })
    const { id, task } = await run()
    await call('POST', `/task/${task}/complete`, {})

    expect(Object.values(await rowsOf(database)).slice(0, 5)).toEqual(expected)
    expect((await call('GET', `/process-instance/${id}`)).status).toBe(404)
  })

  it('tells who did what, with annotations, when the caller has a name', async () => {
    const { call, run } = await serve({}, 'mary')
    const { id, task } = await run()
    await call('POST', `/task/${task}/claim`, { userId: 'mary' })
    await call('PUT', `/task/${task}/variables/x`, { value: 2 })
    await call('PUT', `/process-instance/${id}/suspended`, { suspended: true })
    const entries = (await call('GET', `/history/user-operation?processInstanceId=${id}&sortBy=timestamp&sortOrder=asc`)).json as Record<
      string,
      string
    >[]

    expect(entries.map(({ operationType, entityType, property, newValue }) => [operationType, entityType, property, newValue])).toEqual(
      expect.arrayContaining([
        ['Claim', 'Task', 'assignee', 'mary'],
        ['Suspend', 'ProcessInstance', 'suspensionState', 'suspended'],
      ]),
    )
    const claim = entries.find(({ operationType }) => operationType === 'Claim')
    expect(claim).toMatchObject({ userId: 'mary', processDefinitionKey: 'parent', category: 'TaskWorker' })
    const { operationId = '' } = claim ?? {}
    expect((await call('PUT', `/history/user-operation/${operationId}/set-annotation`, { annotation: 'by phone' })).status).toBe(204)
    expect((await call('GET', `/history/user-operation?operationId=${operationId}`)).json).toMatchObject([{ annotation: 'by phone' }])
    expect((await call('PUT', `/history/user-operation/${operationId}/clear-annotation`)).status).toBe(204)
    expect((await call('GET', '/history/user-operation/count?operationType=Claim')).json).toEqual({ count: 1 })
  })
})
