import type { ReportCellRows, ReportPage } from '../../../contracts/api/reports.ts'
import type { Database } from '../../../database/database.ts'
import type { Audit } from '../../audit/index.ts'
import type { Permission } from '../../http/permission.ts'
import { Refusal } from '../../http/problem.ts'
import type { Actor } from '../../identity/actor.ts'
import type { NewId } from '../../new-id.ts'
import { type Clock, dayOf, type Organisation } from '../../organisation/index.ts'
import { cellRowsOf } from './cell-rows.ts'
import type { HazardText } from './detail-rows.ts'
import { exportReport } from './export-report.ts'
import { type LoadedReport, loadReport } from './load-book.ts'
import { type CellOf, makeOverrideCell } from './override-cell.ts'
import { type Period, periodAt } from './period.ts'
import { reportSightOf, visibleUnit } from './report-access.ts'
import { reportsOf } from './report-definition.ts'
import { namesOf, reportPageOf } from './report-page.ts'
import { makeReportSteps, type ReportSteps, writeComment } from './report-steps.ts'
import type { Override, SnapshotCells } from './report-store.ts'

export interface ReportsDeps {
  readonly database: Database
  readonly organisation: Organisation
  readonly clock: Clock
  readonly newId: NewId
  readonly audit: Audit
  readonly hazardTexts: (countyCode: string, recordIds: readonly string[]) => Promise<ReadonlyMap<string, HazardText>>
  /** The open seat of this person that submits, accepts or issues the report, if there is one. */
  readonly seatOf?: (actor: Actor, of: { reportId: string; unitId: string; period: string }) => Promise<string | null>
}

/** Which page: the unit and period asked for, or those that lie nearest. */
export interface ReportAddress {
  readonly reportId: string
  readonly unit?: string | undefined
  readonly period?: string | undefined
}

export interface UnsignedReport {
  readonly reportId: string
  readonly title: string
  readonly period: string
  readonly opensAt: number
  readonly to: number
  readonly townId: string
  readonly townName: string
}

type May = (permission: Permission) => boolean

/** Periodic reports: pages, cells, corrections, snapshots, the annex as .xlsx. What a reader may not see is not found. */
export interface Reports {
  readonly steps: ReportSteps
  list(countyCode: string): readonly { id: string; title: string }[]
  page(actor: Actor, may: May, address: ReportAddress): Promise<ReportPage>
  cell(actor: Actor, address: ReportAddress & { row: string; column: string }): Promise<ReportCellRows>
  override(actor: Actor, cell: CellOf & { value: number; reason: string }): Promise<Override>
  restore(actor: Actor, cell: CellOf): Promise<void>
  comment(actor: Actor, cell: CellOf & { words: string }): Promise<void>
  correct(actor: Actor, of: { reportId: string; unit: string; period: string }): Promise<void>
  /** The annex as a file; `name` is what it should be called. */
  export(actor: Actor, address: ReportAddress): Promise<{ name: string; content: Uint8Array }>
  /** Without a reader: what scenarios and the export worker ask. Figures by column key, money in fen. */
  figures(of: {
    countyCode: string
    reportId: string
    unit: string
    period: string
    row: 'period' | 'cumulative'
  }): Promise<Readonly<Record<string, number>>>
  /** Towns that have not signed a period that is running or over, for reminders. `to` is the end of the period, `opensAt` its beginning. */
  unsigned(countyCode: string): Promise<readonly UnsignedReport[]>
  /** The annex without a reader. */
  annex(of: { countyCode: string; reportId: string; unit: string; period: string }): Promise<{ name: string; content: Uint8Array }>
}

export function makeReports(deps: ReportsDeps): Reports {
  const { database, organisation, clock, newId } = deps
  const steps = makeReportSteps(deps)
  const corrections = makeOverrideCell(deps)

  async function open(actor: Actor, address: ReportAddress) {
    const report = await loadReport(deps, actor.countyCode, address.reportId)
    const sight = await reportSightOf(organisation, actor)
    const unitId = visibleUnit(
      sight,
      actor.countyCode,
      report.towns.map((town) => town.id),
      address.unit,
    )
    return { report, sight, unitId, period: periodOf(report, address.period) }
  }

  function periodOf(report: LoadedReport, asked: string | undefined): Period {
    const period = asked ? report.book.period(asked) : periodAt(report.book.periods, clock.now())
    if (!period) throw new Refusal('not-found')
    return period
  }

  async function signerOf(countyCode: string, unitId: string): Promise<string> {
    const holders =
      unitId === countyCode
        ? await organisation.people.holdersOf(countyCode, 'CAMPAIGN_OFFICE_HEAD')
        : await organisation.people.holdersOf(countyCode, 'TOWN_CENTER_HEAD', { townId: unitId })
    return holders[0]?.personName ?? ''
  }

  async function detailsOf(report: LoadedReport, unitId: string, period: Period) {
    const texts = await deps.hazardTexts(report.definition.countyCode, report.book.confirmedRecords(unitId))
    return report.book.details(unitId, period, texts)
  }

  async function annexOf(report: LoadedReport, unitId: string, period: Period, filledBy: string | null) {
    const { book, definition, countyName } = report
    const version = book.version(unitId, period)
    const isCounty = unitId === definition.countyCode
    const person = version?.filledBy ?? filledBy
    const people = person === null ? new Map() : await organisation.people.peopleByIds(definition.countyCode, [person])
    const unitName = isCounty ? `${countyName}应急管理局` : (report.towns.find((town) => town.id === unitId)?.name ?? '')
    const content = await exportReport({
      definition,
      unitName,
      filledBy: people.get(person ?? '')?.name ?? version?.filledBy ?? '',
      filledOn: dayOf(version?.frozenAt ?? clock.now()),
      period: valuesOf(book.cells(unitId, period)),
      cumulative: Object.fromEntries(book.columns.map((column) => [column.key, book.total(unitId, period, column).value])),
      details: await detailsOf(report, unitId, period),
    })
    return { name: `${definition.title}-${unitName}-${period.id}.xlsx`, content }
  }

  return {
    steps,
    list: (countyCode) => reportsOf(countyCode).map(({ id, title }) => ({ id, title })),

    async page(actor, may, address) {
      const { report, sight, unitId, period } = await open(actor, address)
      const { countyCode } = actor
      const units = [
        ...(sight.isCounty ? [{ id: countyCode, name: report.countyName }] : []),
        ...report.towns.filter((town) => sight.isCounty || sight.townIds.has(town.id)),
      ]
      const shown = unitId === countyCode ? [unitId, ...report.towns.map((town) => town.id)] : [unitId]
      const signer = await signerOf(countyCode, unitId)
      const names = await namesOf(organisation, countyCode, report, shown, period)
      const page = reportPageOf({
        report,
        unitId,
        period,
        details: await detailsOf(report, unitId, period),
        names,
        signer,
        now: clock.now(),
      })
      const mayWrite = may('report.override')
      return {
        ...page,
        units: [...units],
        seatId: (await deps.seatOf?.(actor, { reportId: address.reportId, unitId, period: period.id })) ?? null,
        mayOverride: mayWrite && !report.book.isFrozen(unitId, period),
        mayCorrect: mayWrite && report.book.isFrozen(unitId, period),
      }
    },

    async cell(actor, address) {
      const { report, unitId, period } = await open(actor, address)
      const column = report.book.columns.find((one) => one.key === address.column)
      if (!column || (unitId !== actor.countyCode && !['period', 'cumulative'].includes(address.row))) throw new Refusal('not-found')
      const rows = await cellRowsOf(organisation, actor.countyCode, report, { unitId, period, row: address.row, column })
      if (!rows) throw new Refusal('not-found')
      return rows
    },

    override: (actor, cell) => corrections.override(actor, cell),
    restore: (actor, cell) => corrections.restore(actor, cell),

    async comment(actor, cell) {
      const { report, unitId, period } = await open(actor, { reportId: cell.reportId, unit: cell.unit, period: cell.period })
      if (!report.book.columns.some((column) => column.key === cell.column)) throw new Refusal('not-found')
      await database.transaction((tx) =>
        writeComment(
          tx,
          { newId, clock },
          {
            countyCode: actor.countyCode,
            reportId: cell.reportId,
            unitId,
            period: period.id,
            column: cell.column,
            words: cell.words,
            personId: actor.personId,
          },
        ),
      )
    },

    async correct(actor, of) {
      const { unitId, period } = await open(actor, of)
      await database.transaction(async (tx) => {
        await steps.correct(tx, {
          countyCode: actor.countyCode,
          reportId: of.reportId,
          unitId,
          period: period.id,
          personId: actor.personId,
        })
        await deps.audit.append(actor, {
          action: 'report.corrected',
          subject: `report:${of.reportId}`,
          data: { unitId, period: period.id },
        })
      })
    },

    async export(actor, address) {
      const { report, unitId, period } = await open(actor, address)
      return annexOf(report, unitId, period, actor.personId)
    },

    async figures({ countyCode, reportId, unit, period: id, row }) {
      const report = await loadReport(deps, countyCode, reportId)
      const period = periodOf(report, id)
      if (row === 'period') return valuesOf(report.book.cells(unit, period))
      return Object.fromEntries(report.book.columns.map((column) => [column.key, report.book.total(unit, period, column).value]))
    },

    async unsigned(countyCode) {
      const found: UnsignedReport[] = []
      const now = clock.now()
      for (const { id, title } of reportsOf(countyCode)) {
        const { book, towns } = await loadReport(deps, countyCode, id)
        for (const period of book.periods.filter((one) => one.from <= now)) {
          for (const town of towns) {
            if (book.isFrozen(town.id, period)) continue
            found.push({
              reportId: id,
              title,
              period: period.id,
              opensAt: period.from,
              to: period.to,
              townId: town.id,
              townName: town.name,
            })
          }
        }
      }
      return found
    },

    async annex({ countyCode, reportId, unit, period }) {
      const report = await loadReport(deps, countyCode, reportId)
      return annexOf(report, unit, periodOf(report, period), null)
    },
  }
}

const valuesOf = (cells: SnapshotCells) => Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell.value]))
