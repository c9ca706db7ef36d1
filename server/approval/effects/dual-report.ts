import type { Effect } from './effect.ts'

const NODE = /^(report|acknowledge)-(regulator|staff)(-2)?$/

/** One record for each round of the double report: DONE when both recipients have acknowledged. */
export const dualReport: Effect = async (scope, { records }) => {
  const { nodeId, record, changes, countyCode, actor, form, now } = scope
  const [, action, channel = '', second] = NODE.exec(nodeId) ?? []
  const round = second ? 2 : 1
  let id = scope.dualReportIds().find((known) => changes.get(known).data['round'] === round)
  if (!id) {
    const made = await records.store.create({
      countyCode,
      number: await records.numbers.next(countyCode, 'dualReport'),
      kind: 'dualReport',
      title: `${round === 1 ? '排查情况' : '整改情况'}双报告：${record.title}`,
      status: 'SUBMITTED',
      side: 'enterprise',
      level: 'MAJOR',
      enterpriseId: record.enterpriseId,
      townId: record.townId,
      campaignId: record.campaignId,
      data: { round, hazardNo: record.number },
      createdBy: actor.personId,
      nodeId,
    })
    await records.trail.link(record.id, made.id, 'reported')
    scope.addRelated('dualReport', changes.load(made))
    id = made.id
  }
  if (action === 'report') changes.set(id, `${channel}.content`, form['content'] ?? null)
  changes.set(id, `${channel}.${action === 'report' ? 'reportedAt' : 'acknowledgedAt'}`, now)
  const { regulator, staff } = changes.get(id).data as Record<string, { acknowledgedAt?: number } | undefined>
  if (regulator?.acknowledgedAt && staff?.acknowledgedAt) changes.setStatus(id, 'DONE')
  return {}
}
