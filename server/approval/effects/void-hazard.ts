import { Refusal, refuseField } from '../../http/problem.ts'
import { type RecordRow, statusLabel } from '../../records/index.ts'
import { engineValue } from '../engine-values.ts'
import type { Effect, EffectDeps, EffectScope } from './effect.ts'

/** A hazard in one of these has nothing to void: it is void, or its enterprise can still take it off the list. */
const NOT_VOIDABLE: readonly string[] = ['VOID', 'DRAFT', 'SUBMITTED']

/** A voiding that nobody has decided yet. */
const OPEN_VOIDING: readonly string[] = ['DRAFT', 'CONFIRMING', 'RETURNED']

/** What a voiding says of the hazard when it is asked for, and which hazard stays instead. first-loop.md §3, approval.md §8. */
export const requestVoiding: Effect = async (scope, deps) => {
  const { form, record, changes, countyCode } = scope
  const hazard = await namedHazard(scope, deps, 'target')
  if (NOT_VOIDABLE.includes(hazard.status))
    refuseField('target', 'not-voidable', hazard.status === 'VOID' ? '这条隐患已经作废' : '还没有签字的隐患，由企业在清单中移除')
  const other = await openVoiding(hazard, record.id, deps)
  if (other) refuseField('target', 'already-requested', `已有作废申请 ${other.number}，正在等第二人核准`)
  if (typeof form['correctNo'] === 'string' && form['correctNo'] !== '') {
    const correct = await namedHazard(scope, deps, 'correctNo')
    if (correct.id === hazard.id) refuseField('correctNo', 'same-record', '不能与要作废的是同一条')
    if (correct.status === 'VOID') refuseField('correctNo', 'void-record', '这条隐患也已作废')
  }
  const { places } = deps.organisation
  const enterprise = hazard.enterpriseId === null ? null : await places.enterprise(countyCode, hazard.enterpriseId)
  const town = hazard.townId === null ? null : await places.unit(countyCode, hazard.townId)
  changes.merge(record.id, {
    target: hazard.number,
    targetTitle: hazard.title,
    targetStatus: statusLabel(hazard.status),
    targetEnterprise: enterprise?.name ?? '',
    targetTown: town?.name ?? '',
  })
  changes.setTitle(record.id, `作废 ${hazard.number}：${hazard.title}`)
  await deps.records.trail.link(record.id, hazard.id, 'corrects')
  return { target: engineValue(hazard.number) }
}

/** The second person agrees: whatever runs for the hazard ends, the numbers of notices not lifted are void. */
export const voidHazard: Effect = async (scope, { engine, records }) => {
  const { record, changes, countyCode, tx, addRelated } = scope
  const named = await records.store.byNumber(countyCode, String(record.data['target']))
  const hazard = named && (await records.store.lock(named.id))
  if (!hazard || hazard.status === 'VOID') throw new Refusal('conflict', { detail: '这条隐患已经作废' })
  addRelated('hazards', hazard)
  const voidReason = String(record.data['reason'] ?? '')
  changes.merge(hazard.id, { voidReason, voidedBy: record.number, voidedFrom: hazard.status })
  for (const link of await records.trail.linked(hazard.id)) {
    const listing = link.kind === 'listed' ? await records.store.byId(link.recordId) : null
    if (!listing || listing.status === 'LIFTED' || listing.status === 'WITHDRAWN') continue
    addRelated('listing', listing)
    if (listing.data['listingNo'] !== undefined)
      await records.numbers.voidDocument(countyCode, 'listing', hazard.number, `隐患已作废（${record.number}）`)
  }
  const running = await engine.instances.list({ businessKey: hazard.number, tenantId: countyCode }, tx)
  for (const instance of running)
    if (instance.superProcessInstanceId === null)
      await engine.instances.delete(instance.id, `经 ${record.number} 作废：${voidReason}`.slice(0, 400), tx)
  return {}
}

async function namedHazard({ form, actor }: EffectScope, { records }: EffectDeps, field: 'target' | 'correctNo'): Promise<RecordRow> {
  const number = typeof form[field] === 'string' ? form[field].trim() : ''
  const found = await records.store.see(actor, number).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not-found') return null
    throw error
  })
  return found?.kind === 'hazard' ? found : refuseField(field, 'unknown-reference', '没有这个编号的隐患')
}

async function openVoiding(hazard: RecordRow, exceptId: string, { records }: EffectDeps): Promise<RecordRow | null> {
  for (const link of await records.trail.linked(hazard.id)) {
    if (link.kind !== 'corrects' || link.recordId === exceptId) continue
    const voiding = await records.store.byId(link.recordId)
    if (voiding && OPEN_VOIDING.includes(voiding.status)) return voiding
  }
  return null
}
