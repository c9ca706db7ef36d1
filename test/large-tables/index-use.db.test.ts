import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { recordingConnector } from '../../benchmarks/recording.ts'
import { COPY, numberOf, seedCopies } from '../../benchmarks/seed.ts'
import type { Statement } from '../../database/connection.ts'
import { migrate } from '../../database/migrate.ts'
import { makeDatabase } from '../../database/transactions.ts'
import { createEmbeddedEngine, everybody } from '../../engine/index.ts'
import { makeEngineRestListener } from '../../engine/rest/router.ts'
import { nextDue } from '../../engine/runtime/job-rows.ts'
import { tableNames } from '../../engine/store/tables.ts'
import { makeUuidV7 } from '../../engine/uuid-v7.ts'
import { migrations } from '../../migrations/index.ts'
import { fullScans, statementsOf } from './full-scans.ts'
import { largeDatabases } from './large-databases.ts'

const COPIES = 8000
const NOW = Date.UTC(2026, 0, 1)

const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <message id="m" name="paid"/><signal id="s" name="alarm"/>
  <process id="all" isExecutable="true" camunda:historyTimeToLive="5">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="fork"/><parallelGateway id="fork"/>
    <sequenceFlow id="f2" sourceRef="fork" targetRef="check"/><userTask id="check" camunda:candidateGroups="team"/>
    <sequenceFlow id="f3" sourceRef="fork" targetRef="work"/><serviceTask id="work" camunda:type="external" camunda:topic="work"/>
    <sequenceFlow id="f4" sourceRef="fork" targetRef="wait"/><receiveTask id="wait" messageRef="m"/>
    <sequenceFlow id="f5" sourceRef="fork" targetRef="later"/><intermediateCatchEvent id="later"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>
    <sequenceFlow id="f6" sourceRef="later" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>`

/** Every statement that these send is explained on tables of thousands of rows: none may read a whole one. */
describe.each(largeDatabases('index_use'))('indexes on $name', ({ open }) => {
  let connector: ReturnType<typeof recordingConnector>
  let engine: ReturnType<typeof createEmbeddedEngine>
  let server: Server
  let base: string
  let drop: () => Promise<void>
  let idMoment = NOW
  let now = NOW
  /** Of a copy in the middle. */
  let instanceId: string
  let number: string
  let taskId: string
  let executionId: string

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    connector = recordingConnector(opened.connector)
    const database = makeDatabase(connector)
    await migrate(database, migrations)
    engine = createEmbeddedEngine({ database, now: () => now, newId: makeUuidV7(() => idMoment), pump: false })
    await engine.deployments.create({ name: 'all', resources: [{ name: 'all.bpmn', content: model }] })
    idMoment += 10 * 60_000
    const { id } = await engine.instances.start({
      definitionKey: 'all',
      businessKey: `case-${COPY}`,
      variables: { order: { t: 'String', v: `order-${COPY}` }, amount: { t: 'Integer', v: 5 }, town: { t: 'String', v: 'east' } },
    })
    const team = database.dialect === 'sqlite' ? "('team-' || (n.i % 50))" : "concat('team-', n.i % 50)"
    const varied: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      ru_identity_link: { group_id: team },
      ru_task: { created_at: `${NOW} + n.i`, assignee: `case when n.i % 10 = 0 then ${team} end` },
      ru_external_task: { topic: team },
      // Of two that are due one has no retries left.
      ru_job: { due_at: `${NOW} + n.i * 1000`, retries: 'case when n.i % 2 = 0 then 0 else 3 end' },
    }
    await seedCopies(
      database,
      id,
      COPIES,
      Object.fromEntries(
        tableNames.filter((table) => table !== 'hi_decision_value').map((table) => [table, [{ columns: varied[table] ?? {} }]]),
      ),
    )
    if (database.dialect === 'mariadb') await database.query(`analyze table ${tableNames.join(', ')}`)
    number = numberOf(id, COPIES, COPIES / 2)
    instanceId = number + id.slice(8)
    taskId = (await engine.tasks.list({ processInstanceId: instanceId }))[0]?.id ?? ''
    executionId = (await engine.tasks.list({ processInstanceId: instanceId }))[0]?.executionId ?? ''
    server = createServer(makeEngineRestListener({ engine, callerOf: async () => everybody }, '/engine-rest'))
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
  }, 120_000)
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await drop()
  })

  const scans = async (work: () => Promise<unknown>) => fullScans(connector, await statementsOf(connector, work), COPIES)

  async function get(path: string): Promise<unknown> {
    const answer = await fetch(base + path)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  async function post(path: string, body: unknown): Promise<unknown> {
    const answer = await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  const filled = (path: string) =>
    path.replace('{instance}', instanceId).replace('{task}', taskId).replace('{execution}', executionId).replace('{number}', number)

  it.each([
    '/task?processInstanceId={instance}',
    '/task?assignee=team-3&maxResults=20',
    '/task?candidateUser=anna&maxResults=20',
    '/task?candidateGroup=team-3&maxResults=20',
    '/task/count?candidateGroup=team-3',
    '/task?processInstanceBusinessKey=case-{number}',
    '/task?executionId={execution}',
    '/task/{task}',
    '/task/{task}/variables',
    '/task/{task}/identity-links',
    '/process-instance?businessKey=case-{number}',
    '/process-instance?superProcessInstance={instance}',
    '/process-instance/{instance}',
    '/process-instance/{instance}/activity-instances',
    '/process-instance/{instance}/variables',
    '/execution?processInstanceId={instance}',
    '/execution/{execution}',
    '/variable-instance?processInstanceIdIn={instance}',
    '/variable-instance?executionIdIn={execution}',
    '/variable-instance?taskIdIn={task}',
    '/external-task?processInstanceId={instance}',
    '/external-task?topicName=team-3',
    '/external-task/count?topicName=team-3',
    '/job?processInstanceId={instance}',
    '/job?executionId={execution}',
    '/incident?processInstanceId={instance}',
    '/event-subscription?processInstanceId={instance}',
    '/event-subscription?executionId={execution}',
    '/history/process-instance?processInstanceBusinessKey=case-{number}',
    '/history/process-instance?rootProcessInstanceId={instance}',
    '/history/process-instance?superProcessInstanceId={instance}',
    '/history/process-instance/{instance}',
    '/history/activity-instance?processInstanceId={instance}',
    '/history/task?processInstanceId={instance}',
    '/history/task?taskId={task}',
    '/history/variable-instance?processInstanceId={instance}',
    '/history/detail?processInstanceId={instance}',
    '/history/identity-link-log?taskId={task}',
    '/history/incident?processInstanceId={instance}',
    '/history/job-log?processInstanceId={instance}',
    '/history/external-task-log?processInstanceId={instance}',
    '/history/decision-instance?processInstanceId={instance}',
    '/history/user-operation?processInstanceId={instance}',
  ])('serve GET %s', async (path) => {
    expect(await scans(() => get(filled(path)))).toEqual([])
  })

  const sorting = [{ sortBy: 'created', sortOrder: 'desc' }]
  const variables = [
    { name: 'town', operator: 'eq', value: 'east' },
    { name: 'amount', operator: 'gteq', value: 3 },
  ]
  it.each<[string, Record<string, unknown>]>([
    ['groups', { candidateGroups: ['team-1', 'team-2'], sorting }],
    ['groups and variables', { candidateGroups: ['team-1', 'team-2'], processVariables: variables, sorting }],
    [
      'groups, variables, or',
      { candidateGroups: ['team-1'], processVariables: variables, orQueries: [{ minPriority: 3, assignee: 'x' }], sorting },
    ],
    ['mine or my groups’', { orQueries: [{ candidateGroup: 'team-1', assignee: 'team-3' }], sorting }],
    ['a variable alone', { processVariables: [{ name: 'order', operator: 'eq', value: 'order-none' }] }],
    ['a local variable', { candidateGroup: 'team-1', taskVariables: [{ name: 'seen', operator: 'eq', value: true }] }],
    ['the newest', { sorting }],
  ])('serve a page of tasks and their count by %s', async (_, body) => {
    expect(await scans(() => post('/task?firstResult=0&maxResults=20', body))).toEqual([])
    if (Object.keys(body).length > 1) expect(await scans(() => post('/task/count', body))).toEqual([])
  })

  it('serve the fetch and lock of external tasks', async () => {
    const fetched = () =>
      engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 10, topics: [{ topicName: 'team-7', lockMs: 1000 }] })

    expect(await scans(fetched)).toEqual([])
  })

  it('serve the acquisition of due jobs and the next due date', async () => {
    now = NOW + 20_000

    expect(await scans(() => engine.jobs.runDue())).toEqual([])
    expect(await scans(() => nextDue(engine.runtime.database))).toEqual([])
  })

  it('pass by jobs and external tasks that have no retries left', async () => {
    const { database } = engine.runtime
    const due = await statementsOf(connector, () => nextDue(database))
    const polled = await statementsOf(connector, () =>
      engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 1, topics: [{ topicName: 'team-9', lockMs: 1000 }] }),
    )

    expect(await indexesOf(due, 'ru_job')).toEqual(['idx_ru_job__due', 'idx_ru_job__due'])
    expect(await indexesOf(polled, 'ru_external_task e')).toEqual(['idx_ru_external_task__topic'])
  })

  /** The index by which each statement that reads a table finds its rows, when the first column behind the key narrows it. */
  async function indexesOf(statements: readonly Statement[], table: string): Promise<readonly string[]> {
    const found: string[] = []
    for (const { sql, params } of statements.filter((statement) => statement.sql.replaceAll(/\s+/g, ' ').includes(`from ${table} where`))) {
      const sqlite = connector.dialect === 'sqlite'
      const rows = (await connector.read({ sql: `explain ${sqlite ? 'query plan ' : ''}${sql}`, params })) as Record<string, string>[]
      for (const row of rows) {
        const index = sqlite
          ? /USING (?:COVERING )?INDEX (\w+) \((?:topic=\? AND fetchable|runnable)=\?/.exec(row['detail'] ?? '')?.[1]
          : row['key']
        if (index) found.push(index)
      }
    }
    return found
  }

  it('serve correlation by business key, by variable, by instance, and to nobody', async () => {
    const copy = (i: number) => (Number.parseInt(number, 16) + i).toString(16).padStart(8, '0')
    const order = (i: number) => ({ t: 'String' as const, v: `order-${copy(i)}` })

    expect(await scans(() => engine.messages.correlate({ name: 'paid', businessKey: `case-${copy(1)}` }))).toEqual([])
    expect(await scans(() => engine.messages.correlate({ name: 'paid', correlationKeys: { order: order(2) } }))).toEqual([])
    expect(await scans(() => engine.messages.correlate({ name: 'paid', processInstanceId: copy(3) + instanceId.slice(8) }))).toEqual([])
    expect(await scans(() => engine.messages.correlate({ name: 'paid', businessKey: 'none' }).catch(() => undefined))).toEqual([])
    expect(await scans(() => post('/message', { messageName: 'paid', processInstanceId: instanceId }))).toEqual([])
  })

  it('serve a completion, a deletion and the end of an instance', async () => {
    expect(await scans(() => engine.tasks.complete(taskId))).toEqual([])
    expect(await scans(() => engine.instances.delete(instanceId, 'over'))).toEqual([])
  })
})
