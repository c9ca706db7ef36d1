import { dayOf, industryTitle } from '../../organisation/index.ts'
import type { Fact } from '../fact.ts'

/** A row of F19 重大隐患明细. */
export interface DetailRow {
  readonly seq: number
  readonly recordId: string
  readonly number: string
  readonly enterpriseName: string
  readonly townName: string
  readonly industry: string
  readonly listingOrg: string
  readonly detailAndPlan: string
}

/** What the record says where its facts do not. */
export interface HazardText {
  readonly enterpriseName: string
  readonly townName: string
  readonly industry: string
  readonly description: string
  readonly measures: string
  readonly fundFen: number | null
  readonly dueDate: string | null
}

/**
 * F19: one row per hazard that was confirmed before `until`, minus the void, in the order of confirmation. Closed rows stay.
 * `facts` are those of the unit (all towns for the county). first-loop.md B25.
 */
export function detailRows(
  facts: readonly Fact[],
  until: number,
  voided: ReadonlySet<string>,
  texts: ReadonlyMap<string, HazardText>,
): readonly DetailRow[] {
  const numbers = new Map<string, string>()
  for (const fact of facts) if (fact.recordId !== null && fact.hazardNo !== null) numbers.set(fact.recordId, fact.hazardNo)
  // A listing is a record of its own; what names the hazard in both is its number.
  const hazardOf = (fact: Fact) => fact.hazardNo ?? numbers.get(fact.recordId ?? '') ?? fact.recordId
  const byHazard = new Map<string | null, Fact[]>()
  for (const fact of facts) {
    if (fact.countedAt >= until) continue
    const own = byHazard.get(hazardOf(fact))
    if (own) own.push(fact)
    else byHazard.set(hazardOf(fact), [fact])
  }
  const confirmed = facts
    .filter((fact) => fact.type === 'hazard.confirmed' && fact.recordId !== null && !voided.has(fact.recordId) && fact.countedAt < until)
    .sort((a, b) => a.countedAt - b.countedAt || (a.id < b.id ? -1 : 1))
  const seen = new Set<string>()
  const rows: DetailRow[] = []
  for (const fact of confirmed) {
    const recordId = fact.recordId!
    if (seen.has(recordId)) continue
    seen.add(recordId)
    rows.push(detailRow(rows.length + 1, fact, byHazard.get(hazardOf(fact)) ?? [], texts.get(recordId)))
  }
  return rows
}

function detailRow(seq: number, confirmed: Fact, facts: readonly Fact[], text: HazardText | undefined): DetailRow {
  const last = (type: Fact['type']) => facts.filter((fact) => fact.type === type).sort((a, b) => b.countedAt - a.countedAt)[0]
  const say = (name: string) => {
    const value = confirmed.attributes[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    seq,
    recordId: confirmed.recordId!,
    number: confirmed.hazardNo ?? '',
    enterpriseName: say('enterpriseName') ?? text?.enterpriseName ?? '',
    townName: say('townName') ?? text?.townName ?? '',
    industry: industryTitle(say('industry') ?? text?.industry ?? ''),
    listingOrg: String(last('hazard.listed')?.attributes.org ?? '待挂牌'),
    detailAndPlan: detailAndPlan(say('description') ?? text?.description ?? '', last('plan.approved'), last('hazard.closed'), text),
  }
}

function detailAndPlan(description: string, plan: Fact | undefined, closed: Fact | undefined, text: HazardText | undefined): string {
  const what = description.replace(/[。；\s]+$/, '')
  const done = closed ? `（${monthDay(dayOf(closed.countedAt))}销号）` : ''
  if (!plan) return `${what}。${closed ? '' : '整改方案待报。'}${done}`
  const measures = typeof plan.attributes.measures === 'string' ? plan.attributes.measures : (text?.measures ?? '')
  const fund = typeof plan.attributes.fund === 'number' ? plan.attributes.fund : (text?.fundFen ?? null)
  const due = typeof plan.attributes.dueDate === 'string' ? plan.attributes.dueDate : (text?.dueDate ?? null)
  const parts = [
    measures.replace(/[。；\s]+$/, ''),
    fund === null ? '' : `资金 ${wan(fund)} 万元`,
    due === null ? '' : `${monthDay(due)}前完成`,
  ]
  return `${what}。整改：${parts.filter((part) => part !== '').join('；')}。${done}`
}

/** `12月20日` of `2023-12-20`. */
export function monthDay(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}

/** 万元 without needless zeros: 24.5, 12. */
export function wan(fen: number): string {
  return String(fen / 1_000_000)
}
