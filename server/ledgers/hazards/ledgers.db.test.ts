import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import ExcelJS from 'exceljs'
import { ledgerPage } from '../../../contracts/api/ledgers.ts'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { makeRecords, type NewRecord, type RecordFlag, type Records } from '../../records/index.ts'
import { recordFact } from '../fact.ts'
import {
  at,
  COUNTY,
  type DemonstrationCounty,
  type DemonstrationDatabase,
  openDemonstrationCounty,
} from '../testing/demonstration-county.ts'
import { type HazardLedgers, makeHazardLedgers } from './ledgers.ts'

describe.each(testDatabases('ledgers', migrations))('ledgers on $name', (kind) => {
  let demonstration: DemonstrationDatabase
  let county: DemonstrationCounty
  let records: Records
  let ledgers: HazardLedgers

  const hazard = (number: string, change: Partial<NewRecord> = {}, flags: readonly RecordFlag[] = []) =>
    records.store.create({
      countyCode: COUNTY,
      number: `泽州-2023-${number}`,
      kind: 'hazard',
      title: '隐患',
      status: 'RECTIFYING',
      side: 'enterprise',
      level: 'MAJOR',
      enterpriseId: `${COUNTY}-E05`,
      townId: `${COUNTY}-town1`,
      dueAt: at('2024-01-01'),
      data: { description: '西侧采场未自上而下分台阶开采。', foundAt: at('2023-11-20T09:10'), source: 'SELF' },
      createdBy: county.actor('E05.safety').personId,
      flags,
      ...change,
    })

  beforeAll(async () => {
    demonstration = await openDemonstrationCounty(kind)
    county = await demonstration.fresh('2023-12-25T09:00')
    records = makeRecords({ ...county, dataDir: '/nowhere' })
    ledgers = makeHazardLedgers({ ...county, records })
    await hazard('0001', {
      dueAt: at('2023-12-19'),
      data: {
        description: '边坡有浮石。',
        five: { measures: [{ measure: '削坡' }, { measure: '清浮石' }], fundWan: 86 },
        progress: [{ percent: 30 }, { percent: 70 }],
        location: '西侧采场',
      },
    })
    await hazard('0002', { enterpriseId: `${COUNTY}-E02`, townId: `${COUNTY}-town2`, dueAt: at('2023-12-29') }, ['extended'])
    await hazard('0003', { status: 'CLOSED', dueAt: at('2023-12-21'), data: { description: '已改', closedAt: at('2023-12-20T16:00') } })
    await hazard('0004', { level: 'GENERAL', data: { description: '一般隐患', foundBy: county.actor('E05.safety').personId } })
    await hazard('0005', { status: 'SUBMITTED', level: 'GENERAL' })
    await hazard('0006', { status: 'ACCEPTING', dueAt: at('2023-12-20') })
    await county.database.transaction((tx) =>
      recordFact(tx, {
        type: 'hazard.listed',
        countyCode: COUNTY,
        townId: null,
        enterpriseId: null,
        recordId: 'listing',
        hazardNo: '泽州-2023-0001',
        attributes: { org: '县应急管理局' },
        countedAt: at('2023-11-23'),
        instanceId: 'i',
        nodeId: 'n',
      }),
    )
  })
  afterAll(() => demonstration.drop())

  const numbers = async (who: string, id: string, query = {}) =>
    (await ledgers.page(county.actor(who), id, query)).rows.map((row) => row.number.slice(-4))

  it('lists major hazards, the most overdue first; what waits for acceptance is not overdue', async () => {
    const page = await ledgers.page(county.actor('county.staff'), 'major-hazards', {})

    expect(ledgerPage.parse(page)).toBeTruthy()
    expect(page.rows.map((row) => [row.number.slice(-4), row.overdueDays])).toEqual([
      ['0001', 7],
      ['0006', 0],
      ['0002', 0],
    ])
    expect(page.views.map((view) => [view.id, view.count])).toEqual([
      ['open', 3],
      ['overdue', 1],
      ['soon', 2],
      ['closed', 1],
      ['all', 4],
    ])
    expect(page).toMatchObject({ total: 3, overdue: 1, extended: 1, fundFen: 86_000_000 })
    expect(page.rows[0]!.cells).toMatchObject({
      enterpriseName: '示例丹霞石灰岩矿',
      townName: '周村镇',
      listingOrg: '县应急管理局',
      detailAndPlan: '边坡有浮石。整改：削坡；清浮石；资金 86 万元。',
      status: '整改中 70%',
      due: '12月18日',
    })
    expect(page.rows[1]!.cells).toMatchObject({ listingOrg: '待挂牌' })
  })

  it('narrows by view, town, words and status', async () => {
    expect(await numbers('county.staff', 'major-hazards', { view: 'all', town: `${COUNTY}-town2` })).toEqual(['0002'])
    expect(await numbers('county.staff', 'major-hazards', { view: 'all', q: '浮石' })).toEqual(['0001'])
    expect(await numbers('county.staff', 'major-hazards', { view: 'all', status: 'CLOSED,ACCEPTING' })).toEqual(['0006', '0003'])
  })

  it('shows each reader what he may see', async () => {
    expect(await numbers('E05.safety', 'enterprise-hazards')).toEqual(['0001', '0006', '0004', '0005', '0003'])
    expect(await numbers('town1.staff', 'enterprise-hazards')).toEqual(['0001', '0006', '0004', '0003'])
    expect(await numbers('town2.staff', 'enterprise-hazards')).toEqual(['0002'])
    await expect(ledgers.page(county.actor('county.staff'), 'nothing', {})).rejects.toMatchObject({ code: 'not-found' })
    expect((await ledgers.page({ ...county.actor('county.staff'), countyCode: '141023' }, 'enterprise-hazards', {})).total).toBe(0)
  })

  it('lists every document number, the void ones with their reason, to officials', async () => {
    for (const purpose of ['泽州-2023-0001', '泽州-2023-0002']) await records.numbers.document(COUNTY, 'listing', purpose)
    await records.numbers.voidDocument(COUNTY, 'listing', '泽州-2023-0002', '隐患已销号，通知书未下达')

    const page = await ledgers.page(county.actor('county.staff'), 'document-numbers', {})

    expect(ledgerPage.parse(page).rows.map((row) => [row.cells.documentNo, row.cells.status, row.cells.voidReason])).toEqual([
      ['泽应急督〔2023〕1号', '有效', ''],
      ['泽应急督〔2023〕2号', '已作废', '隐患已销号，通知书未下达'],
    ])
    expect(await numbers('county.staff', 'document-numbers', { view: 'void' })).toEqual(['0002'])
    expect(await numbers('town1.staff', 'document-numbers')).toEqual(['0001'])
    await expect(ledgers.page(county.actor('E05.safety'), 'document-numbers', {})).rejects.toMatchObject({ code: 'not-found' })
    expect(ledgers.list(county.actor('E05.safety')).map((one) => one.id)).toEqual(['major-hazards', 'enterprise-hazards'])
  })

  it('pages by cursor', async () => {
    for (let i = 0; i < 50; i++)
      await hazard(`1${String(i).padStart(3, '0')}`, { enterpriseId: `${COUNTY}-E10`, townId: `${COUNTY}-town3`, level: 'GENERAL' })

    const first = await ledgers.page(county.actor('county.staff'), 'enterprise-hazards', {})
    const second = await ledgers.page(county.actor('county.staff'), 'enterprise-hazards', { cursor: first.nextCursor ?? '' })

    expect([first.rows.length, first.nextCursor, second.rows.length, second.nextCursor]).toEqual([50, '50', first.total - 50, null])
    expect(second.rows[0]!.cells.seq).toBe('51')
  })

  it('exports what the filters show, with names for people, read back', async () => {
    const file = await ledgers.export(county.actor('E05.principal'), 'enterprise-hazards', {
      level: 'GENERAL',
      enterprise: `${COUNTY}-E05`,
      view: 'open',
    })

    expect(file.name).toBe('一企一台账-示例丹霞石灰岩矿-2023-12-25.xlsx')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(file.content) as unknown as ArrayBuffer)
    const sheet = book.worksheets[0]!
    expect(sheet.getCell('A2').value).toBe('示例丹霞石灰岩矿　2023-12-25　共 2 项')
    const titles = sheet.getRow(3).values as string[]
    expect(titles.slice(1)).toEqual([
      '序号',
      '隐患编号',
      '企业名称',
      '发现时间',
      '来源',
      '检查人',
      '部位',
      '描述',
      '级别',
      '责任人',
      '措施',
      '资金(万元)',
      '时限',
      '预案',
      '状态',
      '验收人',
      '销号时间',
      '照片',
    ])
    expect(sheet.getCell('B4').value).toBe('泽州-2023-0004')
    expect(sheet.getCell('F4').value).toBe((await county.organisation.people.personById(COUNTY, county.actor('E05.safety').personId))?.name)
  })
})
