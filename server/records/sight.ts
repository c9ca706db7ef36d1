import type { SqlValue } from '../../database/database.ts'
import type { Actor } from '../identity/actor.ts'
import type { Holding, People } from '../organisation/index.ts'

/** A condition of SQL over `record r`. */
export interface SightCondition {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

/** Held of the county, but without a territory of their own. */
export const WITHOUT_TERRITORY: readonly string[] = ['EXPERT', 'THIRD_PARTY', 'INFORMER', 'AUDITOR']

/**
 * Who sees which records (first-loop.md B28): territory decides. An enterprise sees its own, a town its territory, the county all of
 * it, an expert what he was asked to look at. What is a draft or without its signature, or
 * was taken back before, is seen by the side that made it only, and reports never by enterprises. Another county's record does not exist.
 */
export async function sightOf(actor: Actor, people: People): Promise<SightCondition> {
  const territory = territoryOf(await people.holdingsOf(actor.countyCode, actor.personId))
  return {
    sql: `r.county_id = ? and (${territory.sql} or exists (select 1 from record_participant rp where rp.record_id = r.record_id and rp.person_id = ?))`,
    params: [actor.countyCode, ...territory.params, actor.personId],
  }
}

function territoryOf(holdings: readonly Holding[]): SightCondition {
  const official = holdings.filter((holding) => holding.enterpriseId === null && !WITHOUT_TERRITORY.includes(holding.position))
  if (official.some((holding) => holding.townId === null)) return { sql: `(${AUTHORITY})`, params: [] }
  const towns = [...new Set(official.flatMap((holding) => holding.townId ?? []))]
  if (towns.length > 0) return { sql: `(r.town_id in (${places(towns)}) and ${AUTHORITY})`, params: towns }
  const own = [...new Set(holdings.flatMap((holding) => holding.enterpriseId ?? []))]
  if (own.length > 0) return { sql: `(r.enterprise_id in (${places(own)}) and ${ENTERPRISE})`, params: own }
  return { sql: '1 = 0', params: [] }
}

const AUTHORITY = "(r.side = 'authority' or r.is_shared = 1)"
const ENTERPRISE = "r.kind <> 'report' and (r.side = 'enterprise' or r.is_shared = 1)"

const places = (values: readonly unknown[]) => values.map(() => '?').join(', ')
