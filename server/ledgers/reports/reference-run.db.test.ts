import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import ExcelJS from 'exceljs'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { makeAudit } from '../../audit/index.ts'
import { makeOrganisation, manualClock } from '../../organisation/index.ts'
import { makeRecords } from '../../records/index.ts'
import { runScenario, scenario } from '../../scenarios/index.ts'
import { makeLedgers } from '../ledgers.ts'
import type { Reports } from './reports.ts'

const COUNTY = '140525'
const file = new URL('../../../processes/hazard-self-check/scenarios/reference-run.json', import.meta.url)

/** The figures of first-loop.md §1.3, worked out by hand: columns 2 to 13 of the annex. */
const FIRST = [0, 1, 5, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const SECOND = [0, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0]
const TOTAL = [0, 1, 5, 5, 1, 1, 0, 0, 0, 0, 0, 0]

describe.each(testDatabases('reference_run', migrations))('the annex of the reference run on $name', ({ open }) => {
  let reports: Reports
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    const { database } = opened
    const result = await runScenario(scenario.parse(JSON.parse(readFileSync(file, 'utf8'))), database)
    expect(result).toMatchObject({ passed: true })
    const clock = manualClock(Date.parse('2023-12-26T09:00:00+08:00'))
    let serial = 0
    const newId = () => `after-${++serial}`
    const organisation = makeOrganisation({ database, clock, newId })
    const records = makeRecords({ database, clock, newId, organisation, dataDir: '/nowhere' })
    reports = makeLedgers({ database, clock, newId, organisation, records, audit: makeAudit({ database, clock }) }).reports
  }, 180_000)
  afterAll(() => drop())

  const annex = async (period: string) => {
    const { content } = await reports.annex({ countyCode: COUNTY, reportId: 'campaign-work-report', unit: COUNTY, period })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(content) as unknown as ArrayBuffer)
    const sheet = book.worksheets[0]!
    const row = (at: number) => Array.from({ length: 12 }, (_, i) => sheet.getCell(at, i + 2).value)
    return { period: row(5), cumulative: row(6), detail: String(sheet.getCell('J9').value), rows: sheet.rowCount }
  }

  it('prints the figures worked out by hand at the first cut-off', async () => {
    const printed = await annex('2023-11-25')

    expect(printed).toMatchObject({ period: FIRST, cumulative: FIRST, rows: 9 })
  })

  it('prints the figures worked out by hand at the second cut-off, and the day of closing', async () => {
    const printed = await annex('2023-12-25')

    expect(printed).toMatchObject({ period: SECOND, cumulative: TOTAL, rows: 9 })
    expect(printed.detail).toMatch(/（12月20日销号）$/)
  })
})
