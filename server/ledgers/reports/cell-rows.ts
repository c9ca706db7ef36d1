import type { ReportCellRows } from '../../../contracts/api/reports.ts'
import type { Organisation } from '../../organisation/index.ts'
import { FACT_TYPES } from '../fact-type.ts'
import type { LoadedReport } from './load-book.ts'
import type { Period } from './period.ts'
import type { FigureColumn } from './report-definition.ts'
import { ruleOf } from './report-page.ts'

/** Which cell: `period`, `cumulative`, `county-own`, or a town's id in the county's report. */
export interface CellAddress {
  readonly unitId: string
  readonly period: Period
  readonly row: string
  readonly column: FigureColumn
}

/** The rows behind a cell, with the words of their facts; newest last. Null: the row cannot own this cell. */
export async function cellRowsOf(
  organisation: Organisation,
  countyCode: string,
  report: LoadedReport,
  address: CellAddress,
): Promise<ReportCellRows | null> {
  const { book } = report
  const { column, period, row, unitId } = address
  const found = figureOf(report, address)
  if (!found) return null
  const facts = new Map(book.factsOf(countyCode).map((fact) => [fact.id, fact]))
  const listed = found.rows.map((one) => ({ row: one, fact: facts.get(one.factId) }))
  const enterpriseIds = listed.flatMap(({ fact }) => fact?.enterpriseId ?? [])
  const enterprises = new Map(
    (await organisation.places.enterprises(countyCode, { ids: [...new Set(enterpriseIds)] })).map((one) => [one.id, one.name]),
  )
  const units = new Map([[countyCode, report.definition.rows.own], ...report.towns.map((town) => [town.id, town.name] as const)])
  const first = book.periods[0] ?? period
  const range = row === 'cumulative' ? { from: first.from, to: period.to } : period
  const texts = new Map(
    row === 'period' ? book.details(unitId, period, new Map()).map((detail) => [detail.recordId, detail.detailAndPlan]) : [],
  )
  return {
    rule: ruleOf(column.rule, range),
    value: found.value,
    rows: listed
      .map(({ row: one, fact }) => {
        const said = fact?.attributes.description ?? fact?.attributes.note
        const who = fact?.enterpriseId
          ? String(fact.attributes.enterpriseName ?? '') || (enterprises.get(fact.enterpriseId) ?? '')
          : (units.get(fact?.unitId ?? '') ?? '')
        return {
          id: one.id,
          number: fact?.hazardNo ?? null,
          title: typeof said === 'string' ? said : (texts.get(one.recordId ?? '') ?? (fact ? FACT_TYPES[fact.type].title : '')),
          who,
          at: fact?.countedAt ?? 0,
          amountFen: column.kind === 'money' ? one.amount : null,
        }
      })
      .sort((a, b) => a.at - b.at),
  }
}

function figureOf({ book, towns }: LoadedReport, { unitId, period, row, column }: CellAddress) {
  if (row === 'period') return book.cells(unitId, period)[column.key] ?? null
  if (row === 'cumulative') return book.total(unitId, period, column)
  if (row === 'county-own') return book.ownCells(period)[column.key] ?? null
  return towns.some((town) => town.id === row) ? (book.cells(row, period)[column.key] ?? null) : null
}
