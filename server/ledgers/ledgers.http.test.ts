import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import ExcelJS from 'exceljs'
import { ledgerList, ledgerPage } from '../../contracts/api/ledgers.ts'
import { notificationList } from '../../contracts/api/notifications.ts'
import { reportCellRows, reportList, reportPage } from '../../contracts/api/reports.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type Client, openTestApplication, type TestApplication } from '../../test/server/application.ts'
import { recordFact } from './fact.ts'

const COUNTY = '140525'
const REPORT = '/api/reports/campaign-work-report'
const at = `period=2023-12-25`

describe.each(testDatabases('ledgers_http', migrations))('reports and ledgers over HTTP on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>
  let staff: Client
  let town: Client
  let principal: Client

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    server = await openTestApplication(opened.database, {
      counties: [COUNTY, '141023'],
      accounts: ['county.staff', 'town1.staff', 'E05.principal'],
    })
    ;[staff, town, principal] = [
      await server.signIn('county.staff'),
      await server.signIn('town1.staff'),
      await server.signIn('E05.principal'),
    ]
    const { clock, features } = server
    const number = '泽州-2023-0001'
    const person = (await features.organisation.people.holdersOf(COUNTY, 'ENT_SAFETY_STAFF', { enterpriseId: `${COUNTY}-E05` }))[0]!
    const hazard = await features.records.store.create({
      countyCode: COUNTY,
      number,
      kind: 'hazard',
      title: '边坡过高',
      status: 'RECTIFYING',
      side: 'enterprise',
      level: 'MAJOR',
      enterpriseId: `${COUNTY}-E05`,
      townId: `${COUNTY}-town1`,
      dueAt: clock.now() + 86_400_000,
      data: { description: '边坡高于设计', five: { fundWan: 12.5, measures: [{ measure: '削坡' }] } },
      createdBy: person.personId,
    })
    const fact = (type: string, attributes: Record<string, unknown>) =>
      opened.database.transaction((tx) =>
        recordFact(tx, {
          type,
          countyCode: COUNTY,
          townId: `${COUNTY}-town1`,
          enterpriseId: `${COUNTY}-E05`,
          recordId: hazard.id,
          hazardNo: number,
          attributes,
          countedAt: clock.now(),
          instanceId: 'i',
          nodeId: 'n',
        }),
      )
    await fact('hazard.confirmed', { industry: 'NCM.OPEN_PIT', foundAt: clock.now() })
    await fact('plan.approved', {})
    await fact('fine.decided', { fineWan: 2.5 })
  }, 180_000)
  afterAll(async () => {
    await server.close()
    await drop()
  })

  it('answers as the contracts say', async () => {
    expect(reportList.parse((await staff.call('GET', '/api/reports')).body).reports[0]?.title).toBe('百日攻坚工作报表')
    const page = reportPage.parse((await staff.call('GET', `${REPORT}?${at}`)).body)
    expect(page.rows.map((row) => row.id)).toEqual([
      `${COUNTY}-town1`,
      `${COUNTY}-town2`,
      `${COUNTY}-town3`,
      'county-own',
      'period',
      'cumulative',
    ])
    expect(page.details[0]?.detailAndPlan).toBe('边坡高于设计。整改：削坡；资金 12.5 万元。')
    const cell = reportCellRows.parse((await staff.call('GET', `${REPORT}/cell?${at}&row=period&column=majorFound`)).body)
    expect(cell).toMatchObject({ value: 1, rows: [{ number: '泽州-2023-0001', who: '示例丹霞石灰岩矿' }] })
    const ledgers = ledgerList.parse((await principal.call('GET', '/api/ledgers')).body).ledgers
    for (const { id } of ledgers) expect(ledgerPage.parse((await principal.call('GET', `/api/ledgers/${id}?view=all`)).body).total).toBe(1)
    expect(notificationList.parse((await principal.call('GET', '/api/notifications')).body)).toEqual({ notifications: [], unread: 0 })
  })

  it('says the same on the page, in the cell and in the .xlsx', async () => {
    const page = reportPage.parse((await town.call('GET', `${REPORT}?${at}`)).body)
    const answer = await fetch(`${server.origin}${REPORT}/export.xlsx?${at}`, { headers: { cookie: town.cookie } })

    expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('百日攻坚工作报表-周村镇-2023-12-25.xlsx')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await answer.arrayBuffer())
    const sheet = book.worksheets[0]!
    const printed = page.columns
      .slice(1)
      .map((column) => Number(sheet.getCell(5, column.number).value) * (column.kind === 'money' ? 1_000_000 : 1))
    const shown = page.columns
      .slice(1)
      .map((column) => page.rows.find((row) => row.kind === 'period')?.cells.find((cell) => cell.column === column.key)?.value)
    expect(printed).toEqual(shown)
    expect(shown[page.columns.findIndex((column) => column.key === 'fineWan') - 1]).toBe(2_500_000)
  })

  it('takes a correction with a reason from whoever may, and puts it back', async () => {
    const body = { unit: `${COUNTY}-town1`, period: '2023-12-25', column: 'fineWan', value: 1_500_000, reason: '处罚决定变更，文书待补录' }

    expect((await town.call('POST', `${REPORT}/override`, { ...body, reason: '变更' })).status).toBe(400)
    expect((await principal.call('POST', `${REPORT}/override`, body)).body).toMatchObject({ code: 'forbidden' })
    expect((await town.call('POST', `${REPORT}/override`, body, { 'x-csrf-token': 'wrong' })).body).toMatchObject({ code: 'csrf-failed' })
    expect((await town.call('POST', `${REPORT}/override`, body)).status).toBe(204)
    const notes = reportPage.parse((await staff.call('GET', `${REPORT}?${at}`)).body).notes
    expect(notes).toMatchObject([{ kind: 'override', place: '周村镇 · 行政罚款金额', old: 2_500_000, value: 1_500_000 }])
    expect((await town.call('DELETE', `${REPORT}/override?unit=${body.unit}&${at}&column=fineWan`)).status).toBe(204)
    expect(reportPage.parse((await staff.call('GET', `${REPORT}?${at}`)).body).notes).toEqual([])
  })

  it.each([
    ['a report that is not there', '/api/reports/nothing'],
    ['a period that is not there', `${REPORT}?period=2023-12-24`],
    ['another town', `${REPORT}?unit=${COUNTY}-town2`],
    ['another county', `${REPORT}?unit=141023`],
    ['a column that is not there', `${REPORT}/cell?row=period&column=nothing`],
    ['a ledger that is not there', '/api/ledgers/nothing'],
    ['a document that is not there', '/api/documents/nothing'],
  ])('does not find %s', async (_, path) => {
    expect((await town.call('GET', path)).body).toMatchObject({ status: 404, code: 'not-found' })
  })

  it('keeps reports from enterprises, and everything from strangers', async () => {
    expect((await principal.call('GET', '/api/reports')).body).toMatchObject({ code: 'forbidden' })
    const stranger = await server.signIn('county.staff', '141023')
    expect((await stranger.call('GET', REPORT)).body).toMatchObject({ code: 'not-found' })
    expect(ledgerPage.parse((await stranger.call('GET', '/api/ledgers/major-hazards')).body).total).toBe(0)
    expect((await fetch(`${server.origin}${REPORT}/export.xlsx`)).status).toBe(401)
  })
})
