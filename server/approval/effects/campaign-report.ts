import type { ReportStep } from '../../ledgers/index.ts'
import { engineValue } from '../engine-values.ts'
import type { Effect, EffectDeps, EffectScope } from './effect.ts'

const REPORT = 'campaign-work-report'

/** A report's procedure opens: which unit's report of which period it is, from who starts it and what is due. */
export const openReport: Effect = async (scope, { organisation, reports }) => {
  const { record, changes, actor, countyCode } = scope
  const holdings = await organisation.people.holdingsOf(countyCode, actor.personId)
  const unitId = record.townId ?? countyCode
  const period = await reports.openPeriod({ countyCode, reportId: REPORT, unitId })
  const unit = record.townId === null ? null : await organisation.places.unit(countyCode, record.townId)
  changes.merge(record.id, { reportId: REPORT, unitId, period, filledBy: holdings[0]?.personName ?? '' })
  changes.setTitle(record.id, `${unit?.name ?? '县局'} 工作报表（截至 ${period}）`)
  return { reportId: engineValue(REPORT), unit: engineValue(unitId), period: engineValue(period) }
}

function stepOf({ record, actor, countyCode, instanceId, nodeId }: EffectScope): ReportStep {
  const { reportId, unitId, period, filledBy } = record.data
  return {
    countyCode,
    reportId: String(reportId),
    unitId: String(unitId),
    period: String(period),
    personId: actor.personId,
    instanceId,
    nodeId,
    filledBy: typeof filledBy === 'string' ? filledBy : null,
  }
}

const step =
  (act: (scope: EffectScope, deps: EffectDeps) => Promise<unknown>): Effect =>
  async (scope, deps) => {
    await act(scope, deps)
    return {}
  }

export const signReport = step((scope, { reports }) => reports.signTown(scope.tx, stepOf(scope)))
export const acceptReport = step((scope, { reports }) => reports.acceptTown(scope.tx, stepOf(scope)))
export const returnReport = step((scope, { reports }) => reports.returnTown(scope.tx, stepOf(scope)))
export const issueReport = step((scope, { reports }) => reports.issueCounty(scope.tx, stepOf(scope)))
