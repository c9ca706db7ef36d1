import type { Database, Tx } from '../../../database/database.ts'
import { Refusal } from '../../http/problem.ts'
import type { NewId } from '../../new-id.ts'
import type { Clock, Organisation } from '../../organisation/index.ts'
import { recordFact } from '../fact.ts'
import type { HazardText } from './detail-rows.ts'
import { type LoadedReport, loadReport } from './load-book.ts'
import type { Period } from './period.ts'
import { endEntries, type ReportState, type ReportVersion, writeVersion } from './report-store.ts'

export interface ReportStepDeps {
  readonly database: Database
  readonly organisation: Organisation
  readonly clock: Clock
  readonly newId: NewId
  /** Words of hazards' records for F19, where facts do not say them. */
  readonly hazardTexts: (countyCode: string, recordIds: readonly string[]) => Promise<ReadonlyMap<string, HazardText>>
}

/** Which report of which unit and period, and who acts. `instanceId` and `nodeId` are those of the procedure's step, if it is one. */
export interface ReportStep {
  readonly countyCode: string
  readonly reportId: string
  readonly unitId: string
  readonly period: string
  readonly personId: string | null
  readonly instanceId?: string | null
  readonly nodeId?: string | null
  readonly filledBy?: string | null
}

/** What the nodes of `campaign-periodic-report` do to a report. Each joins the transaction of its node. */
export interface ReportSteps {
  /** The town signs: its figures are frozen with their rows. From DRAFT or RETURNED, and from a new version after 更正. */
  signTown(tx: Tx, step: ReportStep): Promise<ReportVersion>
  /** The county sends it back; the snapshot is taken off, comments stay. From SIGNED. */
  returnTown(tx: Tx, step: ReportStep & { comments?: readonly { column: string; words: string }[] }): Promise<ReportVersion>
  /** The county takes it. From SIGNED. */
  acceptTown(tx: Tx, step: ReportStep): Promise<ReportVersion>
  /** The office issues the county's: rows of the towns and its own. Towns that were not accepted are marked, or block it by setting. */
  issueCounty(tx: Tx, step: ReportStep): Promise<ReportVersion>
  /** 更正: opens the next version of a frozen period; both are kept. From SIGNED, ACCEPTED or ISSUED. */
  correct(tx: Tx, step: ReportStep): Promise<ReportVersion>
}

export function makeReportSteps(deps: ReportStepDeps): ReportSteps {
  const { database, organisation, clock, newId } = deps

  async function open(step: ReportStep): Promise<{ report: LoadedReport; period: Period; current: ReportVersion | null }> {
    const report = await loadReport({ database, organisation, clock }, step.countyCode, step.reportId)
    const period = report.book.period(step.period)
    const known = step.unitId === step.countyCode || report.towns.some((town) => town.id === step.unitId)
    if (!period || !known) throw new Refusal('not-found')
    return { report, period, current: report.book.version(step.unitId, period) }
  }

  async function freeze(tx: Tx, step: ReportStep, state: 'SIGNED' | 'ISSUED', unconfirmed: readonly string[]): Promise<ReportVersion> {
    const { report, period, current } = await open(step)
    expectState(current, ['DRAFT', 'RETURNED'])
    const { book, definition } = report
    const now = clock.now()
    const isCounty = step.unitId === step.countyCode
    const texts = await deps.hazardTexts(step.countyCode, book.confirmedRecords(step.unitId))
    const version: ReportVersion = {
      id: current?.id ?? newId(),
      unitId: step.unitId,
      period: period.id,
      version: current?.version ?? 1,
      state,
      definitionVersion: definition.version,
      frozenAt: now,
      cells: book.cells(step.unitId, period),
      ownCells: isCounty ? book.ownCells(period) : null,
      details: book.details(step.unitId, period, texts),
      seen: book.factsIn(step.unitId, period).map((fact) => fact.id),
      unconfirmed,
      filledBy: step.filledBy ?? current?.filledBy ?? step.personId,
      signedBy: step.personId,
      signedAt: now,
      decidedBy: null,
      decidedAt: null,
    }
    await writeVersion(tx, step.countyCode, step.reportId, version, current !== null)
    await endEntries(tx, 'report_comment', step, now)
    await tell(tx, step, version, state === 'ISSUED' ? 'report.issued' : 'report.submitted')
    return version
  }

  async function decide(tx: Tx, step: ReportStep, state: 'ACCEPTED' | 'RETURNED'): Promise<ReportVersion> {
    const { current } = await open(step)
    expectState(current, ['SIGNED'])
    const version: ReportVersion = {
      ...current!,
      state,
      frozenAt: state === 'RETURNED' ? null : current!.frozenAt,
      decidedBy: step.personId,
      decidedAt: clock.now(),
    }
    await writeVersion(tx, step.countyCode, step.reportId, version, true)
    await tell(tx, step, version, state === 'RETURNED' ? 'report.returned' : 'report.accepted')
    return version
  }

  async function tell(tx: Tx, step: ReportStep, version: ReportVersion, type: string): Promise<void> {
    await recordFact(tx, {
      type,
      countyCode: step.countyCode,
      townId: step.unitId === step.countyCode ? null : step.unitId,
      enterpriseId: null,
      recordId: version.id,
      hazardNo: null,
      attributes: { reportId: step.reportId, period: step.period, version: version.version },
      countedAt: clock.now(),
      instanceId: step.instanceId ?? null,
      nodeId: step.nodeId ?? null,
      occurrence: `${version.version} ${clock.now()}`,
      campaignId: null,
    })
  }

  return {
    signTown: (tx, step) => freeze(tx, step, 'SIGNED', []),

    async returnTown(tx, step) {
      const version = await decide(tx, step, 'RETURNED')
      for (const { column, words } of step.comments ?? []) await writeComment(tx, { newId, clock }, { ...step, column, words })
      return version
    },

    acceptTown: (tx, step) => decide(tx, step, 'ACCEPTED'),

    async issueCounty(tx, step) {
      const { report, period } = await open(step)
      const open_ = report.towns.filter((town) => report.book.version(town.id, period)?.state !== 'ACCEPTED')
      const mayLack = await organisation.settings.get(step.countyCode, 'report.issueWithoutTowns')
      if (open_.length > 0 && !mayLack)
        throw new Refusal('blocked', { detail: `${open_.map((town) => town.name).join('、')}的报表还没有接收` })
      return freeze(
        tx,
        { ...step, unitId: step.countyCode },
        'ISSUED',
        open_.map((town) => town.id),
      )
    },

    async correct(tx, step) {
      const { current } = await open(step)
      expectState(current, ['SIGNED', 'ACCEPTED', 'ISSUED'])
      const next: ReportVersion = {
        ...current!,
        id: newId(),
        version: current!.version + 1,
        state: 'DRAFT',
        frozenAt: null,
        cells: null,
        ownCells: null,
        details: null,
        seen: null,
        unconfirmed: [],
        filledBy: step.personId,
        signedBy: null,
        signedAt: null,
        decidedBy: null,
        decidedAt: null,
      }
      await writeVersion(tx, step.countyCode, step.reportId, next, false)
      return next
    },
  }
}

function expectState(current: ReportVersion | null, states: readonly ReportState[]): void {
  const state = current?.state ?? 'DRAFT'
  if (!states.includes(state)) throw new Refusal('conflict', { detail: `report is ${state}`, data: { state } })
}

/** A comment at a cell; it ends when the unit signs again. */
export async function writeComment(
  tx: Tx,
  { newId, clock }: { newId: NewId; clock: Clock },
  comment: { countyCode: string; reportId: string; unitId: string; period: string; column: string; words: string; personId: string | null },
): Promise<void> {
  await tx.query(
    'insert into report_comment (report_comment_id, county_code, report_id, unit_id, period, column_key, words, person_id, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      newId(),
      comment.countyCode,
      comment.reportId,
      comment.unitId,
      comment.period,
      comment.column,
      comment.words,
      comment.personId ?? '',
      clock.now(),
    ],
  )
}
