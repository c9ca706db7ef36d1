import { Refusal } from '../../http/problem.ts'
import { campaigns, type ReportStep } from '../../ledgers/index.ts'
import type { RecordRow } from '../../records/index.ts'
import { engineValue } from '../engine-values.ts'
import type { Effect, EffectDeps, EffectScope } from './effect.ts'

const REPORT = 'campaign-work-report'

/**
 * A report's procedure opens: of the starter's unit, for the first period of the campaign that this unit has not reported yet. A
 * returned report stays what it was.
 */
export const openReport: Effect = async (scope, { organisation, records }) => {
  const { record, changes, actor, countyCode } = scope
  const holdings = await organisation.people.holdingsOf(countyCode, actor.personId)
  const unitId = record.townId ?? countyCode
  const unit = record.townId === null ? null : await organisation.places.unit(countyCode, record.townId)
  const known = record.data.period
  const period =
    typeof known === 'string' ? known : await nextPeriod(countyCode, unitId, await records.store.listAll(countyCode, { kinds: ['report'] }))
  if (period === null) throw new Refusal('blocked', { detail: '各期报表都已报送' })
  changes.merge(record.id, {
    reportId: REPORT,
    unitId,
    period,
    unitName: unit?.name ?? '县局本级',
    filledBy: holdings[0]?.personName ?? '',
  })
  changes.setTitle(record.id, `${unit?.name ?? '县局'} 工作报表（截至 ${period}）`)
  return { reportId: engineValue(REPORT), unit: engineValue(unitId), period: engineValue(period) }
}

async function nextPeriod(countyCode: string, unitId: string, reports: readonly RecordRow[]): Promise<string | null> {
  const reported = new Set(
    reports.filter((report) => report.status !== 'VOID' && report.data.unitId === unitId).map((report) => report.data.period),
  )
  const cutOffs = campaigns()
    .filter((campaign) => campaign.countyCode === countyCode)
    .flatMap((campaign) => campaign.cutOffs)
  return cutOffs.find((cutOff) => !reported.has(cutOff)) ?? null
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
