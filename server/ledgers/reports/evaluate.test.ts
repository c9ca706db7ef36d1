import { describe, expect, it } from '@jest/globals'
import { campaigns } from '../campaign.ts'
import type { Fact } from '../fact.ts'
import { detailRows } from './detail-rows.ts'
import { evaluate, type Figures, voidedAt } from './evaluate.ts'
import { intervalOf, periodsOf } from './period.ts'
import { figureColumns, reportsOf } from './report-definition.ts'
import { cumulate, rollUp, type StoredCell } from './totals.ts'

const campaign = campaigns().find((one) => one.countyCode === '140525')!
const [report] = reportsOf('140525')
const definition = report!
const periods = periodsOf(campaign)
const columns = figureColumns(definition)

let serial = 0
const fact = (type: Fact['type'], at: string, change: Partial<Fact> = {}): Fact => ({
  id: `f${String(++serial).padStart(3, '0')}`,
  type,
  countyCode: '140525',
  unitId: 'zhoucun',
  townId: 'zhoucun',
  enterpriseId: 'E05',
  recordId: null,
  hazardNo: null,
  campaignId: campaign.id,
  attributes: {},
  countedAt: Date.parse(`${at}:00+08:00`),
  ...change,
})

/** What the reference run of first-loop.md §1.3 records at E05. */
function referenceRun(): Fact[] {
  const general = ['1', '2', '3', '4', '5']
  const signed = '2023-11-20T17:00'
  const closedAt = ['2023-11-20T17:00', '2023-11-27T10:00', '2023-11-29T10:00', '2023-12-02T10:00', '2023-12-05T10:00']
  return [
    fact('check.finished', signed, { recordId: 'check', attributes: { layer: 'PLANT', source: 'SELF' } }),
    ...general.map((id) => fact('hazard.signed', signed, { recordId: id, attributes: { level: 'GENERAL' } })),
    fact('hazard.signed', signed, { recordId: '6', attributes: { level: 'SUSPECTED_MAJOR' } }),
    ...general.map((id, i) => fact('hazard.closed', closedAt[i]!, { recordId: id, attributes: { level: 'GENERAL' } })),
    fact('hazard.reported', '2023-11-21T09:00', { recordId: '6' }),
    fact('hazard.confirmed', '2023-11-22T10:00', {
      recordId: '6',
      hazardNo: '泽州-2023-0006',
      attributes: { enterpriseName: '五号石料', townName: '周村镇', industry: 'NCM.OPEN_PIT', description: '边坡高 42 米。' },
    }),
    fact('hazard.listed', '2023-11-23T15:00', { recordId: '6', attributes: { org: '县应急管理局' } }),
    fact('plan.approved', '2023-11-24T15:00', {
      recordId: '6',
      attributes: { measures: '分三级削坡', fund: 86_000_000, dueDate: '2023-12-31' },
    }),
    fact('hazard.closed', '2023-12-20T16:00', { recordId: '6', attributes: { level: 'MAJOR' } }),
  ]
}

const noFreeze = new Map<string, number>()
const inPeriod = (facts: readonly Fact[], index: number, frozen = noFreeze, at = Number.MAX_SAFE_INTEGER) =>
  evaluate(definition, campaign, facts, intervalOf(periods, periods[index]!, frozen), voidedAt(facts, at))
const values = (figures: Figures) => columns.map((column) => figures[column.key]!.value)
const stored = (figures: Figures, key: string): StoredCell => ({
  system: figures[key]!.value,
  value: figures[key]!.value,
  rows: figures[key]!.rows,
})

describe('evaluate', () => {
  it('counts the reference run as worked out by hand', () => {
    const facts = referenceRun()

    const first = inPeriod(facts, 0)
    const second = inPeriod(facts, 1)
    const totals = columns.map(
      (column) =>
        cumulate(
          column,
          [first, second].map((figures) => ({ cell: stored(figures, column.key), frozen: false })),
          new Set(),
        ).value,
    )

    //                             c2 c3 c4 c5 c6 c7 c8 … c13
    expect(values(first)).toEqual([0, 1, 5, 1, 1, 0, 0, 0, 0, 0, 0, 0])
    expect(values(second)).toEqual([0, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0])
    expect(totals).toEqual([0, 1, 5, 5, 1, 1, 0, 0, 0, 0, 0, 0])
  })

  it('counts each of the entered columns, money in fen, enterprises once', () => {
    const at = '2023-11-20T10:00'
    const facts = [
      fact('group.created', at, { unitId: '140525', enterpriseId: null, attributes: { count: 2 } }),
      fact('order.served', at),
      fact('order.served', at),
      fact('order.served', at, { enterpriseId: 'E06' }),
      fact('fine.decided', at, { attributes: { fine: 1_500_000 } }),
      fact('fine.decided', at, { attributes: { fine: 10_000 } }),
      fact('suspension.ordered', at),
      fact('suspension.ordered', at, { enterpriseId: 'E06', attributes: { countInReport: false } }),
      fact('exposure.published', at, { attributes: { count: 1 } }),
      fact('violation.subcontract', at),
      fact('violation.labour-dispatch', at, { attributes: { count: 3 } }),
    ]

    expect(values(inPeriod(facts, 0))).toEqual([2, 0, 0, 0, 0, 0, 2, 1_510_000, 1, 1, 1, 3])
  })

  it('counts checks by layer or source, and one enterprise once', () => {
    const at = '2023-11-20T10:00'
    const check = (enterpriseId: string, attributes: Fact['attributes']) => fact('check.finished', at, { enterpriseId, attributes })
    const facts = [
      check('E01', { layer: 'PRINCIPAL', source: 'SELF' }),
      check('E01', { layer: 'PLANT', source: 'SELF' }),
      check('E02', { layer: 'TEAM', source: 'SELF' }),
      check('E03', { source: 'TOWN' }),
    ]

    expect(inPeriod(facts, 0).enterprisesInspected!.rows.map((row) => row.id)).toEqual(['E01', 'E03'])
  })

  it('leaves out hazards of no campaign, void hazards and the other side of a cut-off', () => {
    const facts = [
      fact('hazard.signed', '2023-11-25T23:59', { recordId: 'a', attributes: { level: 'GENERAL' } }),
      fact('hazard.signed', '2023-11-26T00:00', { recordId: 'b', attributes: { level: 'GENERAL' } }),
      fact('hazard.signed', '2023-11-20T10:00', { recordId: 'stock', campaignId: null, attributes: { level: 'GENERAL' } }),
      fact('hazard.downgraded', '2023-11-20T10:00', { recordId: 'c' }),
      fact('hazard.signed', '2023-11-20T10:00', { recordId: 'd', attributes: { level: 'GENERAL' } }),
      fact('hazard.voided', '2023-11-24T10:00', { recordId: 'd' }),
    ]

    expect(inPeriod(facts, 0).generalFound!.rows.map((row) => row.id)).toEqual(['a', 'c'])
    expect(inPeriod(facts, 1).generalFound!.rows.map((row) => row.id)).toEqual(['b'])
  })

  it('gives an event after the freeze to the next period, also before the cut-off', () => {
    const facts = [
      fact('hazard.signed', '2023-11-24T10:00', { recordId: 'early', attributes: { level: 'GENERAL' } }),
      fact('hazard.signed', '2023-11-25T10:00', { recordId: 'late', attributes: { level: 'GENERAL' } }),
    ]
    const frozen = new Map([['2023-11-25', Date.parse('2023-11-24T18:00:00+08:00')]])

    expect(inPeriod(facts, 0, frozen).generalFound!.rows.map((row) => row.id)).toEqual(['early'])
    expect(inPeriod(facts, 1, frozen).generalFound!.rows.map((row) => row.id)).toEqual(['late'])
  })
})

describe('totals', () => {
  const column = (key: string) => columns.find((one) => one.key === key)!
  const row = (id: string, amount = 1) => ({ id, factId: id, recordId: id, amount })
  const cell = (rows: string[], value = rows.length): StoredCell => ({ system: rows.length, value, rows: rows.map((id) => row(id)) })

  it('rolls up by row ids, so that an enterprise in two towns’ reports counts once', () => {
    const rolled = rollUp(column('enterprisesInspected'), [cell(['E1', 'E2']), cell(['E2', 'E3'])])

    expect(rolled.value).toBe(3)
  })

  it('carries a correction by hand into the county’s figure and into 累计', () => {
    const rolled = rollUp(column('generalFound'), [cell(['a', 'b'], 5), cell(['c'])])
    const total = cumulate(
      column('generalFound'),
      [
        { cell: rolled, frozen: true },
        { cell: cell(['d']), frozen: false },
      ],
      new Set(),
    )

    expect(rolled).toMatchObject({ system: 3, value: 6 })
    expect(total.value).toBe(7)
  })

  it('adds 个 and 项, and counts 家 over the rows of all periods', () => {
    const parts = [cell(['E1', 'E2']), cell(['E2', 'E3'])].map((one) => ({ cell: one, frozen: true }))

    expect(cumulate(column('generalFound'), parts, new Set()).value).toBe(4)
    expect(cumulate(column('orderedEnterprises'), parts, new Set()).value).toBe(3)
  })

  it('takes a hazard that became void later out of 累计 and names it, the frozen row stays', () => {
    const parts = [
      { cell: cell(['a', 'b']), frozen: true },
      { cell: cell(['c']), frozen: false },
    ]

    const total = cumulate(column('majorFound'), parts, new Set(['a']))

    expect(total).toMatchObject({ value: 2, corrected: [{ id: 'a' }] })
    expect(parts[0]!.cell.value).toBe(2)
  })
})

describe('detailRows', () => {
  const until = (at: string) => Date.parse(`${at}T00:00:00+08:00`)
  const read = (at: string) => detailRows(referenceRun(), until(at), new Set(), new Map())

  it('has one row per confirmed hazard, in words of its state at the cut-off', () => {
    expect(read('2023-11-22')).toEqual([])
    expect(read('2023-11-23')[0]).toMatchObject({ listingOrg: '待挂牌', detailAndPlan: '边坡高 42 米。整改方案待报。' })
    expect(read('2023-11-26')).toMatchObject([
      {
        seq: 1,
        enterpriseName: '五号石料',
        townName: '周村镇',
        listingOrg: '县应急管理局',
        detailAndPlan: '边坡高 42 米。整改：分三级削坡；资金 86 万元；12月31日前完成。',
      },
    ])
    expect(read('2023-12-26')[0]!.detailAndPlan).toMatch(/（12月20日销号）$/)
  })

  it('leaves out void hazards', () => {
    expect(detailRows(referenceRun(), until('2023-12-26'), new Set(['6']), new Map())).toEqual([])
  })
})
