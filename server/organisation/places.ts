import type { Database } from '../../database/database.ts'
import type { CountyInfo, Enterprise, Unit, UnitKind } from './model.ts'

/** Reads counties, units and enterprises. What lies in another county is not found. */
export interface Places {
  counties(): Promise<readonly CountyInfo[]>
  county(code: string): Promise<CountyInfo | null>
  units(countyCode: string, filter?: { kind?: UnitKind; q?: string }): Promise<readonly Unit[]>
  unit(countyCode: string, unitId: string): Promise<Unit | null>
  towns(countyCode: string): Promise<readonly Unit[]>
  enterprises(countyCode: string, filter?: { q?: string; townId?: string; ids?: readonly string[] }): Promise<readonly Enterprise[]>
  enterprise(countyCode: string, enterpriseId: string): Promise<Enterprise | null>
}

interface CountyRow {
  county_id: string
  name: string
  short_name: string
  time_zone: string
}

interface UnitRow {
  unit_id: string
  parent_unit_id: string | null
  kind: UnitKind
  name: string
  short_name: string
  sort_order: number
}

interface EnterpriseRow {
  enterprise_id: string
  town_id: string
  code: string
  name: string
  industry: string
  address: string
  group_name: string | null
  state: Enterprise['state']
}

const countyOf = (row: CountyRow): CountyInfo => ({
  code: row.county_id,
  name: row.name,
  shortName: row.short_name,
  timeZone: row.time_zone,
})
const pattern = (q: string) => `%${q.replaceAll(/[!%_]/g, '!$&')}%`

export function makePlaces({ database }: { database: Database }): Places {
  return {
    async counties() {
      return (
        await database.query<CountyRow>('select county_id, name, short_name, time_zone from county order by county_id limit 200')
      ).map(countyOf)
    },

    async county(code) {
      const [row] = await database.query<CountyRow>(
        'select county_id, name, short_name, time_zone from county where county_id = ? limit 1',
        [code],
      )
      return row ? countyOf(row) : null
    },

    async units(countyCode, { kind, q } = {}) {
      const where = [...(kind ? ['and kind = ?'] : []), ...(q ? ["and name like ? escape '!'"] : [])]
      const rows = await database.query<UnitRow>(
        `select unit_id, parent_unit_id, kind, name, short_name, sort_order from unit where county_id = ? ${where.join(' ')} order by sort_order, unit_id limit 500`,
        [countyCode, ...(kind ? [kind] : []), ...(q ? [pattern(q)] : [])],
      )
      return rows.map((row) => ({
        id: row.unit_id,
        countyCode,
        parentUnitId: row.parent_unit_id,
        kind: row.kind,
        name: row.name,
        shortName: row.short_name,
        sortOrder: Number(row.sort_order),
      }))
    },

    async unit(countyCode, unitId) {
      return (await this.units(countyCode)).find((unit) => unit.id === unitId) ?? null
    },

    towns(countyCode) {
      return this.units(countyCode, { kind: 'TOWN' })
    },

    async enterprises(countyCode, { q, townId, ids } = {}) {
      if (ids && ids.length === 0) return []
      const where = [
        ...(q ? ["and (name like ? escape '!' or code like ? escape '!')"] : []),
        ...(townId ? ['and town_id = ?'] : []),
        ...(ids ? [`and enterprise_id in (${ids.map(() => '?').join(', ')})`] : []),
      ]
      const rows = await database.query<EnterpriseRow>(
        `select enterprise_id, town_id, code, name, industry, address, group_name, state from enterprise where county_id = ? ${where.join(' ')} order by code limit 500`,
        [countyCode, ...(q ? [pattern(q), pattern(q)] : []), ...(townId ? [townId] : []), ...(ids ?? [])],
      )
      return rows.map((row) => ({
        id: row.enterprise_id,
        countyCode,
        townId: row.town_id,
        code: row.code,
        name: row.name,
        industry: row.industry,
        address: row.address,
        groupName: row.group_name,
        state: row.state,
      }))
    },

    async enterprise(countyCode, enterpriseId) {
      return (await this.enterprises(countyCode, { ids: [enterpriseId] }))[0] ?? null
    },
  }
}
