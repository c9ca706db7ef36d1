import { createHash } from 'node:crypto'
import type { Tx } from '../../database/database.ts'
import { campaignFor, campaigns } from './campaign.ts'
import { type AttributeKind, attributesOf, type FactTypeId, isFactType } from './fact-type.ts'
import { wordsOf } from './words-of.ts'

export type FactValue = string | number | boolean
export type FactAttributes = Readonly<Record<string, FactValue>>

/** Something that happened and may be counted; `countedAt` (server time of the commit) decides the period, never a typed date. */
export interface Fact {
  readonly id: string
  readonly type: FactTypeId
  readonly countyCode: string
  /** The unit whose report owns the fact: a town, or the county code for 县局本级. */
  readonly unitId: string
  readonly townId: string | null
  readonly enterpriseId: string | null
  readonly recordId: string | null
  readonly hazardNo: string | null
  readonly campaignId: string | null
  readonly attributes: FactAttributes
  /** epoch ms */
  readonly countedAt: number
}

export interface NewFact {
  readonly type: string
  readonly countyCode: string
  readonly townId: string | null
  readonly enterpriseId: string | null
  readonly recordId: string | null
  readonly hazardNo: string | null
  /** Null and undefined values are left out; money in 万元 comes as `…Wan` and is kept as integer fen (`fineWan` → `fine`). */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly countedAt: number
  readonly instanceId: string | null
  readonly nodeId: string | null
  /** The run of the node; without it one fact per (instance, node, type, record) is kept. */
  readonly runId?: string
  /** Tells facts of one run apart (a second progress entry, a second line of a form). */
  readonly occurrence?: string
  /** Defaults to the town of the enterprise; checks of the county's own inspectors belong to the county. */
  readonly unitId?: string
  /** Defaults to the campaign in whose industries and window the hazard lies. */
  readonly campaignId?: string | null
}

/** The fact's type or attribute is not in the registry: a fault of the model that declares it, not of a person. */
export class UndeclaredFactError extends Error {
  override readonly name = 'UndeclaredFactError'
}

/**
 * Records a fact once: the same (instance, node run, type, record, occurrence) again changes nothing. Answers the fact's id.
 * Call it in the transaction of what it tells of. Throws `UndeclaredFactError` for a type or attribute outside the registry.
 */
export async function recordFact(tx: Tx, fact: NewFact): Promise<string> {
  const { type } = fact
  if (!isFactType(type)) throw new UndeclaredFactError(`fact type ${type} is not in the registry`)
  const attributes = keptAttributes(type, fact.attributes)
  const id = factId(fact)
  const known = await tx.query('select fact_id from fact where fact_id = ?', [id])
  if (known.length > 0) return id
  const townId = fact.townId ?? (await townOf(tx, fact))
  tx.write(
    `insert into fact (fact_id, type, county_code, unit_id, town_id, enterprise_id, record_id, hazard_no, campaign_id, attributes, counted_at,
      instance_id, node_id)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      type,
      fact.countyCode,
      fact.unitId ?? owner(fact, townId, attributes),
      townId,
      fact.enterpriseId,
      fact.recordId,
      fact.hazardNo,
      await campaignOf(tx, fact, attributes),
      JSON.stringify(attributes),
      fact.countedAt,
      fact.instanceId,
      fact.nodeId,
    ],
  )
  return id
}

function factId(fact: NewFact): string {
  const parts = [fact.countyCode, fact.instanceId, fact.nodeId, fact.runId ?? '', fact.type, fact.recordId ?? '', fact.occurrence ?? '']
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/** A check made by the county's own people is the county's own figure; all else is reported by the town where it happened. */
function owner(fact: NewFact, townId: string | null, attributes: FactAttributes): string {
  const byCounty = fact.type === 'check.finished' && ['DEPT', 'TEAM', 'EXPERT'].includes(String(attributes.source ?? ''))
  return byCounty ? fact.countyCode : (townId ?? fact.countyCode)
}

/** What the county does to an enterprise (a fine, an order) lies in the enterprise's town. */
async function townOf(tx: Tx, { countyCode, enterpriseId }: NewFact): Promise<string | null> {
  if (enterpriseId === null) return null
  const [row] = await tx.query<{ town_id: string }>('select town_id from enterprise where enterprise_id = ? and county_id = ?', [
    enterpriseId,
    countyCode,
  ])
  return row?.town_id ?? null
}

/** The record's facts keep the membership that its first one had. */
async function campaignOf(tx: Tx, fact: NewFact, attributes: FactAttributes): Promise<string | null> {
  if (fact.campaignId !== undefined) return fact.campaignId
  const given = attributes.campaignId
  if (campaigns().some((campaign) => campaign.id === given)) return String(given)
  if (fact.recordId !== null) {
    const [earlier] = await tx.query<{ campaign_id: string | null }>(
      'select campaign_id from fact where record_id = ? order by counted_at, fact_id limit 1',
      [fact.recordId],
    )
    if (earlier) return earlier.campaign_id
  }
  const { foundAt, industry } = attributes
  return campaignFor({
    countyCode: fact.countyCode,
    industry: typeof industry === 'string' ? industry : null,
    foundAt: typeof foundAt === 'number' ? foundAt : fact.countedAt,
  })
}

function keptAttributes(type: FactTypeId, given: Readonly<Record<string, unknown>>): FactAttributes {
  const declared = attributesOf(type)
  const kept: Record<string, FactValue> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === '') continue
    const inFen = name.endsWith('Wan') ? name.slice(0, -'Wan'.length) : null
    const key = inFen !== null && declared[inFen] === 'fen' ? inFen : name
    const kind = declared[key]
    if (!kind) throw new UndeclaredFactError(`fact type ${type} has no attribute ${name}`)
    kept[key] = key === name ? asKind(type, name, kind, value) : wanToFen(value)
  }
  return kept
}

/** 1 万元 = 1,000,000 fen; two decimals of 万元 are whole fen. */
export function wanToFen(wan: unknown): number {
  const value = Number(wan)
  if (!Number.isFinite(value)) throw new UndeclaredFactError(`${String(wan)} is no amount of money`)
  return Math.round(value * 1_000_000)
}

function asKind(type: FactTypeId, name: string, kind: AttributeKind, value: unknown): FactValue {
  if (kind === 'text' || kind === 'day') return wordsOf(value)
  if (kind === 'boolean') return value === true || value === 'true'
  const number = kind === 'instant' && typeof value === 'string' ? instantOf(value) : Number(value)
  if (!Number.isSafeInteger(number)) throw new UndeclaredFactError(`attribute ${name} of ${type} is no ${kind}: ${String(value)}`)
  return number
}

/** A text without an offset is county time; a bare day is its beginning. */
function instantOf(text: string): number {
  const withTime = text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T')
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(withTime) ? withTime : `${withTime}+08:00`)
}
