import type { Value } from '../../../engine/process-engine.ts'
import { refuseField } from '../../http/problem.ts'
import { addDays, dayOf, dayStart, nextDay } from '../../organisation/index.ts'
import { engineValue, instant } from '../engine-values.ts'
import { readPath } from '../seat-resolution.ts'
import type { Effect, EffectDeps, EffectScope } from './effect.ts'
import { hasPlan } from './sign-hazards.ts'

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const dueAtOf = (day: string) => dayStart(nextDay(day))

function refuse(field: string, message: string): never {
  refuseField(field, 'due-date', message)
}

/** Sets the one due date of a hazard (B12): the record's, and the moment after it at which the engine's timer fires. */
function setDue({ changes, record }: EffectScope, day: string): number {
  changes.set(record.id, 'dueDate', day)
  changes.setDueAt(record.id, dueAtOf(day))
  return dueAtOf(day)
}

/** The variable that the timer reads, where there is a timer. */
function only(isTimed: boolean, dueAt: number): Readonly<Record<string, Value>> {
  return isTimed ? { dueAt: instant(dueAt) } : {}
}

/** The timer of a running rectification follows a date that was brought forward. */
async function rearm({ rootInstanceId, tx }: EffectScope, { engine }: EffectDeps, dueAt: number): Promise<void> {
  for (const job of await engine.jobs.list({ rootProcessInstanceId: rootInstanceId, activityId: 'due' }, tx))
    await engine.jobs.setDue(job.id, dueAt, tx)
}

/** The last level confirms: the date it gives, else the proposed one, else the campaign's, is fixed. */
export const confirmHazard: Effect = async (scope, { organisation }) => {
  const { form, record, changes, countyCode, now, forms } = scope
  const campaignDue = await organisation.settings.get(countyCode, 'campaign.defaultDue')
  const foundAt = Number(record.data['foundAt']) || record.createdAt
  const inCampaign = record.campaignId !== null && foundAt < dueAtOf(campaignDue)
  const chosen = [
    form['dueDate'],
    ...forms.map((values) => values['dueDate']),
    record.data['dueDate'],
    inCampaign ? campaignDue : null,
  ].find(isDay)
  if (!chosen) refuse('dueDate', '请填写整改期限：12月31日以后发现的隐患没有统一期限')
  if (dueAtOf(chosen) <= now) refuse('dueDate', '整改期限已经过去，请填写今天或以后的日期')
  const suggestLister =
    [...forms]
      .reverse()
      .map((values) => values['suggestLister'])
      .find((value) => typeof value === 'string' && value !== '') ?? ''
  changes.set(record.id, 'originalDueDate', record.data['originalDueDate'] ?? chosen)
  changes.set(record.id, 'suggestLister', suggestLister)
  return { dueAt: instant(setDue(scope, chosen)), suggestLister: engineValue(suggestLister), level: engineValue('MAJOR') }
}

export const downgradeHazard: Effect = async (scope) => {
  const { record, changes } = scope
  if (isDay(record.data['dueDate'])) changes.setDueAt(record.id, dueAtOf(record.data['dueDate']))
  return { planKnown: engineValue(hasPlan(record)) }
}

/** Plan and assignment: the date may be brought forward, never moved back; the first responsible person owns the hazard. */
export const keepDueDate: Effect = async (scope, deps) => {
  const { form, record, changes, now } = scope
  const owner = readPath(form, 'five.responsibility')
  const first = Array.isArray(owner) ? (owner[0] as Record<string, unknown> | undefined) : undefined
  const personId = first?.['personId'] ?? first?.['ownerId'] ?? first?.['userId'] ?? first?.['person']
  if (typeof personId === 'string' && personId !== '') changes.set(record.id, 'ownerId', personId)
  const day = readPath(form, 'five.dueDate') ?? form['dueDate']
  if (!isDay(day)) return {}
  if (dueAtOf(day) <= now) refuse('five.dueDate', '整改期限已经过去，请填写今天或以后的日期')
  const dueAt = setDue(scope, day)
  await rearm(scope, deps, dueAt)
  return only(record.level === 'MAJOR', dueAt)
}

export const completeRectification: Effect = async ({ record, changes, now }) => {
  const due = record.originalDueAt
  changes.merge(record.id, { rectifiedAt: now, onTime: due === null || now < due })
  return {}
}

/** 不合格: the next attempt, and a date in the future, or the timer would fire at once (B13). */
export const failAcceptance: Effect = async (scope, { organisation }) => {
  const { record, changes, now, forms, countyCode } = scope
  const attempt = Number(record.data['attempt'] ?? 1)
  changes.merge(record.id, { failedAttempt: attempt, attempt: attempt + 1 })
  const proposed = forms
    .map((values) => values['newDue'])
    .filter(isDay)
    .sort()
    .at(-1)
  const days = await organisation.settings.get(countyCode, 'failedAcceptance.newDueDays')
  const isPast = record.dueAt === null || record.dueAt <= now
  const day = proposed && dueAtOf(proposed) > now ? proposed : isPast ? addDays(dayOf(now), days) : null
  const dueAt = day === null ? record.dueAt : setDue(scope, day)
  return only(dueAt !== null, dueAt ?? 0)
}

export const extendDueDate: Effect = async (scope) => {
  const day = scope.form['approvedDue'] ?? readPath(scope.record.data, 'extension.newDue')
  if (!isDay(day)) refuse('approvedDue', '请填写批准的新期限')
  if (dueAtOf(day) <= scope.now) refuse('approvedDue', '新期限须在今天以后')
  scope.changes.set(scope.record.id, 'extension.approvedDue', day)
  return { dueAt: instant(setDue(scope, day)) }
}

export const refuseExtension: Effect = async (scope, { organisation }) => {
  const days = await organisation.settings.get(scope.countyCode, 'failedAcceptance.newDueDays')
  const given = scope.form['orderLimit']
  const day = isDay(given) ? given : addDays(dayOf(scope.now), days)
  if (dueAtOf(day) <= scope.now) refuse('orderLimit', '责令完成的期限须在今天以后')
  scope.changes.set(scope.record.id, 'extension.orderLimit', day)
  return { dueAt: instant(setDue(scope, day)) }
}
