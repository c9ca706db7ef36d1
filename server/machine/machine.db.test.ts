import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import PizZip from 'pizzip'
import type { MachineTask } from '../../contracts/api/machine.ts'
import { testDatabases } from '../../database/test-database.ts'
import { createEmbeddedEngine, type ProcessEngine } from '../../engine/index.ts'
import { migrations } from '../../migrations/index.ts'
import { type Documents, makeDocuments } from '../documents/index.ts'
import { makeEventHub } from '../http/event-hub.ts'
import { makeLedgers } from '../ledgers/index.ts'
import {
  at,
  COUNTY,
  type DemonstrationCounty,
  type DemonstrationDatabase,
  openDemonstrationCounty,
} from '../ledgers/testing/demonstration-county.ts'
import { makeNotifications, type Notifications } from '../notifications/index.ts'
import { makeRecords, type Records } from '../records/index.ts'
import { type Machine, makeMachine } from './index.ts'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <message id="m" name="hazard.general-reported" />
  <message id="c" name="hazard.closed" />
  <process id="general" isExecutable="true">
    <startEvent id="s"><messageEventDefinition messageRef="m" /></startEvent>
    <sequenceFlow id="f1" sourceRef="s" targetRef="wait" />
    <receiveTask id="wait" messageRef="c" />
    <sequenceFlow id="f2" sourceRef="wait" targetRef="e" />
    <endEvent id="e" />
  </process>
</definitions>`

describe.each(testDatabases('machine', migrations))('machine on $name', (kind) => {
  let demonstration: DemonstrationDatabase
  let county: DemonstrationCounty
  let records: Records
  let documents: Documents
  let notifications: Notifications
  let engine: ProcessEngine
  let machine: Machine
  let serial = 0

  beforeAll(async () => {
    demonstration = await openDemonstrationCounty(kind)
  })
  afterAll(() => demonstration.drop())
  beforeEach(async () => {
    county = await demonstration.fresh('2023-11-23T15:00')
    const { clock, newId, database } = county
    records = makeRecords({ ...county, dataDir: '/nowhere' })
    const { reports } = makeLedgers({ ...county, records })
    documents = makeDocuments({
      ...county,
      records,
      criterionLabel: async (_, code) => (code === 'NCM-OP-02' ? '台阶高度超过设计规定' : code),
    })
    notifications = makeNotifications({
      ...county,
      records,
      reports,
      machine: clock,
      events: makeEventHub(),
      mailer: null,
      onFault: () => undefined,
    })
    engine = createEmbeddedEngine({ database, now: () => clock.now(), newId, zone: 'Asia/Shanghai', pump: false })
    machine = makeMachine({ ...county, engine, records, documents, notifications, reports, machine: clock })
  })

  const task = (variables: Record<string, string>, change: Partial<MachineTask> = {}): MachineTask => ({
    id: `task-${++serial}`,
    activityId: 'a',
    processInstanceId: 'p',
    businessKey: '泽州-2023-0001',
    tenantId: COUNTY,
    variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { type: 'String', value }])),
    ...change,
  })
  const hazard = (number: string) =>
    records.store.create({
      countyCode: COUNTY,
      number,
      kind: 'hazard',
      title: '采场边坡过高',
      status: 'CONFIRMED',
      side: 'enterprise',
      level: 'MAJOR',
      enterpriseId: `${COUNTY}-E05`,
      townId: `${COUNTY}-town1`,
      dueAt: at('2024-01-01'),
      data: { description: '西侧采场未分台阶开采', location: '西侧采场', judgeBasis: 'NCM-OP-02', dueDate: '2023-12-31' },
      createdBy: county.actor('E05.safety').personId,
    })
  const listed = async (number: string) => {
    const record = await hazard(number)
    const listing = await records.store.create({
      countyCode: COUNTY,
      number: `GP-${number}`,
      kind: 'listing',
      title: '挂牌',
      status: 'DRAFT',
      side: 'authority',
      townId: `${COUNTY}-town1`,
      enterpriseId: `${COUNTY}-E05`,
      data: {
        listingNo: '泽应急督〔2023〕1号',
        listingOrg: '泽州县应急管理局',
        listingLevel: 'COUNTY_BUREAU',
        requirement: '分三级削坡，清除浮石',
        officerId: county.actor('county.staff').personId,
      },
      createdBy: county.actor('county.staff').personId,
    })
    await records.trail.link(record.id, listing.id, 'listed')
    return record
  }

  it('numbers documents in a row without gaps, once per record, per year', async () => {
    for (const number of ['泽州-2023-0001', '泽州-2023-0002']) await hazard(number)
    const number = async (businessKey: string) =>
      (await machine.handle('serial-number', task({ serial: 'listing' }, { businessKey }))).variables.documentNo

    expect(await number('泽州-2023-0001')).toEqual({ type: 'String', value: '泽应急督〔2023〕1号' })
    expect(await number('泽州-2023-0002')).toEqual({ type: 'String', value: '泽应急督〔2023〕2号' })
    expect(await number('泽州-2023-0001')).toEqual({ type: 'String', value: '泽应急督〔2023〕1号' })
    await records.numbers.voidDocument(COUNTY, 'listing', '泽州-2023-0002', '未下达')
    expect(await records.numbers.voidedDocuments(COUNTY, 'listing')).toMatchObject([{ value: 2, year: 2023, reason: '未下达' }])
    await hazard('泽州-2024-0001')
    await county.clock.turnTo(at('2024-01-02'))
    expect(await number('泽州-2024-0001')).toEqual({ type: 'String', value: '泽应急督〔2024〕1号' })
  })

  it('answers two workers at the same moment alike and gives no number twice', async () => {
    await hazard('泽州-2023-0001')
    const same = task({ serial: 'listing' })

    const answers = await Promise.all(
      [1, 2, 3].map(() => machine.handle('serial-number', same).catch(() => machine.handle('serial-number', same))),
    )

    expect(new Set(answers.map((answer) => answer.variables.documentNo?.value))).toEqual(new Set(['泽应急督〔2023〕1号']))
  })

  it('fills the notice of a listing and keeps it with the hazard, once', async () => {
    const record = await listed('泽州-2023-0001')

    const same = task({ document: 'listing-notice' })
    const first = await machine.handle('document', same)
    const again = await machine.handle('document', same)

    expect(again).toEqual(first)
    const [info, more] = await documents.ofRecords([record.id])
    expect(more).toBeUndefined()
    expect(info).toMatchObject({ id: first.variables.documentId!.value, title: '挂牌督办通知书 泽应急督〔2023〕1号', format: 'docx' })
    const { content } = await documents.see(county.actor('E05.principal'), info!.id)
    const text = new PizZip(content)
      .file('word/document.xml')!
      .asText()
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '')
    for (const part of [
      '泽应急督〔2023〕1号',
      '示例丹霞石灰岩矿：',
      '西侧采场未分台阶开采。',
      '判定依据：台阶高度超过设计规定。',
      '请于2023年12月31日前完成整改',
      '督办责任人：',
      '2023年11月23日',
      '抄送：周村镇，',
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/undefined|[{}]|挂牌责任领导/)
  })

  it('hides documents of what a reader may not see', async () => {
    await listed('泽州-2023-0001')
    const id = String((await machine.handle('document', task({ document: 'listing-notice' }))).variables.documentId!.value)

    await expect(documents.see(county.actor('E02.principal'), id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(documents.see(county.actor('town2.staff'), id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(documents.see({ ...county.actor('county.staff'), countyCode: '141023' }, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tells the holders of positions of county, town and enterprise', async () => {
    await hazard('泽州-2023-0001')

    await machine.handle(
      'notify',
      task({ notice: 'hazard-reported', positions: 'SECTION_CHIEF@county,TOWN_CENTER_HEAD@town,ENT_PRINCIPAL@enterprise' }),
    )

    for (const alias of ['county.section', 'town1.centre', 'E05.principal'])
      expect(await notifications.of(COUNTY, county.actor(alias).personId)).toMatchObject([
        { words: '周村镇示例丹霞石灰岩矿上报疑似重大隐患 泽州-2023-0001：采场边坡过高。' },
      ])
    expect(await notifications.of(COUNTY, county.actor('town2.centre').personId)).toEqual([])
  })

  it('throws messages once, starts each life once, and finds no receiver for `all` without complaint', async () => {
    await engine.deployments.create({ name: 'test', tenantId: COUNTY, resources: [{ name: 'general.bpmn', content: MODEL }] })
    const messages = JSON.stringify([
      {
        name: 'hazard.general-reported',
        businessKey: '泽州-2023-0001',
        starts: 'general',
        variables: { level: { value: 'GENERAL', type: 'String' } },
      },
      { name: 'hazard.general-reported', businessKey: '泽州-2023-0002', starts: 'general' },
    ])
    const same = task({ messages })
    await machine.handle('correlate-message', same)
    await machine.handle('correlate-message', same)
    await machine.handle('correlate-message', task({ messages }))
    const running = () => engine.instances.list({ definitionKey: 'general', tenantId: COUNTY })

    expect((await running()).map((instance) => instance.businessKey).sort()).toEqual(['泽州-2023-0001', '泽州-2023-0002'])
    const closed = JSON.stringify([{ name: 'hazard.closed', businessKey: '泽州-2023-0001', all: true }])
    await machine.handle('correlate-message', task({ messages: closed }))
    await machine.handle('correlate-message', task({ messages: closed }))
    expect((await running()).map((instance) => instance.businessKey)).toEqual(['泽州-2023-0002'])
  })

  it('keeps the annex of a report with its record', async () => {
    const report = await records.store.create({
      countyCode: COUNTY,
      number: 'BB-2023-0001',
      kind: 'report',
      title: '县局 工作报表',
      status: 'ISSUED',
      side: 'authority',
      data: {},
      createdBy: county.actor('county.vice').personId,
    })

    const answer = await machine.handle(
      'export',
      task({ report: 'campaign-work-report', unit: COUNTY, period: '2023-11-25' }, { businessKey: report.number }),
    )

    expect(await documents.ofRecords([report.id])).toMatchObject([
      { id: answer.variables.documentId!.value, name: '百日攻坚工作报表-泽州县应急管理局-2023-11-25.xlsx' },
    ])
  })

  it.each([
    ['a record that is not there', 'serial-number', { serial: 'listing' }, { businessKey: '泽州-2023-9999' }],
    ['a row of numbers that is not there', 'serial-number', { serial: 'nothing' }, {}],
    ['another county’s record', 'document', { document: 'listing-notice' }, { tenantId: '141023' }],
    ['no county', 'document', { document: 'listing-notice' }, { tenantId: null }],
    ['a notice that is not there', 'notify', { notice: 'nothing', positions: 'BUREAU_HEAD@county' }, {}],
    ['a position that is not there', 'notify', { notice: 'hazard-reported', positions: 'KING@county' }, {}],
  ] as const)('refuses %s and keeps no answer', async (_, topic, variables, change) => {
    await hazard('泽州-2023-0001')
    const one = task(variables, change)

    await expect(machine.handle(topic, one)).rejects.toMatchObject({ code: 'not-found' })

    expect(await county.database.query('select task_id from machine_answer')).toEqual([])
  })
})
