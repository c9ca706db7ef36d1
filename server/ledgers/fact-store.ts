import type { Database } from '../../database/database.ts'
import type { Fact } from './fact.ts'
import type { FactTypeId } from './fact-type.ts'

interface FactRow {
  fact_id: string
  type: FactTypeId
  county_code: string
  unit_id: string
  town_id: string | null
  enterprise_id: string | null
  record_id: string | null
  hazard_no: string | null
  campaign_id: string | null
  attributes: string
  counted_at: number
}

const COLUMNS = 'fact_id, type, county_code, unit_id, town_id, enterprise_id, record_id, hazard_no, campaign_id, attributes, counted_at'

const factOf = (row: FactRow): Fact => ({
  id: row.fact_id,
  type: row.type,
  countyCode: row.county_code,
  unitId: row.unit_id,
  townId: row.town_id,
  enterpriseId: row.enterprise_id,
  recordId: row.record_id,
  hazardNo: row.hazard_no,
  campaignId: row.campaign_id,
  attributes: JSON.parse(row.attributes),
  countedAt: Number(row.counted_at),
})

/** The facts of a campaign in a county until `until` (epoch ms, inclusive), in the order of their commit. */
export async function factsOfCampaign(database: Database, countyCode: string, campaignId: string, until: number): Promise<readonly Fact[]> {
  const rows = await database.query<FactRow>(
    `select ${COLUMNS} from fact where county_code = ? and campaign_id = ? and counted_at <= ? order by counted_at, fact_id`,
    [countyCode, campaignId, until],
  )
  return rows.map(factOf)
}

/** The facts of a county, newest first, narrowed to a type, a record or a hazard's number. */
export async function factsOf(
  database: Database,
  countyCode: string,
  filter: { type?: string; recordId?: string; hazardNo?: string; limit?: number } = {},
): Promise<readonly Fact[]> {
  const narrow = Object.entries({ type: filter.type, record_id: filter.recordId, hazard_no: filter.hazardNo }).filter(
    ([, value]) => value !== undefined,
  )
  const rows = await database.query<FactRow>(
    `select ${COLUMNS} from fact where county_code = ? ${narrow.map(([column]) => `and ${column} = ?`).join(' ')}
    order by counted_at desc, fact_id limit ${Math.min(filter.limit ?? 1_000, 10_000)}`,
    [countyCode, ...narrow.map(([, value]) => value as string)],
  )
  return rows.map(factOf)
}
