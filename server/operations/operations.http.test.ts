import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { auditPage, operations, settingList } from '../../contracts/api/admin.ts'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type Client, callApi, openTestApplication, type TestApplication } from '../../test/server/application.ts'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <bpmn:process id="failing" name="会失败的流程" isExecutable="true" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="work" />
    <bpmn:serviceTask id="work" name="打印文书" camunda:type="external" camunda:topic="test-work" />
    <bpmn:sequenceFlow id="b" sourceRef="work" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`

describe.each(testDatabases('operations_http', migrations))('operations on $name', ({ open }) => {
  let server: TestApplication
  let database: Database
  let drop: () => Promise<void>
  let admin: Client
  let stranger: Client

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    database = opened.database
    server = await openTestApplication(opened.database, { counties: ['140525', '141023'], accounts: ['admin', 'auditor', 'county.vice'] })
    admin = await server.signIn('admin')
    stranger = await server.signIn('admin', '141023')
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  const overview = async (client: Client) => operations.parse((await client.call('GET', '/api/admin/operations')).body)

  it('shows a failed task to its county alone, and tries it again', async () => {
    const { engine } = server.features
    await engine.deployments.create({ name: 'failing', tenantId: '140525', resources: [{ name: 'failing.bpmn', content: MODEL }] })
    await engine.instances.start({ definitionKey: 'failing', tenantId: '140525' })
    const fetch = () =>
      engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 1, topics: [{ topicName: 'test-work', lockMs: 60_000 }] })
    const [task] = await fetch()
    await engine.externalTasks.failure(task?.id ?? '', { workerId: 'w', errorMessage: '打印机没有纸', retries: 0, retryTimeoutMs: 0 })

    const { running, incidents } = await overview(admin)
    expect(running).toContainEqual({ definitionKey: 'failing', title: '会失败的流程', count: 1 })
    expect(incidents).toMatchObject([
      {
        type: 'failedExternalTask',
        message: '打印机没有纸',
        activityId: 'work',
        nodeName: '打印文书',
        procedureTitle: '会失败的流程',
        canGiveUp: false,
      },
    ])
    expect((await overview(stranger)).incidents).toEqual([])
    const retry = `/api/admin/operations/incidents/${incidents[0]?.id}/retry`
    expect((await stranger.call('POST', retry, {})).body).toMatchObject({ status: 404, code: 'not-found' })

    const about = (what: string) => `/api/admin/operations/incidents/${incidents[0]?.id}/${what}`
    expect((await admin.call('POST', about('give-up'), { text: '不要了' })).body).toMatchObject({ code: 'blocked' })
    expect((await admin.call('POST', about('note'), { text: ' ' })).body).toMatchObject({ code: 'invalid-request' })
    expect((await stranger.call('POST', about('note'), { text: '别县' })).body).toMatchObject({ code: 'not-found' })
    expect((await admin.call('POST', about('note'), { text: '已装好纸' })).status).toBe(204)
    expect((await overview(admin)).incidents[0]?.trace).toMatchObject([{ personName: '管示程', action: 'noted', text: '已装好纸' }])

    expect((await admin.call('POST', retry, {})).status).toBe(204)

    expect((await overview(admin)).incidents).toEqual([])
    expect((await fetch()).map((it) => it.id)).toEqual([task?.id])
    expect((await server.features.audit.list('140525')).map((it) => it.action)).toContain('incident.retried')
  })

  it('shows a seat that nobody may fill, and looks again for somebody', async () => {
    const { records, organisation } = server.features
    const record = await records.store.create({
      countyCode: '140525',
      number: '泽州-2023-9001',
      kind: 'hazard',
      title: '边坡裂缝',
      status: 'CONFIRMING',
      side: 'enterprise',
      townId: '140525-town1',
      enterpriseId: '140525-E05',
      data: {},
      createdBy: 'nobody',
    })
    const policy = { mode: 'SINGLE', onEmpty: 'HOLD', distinctFrom: [], seats: [], outcomes: [] }
    const setting = { who: { kind: 'position', position: 'LEGAL_REVIEWER', of: 'county' }, fallback: [] }
    await database.transaction(async (tx) => {
      await tx.query(
        "insert into approval_run (run_id, county_code, task_id, instance_id, root_instance_id, definition_id, procedure_id, node_id, node_name, record_id, round, policy, state, started_at, row_version) values ('held-run', '140525', 't', 'i', 'i', 'd', 'p', 'confirm', '分级确认', ?, 1, ?, 'ACTIVE', 1, 1)",
        [record.id, JSON.stringify(policy)],
      )
      await tx.query(
        "insert into approval_seat (seat_id, run_id, county_code, ordinal, label, state, is_held, setting, excluded, why) values ('held-seat', 'held-run', '140525', 1, '', 'WAITING', 1, ?, '[]', '没有可以办理的人')",
        [JSON.stringify(setting)],
      )
    })
    const retry = () => admin.call('POST', '/api/admin/operations/incidents/held-seat/retry', {})

    expect((await overview(admin)).incidents).toMatchObject([{ type: 'heldSeat', recordNumber: '泽州-2023-9001', activityId: 'confirm' }])
    expect((await overview(stranger)).incidents).toEqual([])
    expect((await retry()).body).toMatchObject({ code: 'blocked' })

    const [vice] = await organisation.people.holdersOf('140525', 'BUREAU_VICE')
    const legal = { countyCode: '140525', personId: vice?.personId ?? '', position: 'LEGAL_REVIEWER', unitId: '140525-bureau' } as const
    await organisation.register.appoint(legal)
    expect((await retry()).status).toBe(204)
    expect((await overview(admin)).incidents).toEqual([])
  })

  it('keeps officials out', async () => {
    const officer = await server.signIn('county.vice')

    for (const path of ['/api/admin/operations', '/api/admin/settings', '/api/admin/audit'])
      expect((await officer.call('GET', path)).body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('sets a setting of the county with its trace, and refuses a bad one', async () => {
    const put = (value: unknown) => admin.call('PUT', '/api/admin/settings/delist', { value })

    expect((await put('OWN_APPROVAL')).status).toBe(204)
    expect((await put('PERHAPS')).body).toMatchObject({ status: 400, errors: [{ field: 'delist' }] })
    expect((await admin.call('PUT', '/api/admin/settings/nothing', { value: 1 })).status).toBe(404)

    const { settings } = settingList.parse((await admin.call('GET', '/api/admin/settings')).body)
    expect(settings.find((it) => it.key === 'delist')).toMatchObject({ value: 'OWN_APPROVAL', shipped: 'WITH_CLOSEOUT' })
    const auditor = await server.signIn('auditor')
    const log = auditPage.parse((await auditor.call('GET', '/api/admin/audit?subject=setting:delist')).body)
    expect(log).toMatchObject({
      intact: true,
      events: [{ action: 'setting.changed', personName: '管示程', data: { value: 'OWN_APPROVAL' } }],
    })
  })

  it('lets machine accounts alone at the engine, and notices when they ask for tasks', async () => {
    const token = await server.features.identity.issueMachineToken('worker')
    const body = { workerId: 'w', maxTasks: 1, topics: [{ topicName: 'nothing', lockDuration: 1000 }] }
    const ask = (headers: Record<string, string>) =>
      callApi(server.origin, 'POST', '/engine-rest/external-task/fetchAndLock', body, headers)

    expect((await ask({})).status).toBe(401)
    expect((await ask({ cookie: admin.cookie, 'x-csrf-token': admin.csrfToken })).status).toBe(401)
    expect((await ask({ authorization: `Bearer ${token}x` })).status).toBe(401)
    expect((await overview(admin)).workers[0]?.lastSeenAt).toBeNull()

    const answer = await ask({ authorization: `Bearer ${token}` })

    expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([200, [], 'application/json'])
    expect((await overview(admin)).workers[0]?.lastSeenAt).toBe(server.clock.now())
  })
})
