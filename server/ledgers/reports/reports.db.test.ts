import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import ExcelJS from 'exceljs'
import { reportCellRows, reportPage } from '../../../contracts/api/reports.ts'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { type NewFact, recordFact } from '../fact.ts'
import {
  at,
  COUNTY,
  type DemonstrationCounty,
  type DemonstrationDatabase,
  openDemonstrationCounty,
} from '../testing/demonstration-county.ts'
import { makeReports, type Reports } from './reports.ts'

const REPORT = 'campaign-work-report'
const FIRST = '2023-11-25'
const SECOND = '2023-12-25'
const town1 = `${COUNTY}-town1`
const town2 = `${COUNTY}-town2`
const town3 = `${COUNTY}-town3`
const yes = () => true

describe.each(testDatabases('reports', migrations))('reports on $name', (kind) => {
  let demonstration: DemonstrationDatabase
  let county: DemonstrationCounty
  let reports: Reports

  beforeAll(async () => {
    demonstration = await openDemonstrationCounty(kind)
  })
  beforeEach(async () => {
    county = await demonstration.fresh()
    reports = makeReports({ ...county, hazardTexts: async () => new Map() })
  })
  afterAll(() => demonstration.drop())

  let serial = 0
  const record = (type: string, when: string, change: Partial<NewFact> = {}) =>
    county.database.transaction((tx) =>
      recordFact(tx, {
        type,
        countyCode: COUNTY,
        townId: town1,
        enterpriseId: `${COUNTY}-E05`,
        recordId: null,
        hazardNo: null,
        attributes: {},
        countedAt: at(when),
        instanceId: `i${++serial}`,
        nodeId: 'n',
        campaignId: 'bai-ri-gong-jian-2023',
        ...change,
      }),
    )
  const general = (recordId: string, when: string) =>
    record('hazard.signed', when, {
      recordId,
      hazardNo: `泽州-2023-${recordId}`,
      attributes: { level: 'GENERAL', description: `隐患${recordId}` },
    })
  const major = (recordId: string, when: string) =>
    record('hazard.confirmed', when, {
      recordId,
      hazardNo: `泽州-2023-${recordId}`,
      attributes: { enterpriseName: '示例丹霞石灰岩矿', townName: '周村镇', industry: 'NCM.OPEN_PIT', description: '边坡高于设计' },
    })
  const step = (unitId: string, who: string, period = FIRST) => ({
    countyCode: COUNTY,
    reportId: REPORT,
    unitId,
    period,
    personId: county.actor(who).personId,
  })
  const sign = (unitId: string, period = FIRST) =>
    county.database.transaction((tx) => reports.steps.signTown(tx, step(unitId, 'town1.centre', period)))
  const accept = (unitId: string, period = FIRST) =>
    county.database.transaction((tx) => reports.steps.acceptTown(tx, step(unitId, 'county.staff', period)))
  const issue = (period = FIRST) => county.database.transaction((tx) => reports.steps.issueCounty(tx, step(COUNTY, 'county.vice', period)))
  const figures = (unit: string, period: string, row: 'period' | 'cumulative' = 'period') =>
    reports.figures({ countyCode: COUNTY, reportId: REPORT, unit, period, row })
  const page = (who: string, unit?: string, period = FIRST) => reports.page(county.actor(who), yes, { reportId: REPORT, unit, period })

  it('freezes a town’s figures when it signs; later events go to the next period', async () => {
    await general('0001', '2023-11-20T10:00')
    await county.clock.turnTo(at('2023-11-24T16:00'))
    const version = await sign(town1)
    await county.clock.turnTo(at('2023-11-25T10:00'))
    await general('0002', '2023-11-25T09:00')

    expect(version.cells?.generalFound?.rows.map((row) => row.id)).toEqual(['0001'])
    expect(await figures(town1, FIRST)).toMatchObject({ generalFound: 1 })
    expect(await figures(town1, SECOND)).toMatchObject({ generalFound: 1 })
    expect(await figures(town1, SECOND, 'cumulative')).toMatchObject({ generalFound: 2 })
  })

  it('gives a fact that committed while the town signed to the next period, once', async () => {
    await county.clock.turnTo(at('2023-11-24T16:00'))
    await sign(town1)
    await general('0001', '2023-11-24T15:59')
    await county.clock.turnTo(at('2023-12-24T16:00'))

    expect(await figures(town1, FIRST)).toMatchObject({ generalFound: 0 })
    expect(await figures(town1, SECOND)).toMatchObject({ generalFound: 1 })
    await sign(town1, SECOND)
    expect(await figures(town1, '2024-01-25')).toMatchObject({ generalFound: 0 })
    expect(await figures(town1, '2024-01-25', 'cumulative')).toMatchObject({ generalFound: 1 })
  })

  it('rolls the county up from the rows of the towns and its own, each enterprise once', async () => {
    const inspected = { enterpriseId: `${COUNTY}-E05`, attributes: { layer: 'PLANT', source: 'SELF' } }
    await record('check.finished', '2023-11-20T10:00', { ...inspected, recordId: 'c1' })
    await record('check.finished', '2023-11-20T10:00', { recordId: 'c2', enterpriseId: `${COUNTY}-E05`, attributes: { source: 'DEPT' } })
    await record('check.finished', '2023-11-20T10:00', {
      recordId: 'c3',
      enterpriseId: `${COUNTY}-E02`,
      townId: town2,
      attributes: { layer: 'PLANT', source: 'SELF' },
    })
    await record('group.created', '2023-11-20T10:00', { townId: null, enterpriseId: null, attributes: { count: 2 } })
    await record('fine.decided', '2023-11-20T10:00', { attributes: { fineWan: 1.05 } })
    await county.clock.turnTo(at('2023-11-25T09:00'))
    for (const town of [town1, town2, town3]) {
      await sign(town)
      await accept(town)
    }
    await issue()

    expect(await figures(COUNTY, FIRST)).toMatchObject({ enterprisesInspected: 2, superviseGroups: 2, fineWan: 1_050_000 })
    const shown = await page('county.staff')
    const own = shown.rows.find((row) => row.id === 'county-own')!
    expect(own.cells.find((cell) => cell.column === 'generalFound')?.value).toBeNull()
    expect(own.cells.find((cell) => cell.column === 'enterprisesInspected')?.value).toBe(1)
    expect(shown).toMatchObject({ state: 'ISSUED', mayOverride: false, mayCorrect: true, blockedBy: [] })
    expect(reportPage.parse(shown)).toBeTruthy()
  })

  it('returns a signed report: its snapshot is taken off, the comment is at the cell, signing again ends it', async () => {
    await general('0001', '2023-11-20T10:00')
    await county.clock.turnTo(at('2023-11-24T16:00'))
    await sign(town1)
    await county.database.transaction((tx) =>
      reports.steps.returnTown(tx, { ...step(town1, 'county.staff'), comments: [{ column: 'generalFound', words: '应为 2？' }] }),
    )
    await general('0002', '2023-11-24T15:00')
    const returned = await page('town1.staff', town1)
    await sign(town1)

    expect(returned.state).toBe('RETURNED')
    expect(returned.rows[0]!.cells.find((cell) => cell.column === 'generalFound')).toMatchObject({ value: 2, comment: '应为 2？' })
    const again = await page('town1.staff', town1)
    expect(again.state).toBe('SIGNED')
    expect(again.rows[0]!.cells.find((cell) => cell.column === 'generalFound')).toMatchObject({ value: 2, comment: null })
  })

  it('corrects a cell by hand with a reason, carries it into the roll-up and 累计, and restores it', async () => {
    await general('0001', '2023-11-20T10:00')
    await county.clock.turnTo(at('2023-11-21T10:00'))
    const who = county.actor('town1.staff')
    const cell = { reportId: REPORT, unit: town1, period: FIRST, column: 'generalFound' }
    await expect(reports.override(who, { ...cell, value: 3, reason: '太短' })).rejects.toMatchObject({ code: 'reason-required' })

    await reports.override(who, { ...cell, value: 3, reason: '两项隐患的纸质台账尚未录入系统' })
    expect(await figures(town1, FIRST)).toMatchObject({ generalFound: 3 })
    expect(await figures(COUNTY, FIRST)).toMatchObject({ generalFound: 3 })
    expect(await figures(COUNTY, SECOND, 'cumulative')).toMatchObject({ generalFound: 3 })
    const shown = await page('town1.staff', town1)
    expect(shown.rows[0]!.cells.find((one) => one.column === 'generalFound')?.overridden).toMatchObject({
      old: 1,
      reason: '两项隐患的纸质台账尚未录入系统',
    })

    await reports.restore(who, cell)
    expect(await figures(town1, FIRST)).toMatchObject({ generalFound: 1 })
  })

  it('refuses to edit a snapshot, to sign twice and to take what was not signed', async () => {
    await sign(town1)

    await expect(sign(town1)).rejects.toMatchObject({ code: 'conflict' })
    await expect(accept(town2)).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      reports.override(county.actor('town1.staff'), {
        reportId: REPORT,
        unit: town1,
        period: FIRST,
        column: 'generalFound',
        value: 1,
        reason: '这里写了不少于十个字的原因',
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('issues without a town by setting and says so, or is blocked', async () => {
    await sign(town1)
    await accept(town1)
    await county.organisation.settings.set(COUNTY, 'report.issueWithoutTowns', false)
    await expect(issue()).rejects.toMatchObject({ code: 'blocked' })
    await county.organisation.settings.set(COUNTY, 'report.issueWithoutTowns', true)

    expect((await issue()).unconfirmed).toEqual([town2, town3])
    expect((await page('county.staff')).steps[0]?.note).toBe('1 / 3，大箕镇、下村镇未经镇确认')
  })

  it('keeps an issued period when a hazard becomes void, and takes it out of the next 累计 with a line 更正', async () => {
    await general('0001', '2023-11-20T10:00')
    await general('0002', '2023-11-20T10:00')
    await county.clock.turnTo(at('2023-11-25T10:00'))
    await issue()
    await county.clock.turnTo(at('2023-12-01T10:00'))
    await record('hazard.voided', '2023-11-30T10:00', { recordId: '0002', hazardNo: '泽州-2023-0002' })

    expect(await figures(COUNTY, FIRST)).toMatchObject({ generalFound: 2 })
    expect(await figures(COUNTY, SECOND, 'cumulative')).toMatchObject({ generalFound: 1 })
    const next = await page('county.staff', COUNTY, SECOND)
    expect(next.notes).toContainEqual(expect.objectContaining({ kind: 'void', words: '更正：泽州-2023-0002 已作废，不再计入累计' }))
  })

  it('opens 更正 as a new version of the same period and keeps the old one', async () => {
    await general('0001', '2023-11-20T10:00')
    await issue()
    await county.clock.turnTo(at('2023-11-28T10:00'))
    await record('hazard.voided', '2023-11-27T10:00', { recordId: '0001' })
    await general('0003', '2023-11-27T11:00')
    await reports.correct(county.actor('county.staff'), { reportId: REPORT, unit: COUNTY, period: FIRST })

    expect(await page('county.staff')).toMatchObject({ state: 'DRAFT', version: 2 })
    expect(await figures(COUNTY, FIRST)).toMatchObject({ generalFound: 0 })
    expect((await issue()).version).toBe(2)
    const versions = await county.database.query<{ version: number; state: string }>(
      'select version, state from report_version order by version',
    )
    expect(versions).toEqual([
      { version: 1, state: 'ISSUED' },
      { version: 2, state: 'ISSUED' },
    ])
  })

  it('opens each cell’s rows, as many as the cell says', async () => {
    await general('0001', '2023-11-20T10:00')
    await general('0002', '2023-11-21T10:00')
    await county.clock.turnTo(at('2023-11-22T10:00'))

    const rows = await reports.cell(county.actor('county.staff'), { reportId: REPORT, period: FIRST, row: town1, column: 'generalFound' })

    expect(reportCellRows.parse(rows)).toMatchObject({
      value: 2,
      rows: [{ number: '泽州-2023-0001', title: '隐患0001', who: '示例丹霞石灰岩矿' }, { number: '泽州-2023-0002' }],
    })
    expect(rows.rule).toContain('11月3日 00:00')
  })

  it('shows a town its own report only, and nothing of another county', async () => {
    expect(await page('town1.staff')).toMatchObject({ unit: { id: town1, isCounty: false }, units: [{ id: town1 }] })
    await expect(page('town1.staff', town2)).rejects.toMatchObject({ code: 'not-found' })
    await expect(page('town1.staff', COUNTY)).rejects.toMatchObject({ code: 'not-found' })
    await expect(reports.page({ ...county.actor('county.staff'), countyCode: '141023' }, yes, { reportId: REPORT })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(reports.cell(county.actor('town1.staff'), { reportId: REPORT, row: town2, column: 'generalFound' })).rejects.toMatchObject(
      { code: 'not-found' },
    )
  })

  it('exports the annex with units in the cells, read back', async () => {
    for (const id of ['0001', '0002']) await general(id, '2023-11-20T10:00')
    await major('0003', '2023-11-22T10:00')
    await record('hazard.listed', '2023-11-23T10:00', { recordId: '0003', attributes: { org: '县应急管理局' } })
    await record('fine.decided', '2023-11-23T10:00', { attributes: { fineWan: 1.5 } })
    await county.clock.turnTo(at('2023-11-25T17:00'))
    for (const town of [town1, town2, town3]) {
      await sign(town)
      await accept(town)
    }
    await issue()

    const file = await reports.export(county.actor('county.staff'), { reportId: REPORT, period: FIRST })

    expect(file.name).toBe('百日攻坚工作报表-泽州县应急管理局-2023-11-25.xlsx')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(file.content) as unknown as ArrayBuffer)
    const sheet = book.worksheets[0]!
    const row = (at: number) => Array.from({ length: 13 }, (_, i) => sheet.getCell(at, i + 1).value)
    expect(sheet.getCell('A1').value).toBe('泽州县非煤矿山行业安全生产“百日攻坚”冬季行动工作报表')
    expect(sheet.getCell('A2').value).toBe('填报单位：泽州县应急管理局')
    expect(sheet.getCell('I2').value).toBe('填表日期：2023年11月25日')
    expect([sheet.getCell('D3').value, sheet.getCell('D4').value, sheet.getCell('E4').value]).toEqual(['一般隐患', '排查', '已整改'])
    expect(row(5)).toEqual(['非煤矿山', 0, 0, 2, 0, 1, 0, 0, 1.5, 0, 0, 0, 0])
    expect(row(6)).toEqual(['累计', 0, 0, 2, 0, 1, 0, 0, 1.5, 0, 0, 0, 0])
    expect(['B5', 'C5', 'D5', 'I5', 'M5', 'D6', 'I6'].map((cell) => sheet.getCell(cell).numFmt)).toEqual([
      '0"(个)"',
      '0"(家)"',
      '0"(项)"',
      '0.00"(万)"',
      '0"(个)"',
      '0',
      '0.00',
    ])
    expect(sheet.getCell('A7').value).toBe('重大隐患明细')
    expect(['A8', 'B8', 'E8', 'F8', 'H8', 'J8'].map((cell) => sheet.getCell(cell).value)).toEqual([
      '序号',
      '企业名称',
      '所在镇',
      '行业类别',
      '挂牌督办单位',
      '重大隐患明细及整改计划',
    ])
    expect(['A9', 'B9', 'E9', 'H9', 'J9'].map((cell) => sheet.getCell(cell).value)).toEqual([
      1,
      '示例丹霞石灰岩矿',
      '周村镇',
      '县应急管理局',
      '边坡高于设计。整改方案待报。',
    ])
    expect(sheet.rowCount).toBe(9)
  })

  it('lets one of two signatures at the same moment win', async () => {
    const results = await Promise.allSettled([sign(town1), sign(town1)])

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const facts = await county.database.query("select fact_id from fact where type = 'report.submitted'")
    expect(facts).toHaveLength(1)
  })
})
