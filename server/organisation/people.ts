import type { Database, SqlValue } from '../../database/database.ts'
import type { Clock } from './clock.ts'
import type { Holding, Person } from './model.ts'
import type { PositionKey } from './positions.ts'

interface HoldingRow {
  holding_id: string
  person_id: string
  person_name: string
  position_key: PositionKey
  unit_id: string | null
  enterprise_id: string | null
  town_id: string | null
  place_name: string | null
}

const SELECT_HOLDINGS = `select h.holding_id, h.person_id, p.name as person_name, h.position_key, h.unit_id, h.enterprise_id,
  case when h.enterprise_id is not null then e.town_id when u.kind = 'TOWN' then u.unit_id when t.kind = 'TOWN' then t.unit_id else null end as town_id,
  coalesce(e.name, u.name) as place_name
from holding h
join person p on p.person_id = h.person_id
left join unit u on u.unit_id = h.unit_id
left join unit t on t.unit_id = u.parent_unit_id
left join enterprise e on e.enterprise_id = h.enterprise_id
where h.county_id = ? and h.from_at <= ? and (h.to_at is null or h.to_at > ?)`

const holdingOf = (row: HoldingRow): Holding => ({
  id: row.holding_id,
  personId: row.person_id,
  personName: row.person_name,
  position: row.position_key,
  unitId: row.unit_id,
  enterpriseId: row.enterprise_id,
  townId: row.town_id,
  placeName: row.place_name ?? '',
})

/** Where a position is looked for; without town or enterprise: anywhere in the county. */
export interface PositionPlace {
  readonly townId?: string | null
  readonly enterpriseId?: string | null
}

/** Reads people and the positions they hold at the moment of the county's clock. */
export interface People {
  /** Who holds this position there now, first appointed first. Empty when nobody does. */
  holdersOf(countyCode: string, position: PositionKey, place?: PositionPlace): Promise<readonly Holding[]>
  /** What this person holds now. */
  holdingsOf(countyCode: string, personId: string): Promise<readonly Holding[]>
  personById(countyCode: string, personId: string): Promise<Person | null>
  peopleByIds(countyCode: string, personIds: readonly string[]): Promise<ReadonlyMap<string, Person>>
  /** By part of the name; narrowed to a position, an enterprise or a town. */
  search(
    countyCode: string,
    filter: { q?: string; position?: PositionKey; enterpriseId?: string; townId?: string; limit?: number },
  ): Promise<readonly Holding[]>
}

export function makePeople({ database, clock }: { database: Database; clock: Clock }): People {
  const read = async (countyCode: string, where: string, params: readonly SqlValue[], limit = 500) => {
    const now = clock.now()
    const rows = await database.query<HoldingRow>(`${SELECT_HOLDINGS} ${where} order by h.from_at, h.holding_id limit ${limit}`, [
      countyCode,
      now,
      now,
      ...params,
    ])
    return rows.map(holdingOf)
  }

  return {
    async holdersOf(countyCode, position, place = {}) {
      const found = place.enterpriseId
        ? await read(countyCode, 'and h.position_key = ? and h.enterprise_id = ?', [position, place.enterpriseId])
        : await read(countyCode, 'and h.position_key = ?', [position])
      return place.townId ? found.filter((holding) => holding.townId === place.townId) : found
    },

    holdingsOf: (countyCode, personId) => read(countyCode, 'and h.person_id = ?', [personId]),

    async personById(countyCode, personId) {
      return (await this.peopleByIds(countyCode, [personId])).get(personId) ?? null
    },

    async peopleByIds(countyCode, personIds) {
      const ids = [...new Set(personIds)]
      if (ids.length === 0) return new Map()
      const rows = await database.query<{ person_id: string; name: string; phone: string | null; email: string | null }>(
        `select person_id, name, phone, email from person where county_id = ? and person_id in (${ids.map(() => '?').join(', ')}) limit ${ids.length}`,
        [countyCode, ...ids],
      )
      return new Map(
        rows.map((row) => [row.person_id, { id: row.person_id, countyCode, name: row.name, phone: row.phone, email: row.email }]),
      )
    },

    async search(countyCode, { q, position, enterpriseId, townId, limit = 50 }) {
      const where: string[] = []
      const params: SqlValue[] = []
      const narrow = (clause: string, value: string | undefined) => {
        if (!value) return
        where.push(clause)
        params.push(value)
      }
      narrow("and p.name like ? escape '!'", q ? `%${q.replaceAll(/[!%_]/g, '!$&')}%` : undefined)
      narrow('and h.position_key = ?', position)
      narrow('and h.enterprise_id = ?', enterpriseId)
      const found = await read(countyCode, where.join(' '), params, townId ? 500 : limit)
      return townId ? found.filter((holding) => holding.townId === townId).slice(0, limit) : found
    },
  }
}
