import type { Database } from '../../../database/database.ts'
import type { Audit } from '../../audit/index.ts'
import { Refusal } from '../../http/problem.ts'
import type { Actor } from '../../identity/actor.ts'
import type { NewId } from '../../new-id.ts'
import type { Clock, Organisation } from '../../organisation/index.ts'
import { loadReport } from './load-book.ts'
import { reportSightOf, visibleUnit } from './report-access.ts'
import { endEntries, type Override } from './report-store.ts'

export interface CellOf {
  readonly reportId: string
  readonly unit: string
  readonly period: string
  readonly column: string
}

export interface OverrideCell {
  /** Corrects a cell of a draft by hand. The facts stay as they are; the old figure, the reason and the person are kept. */
  override(actor: Actor, cell: CellOf & { value: number; reason: string }): Promise<Override>
  /** Takes a correction back: 恢复系统值. */
  restore(actor: Actor, cell: CellOf): Promise<void>
}

export function makeOverrideCell(deps: {
  database: Database
  organisation: Organisation
  clock: Clock
  newId: NewId
  audit: Audit
}): OverrideCell {
  const { database, organisation, clock, newId, audit } = deps

  /** A snapshot is never edited: 更正 opens a new version first. */
  async function draft(actor: Actor, cell: CellOf) {
    const report = await loadReport(deps, actor.countyCode, cell.reportId)
    const unitId = visibleUnit(
      await reportSightOf(organisation, actor),
      actor.countyCode,
      report.towns.map((town) => town.id),
      cell.unit,
    )
    const period = report.book.period(cell.period)
    const column = report.book.columns.find((one) => one.key === cell.column)
    if (!period || !column) throw new Refusal('not-found')
    if (report.book.isFrozen(unitId, period)) throw new Refusal('conflict', { detail: '报表已定稿，更正须另立新版' })
    return {
      report,
      unitId,
      period,
      column,
      of: { countyCode: actor.countyCode, reportId: cell.reportId, unitId, period: period.id, column: column.key },
    }
  }

  return {
    override: (actor, cell) =>
      database.transaction(async (tx) => {
        if ([...cell.reason.trim()].length < 10) throw new Refusal('reason-required', { detail: '修正原因不少于 10 个字' })
        const { report, unitId, period, column, of } = await draft(actor, cell)
        const old = report.book.cells(unitId, period)[column.key]!.system
        const at = clock.now()
        await endEntries(tx, 'report_override', of, at)
        await tx.query(
          `insert into report_override (report_override_id, county_code, report_id, unit_id, period, column_key, old_value, new_value, reason, person_id, at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            newId(),
            actor.countyCode,
            cell.reportId,
            unitId,
            period.id,
            column.key,
            old,
            cell.value,
            cell.reason.trim(),
            actor.personId,
            at,
          ],
        )
        await audit.append(actor, {
          action: 'report.cell-overridden',
          subject: `report:${cell.reportId}`,
          data: { ...of, old, value: cell.value, reason: cell.reason.trim() },
        })
        return {
          unitId,
          period: period.id,
          column: column.key,
          old,
          value: cell.value,
          reason: cell.reason.trim(),
          personId: actor.personId,
          at,
        }
      }),

    restore: (actor, cell) =>
      database.transaction(async (tx) => {
        const { of } = await draft(actor, cell)
        await endEntries(tx, 'report_override', of, clock.now())
        await audit.append(actor, { action: 'report.cell-restored', subject: `report:${cell.reportId}`, data: of })
      }),
  }
}
