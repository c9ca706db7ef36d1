import type { Database } from '../../database/database.ts'
import type { NewId } from '../new-id.ts'
import { write } from '../write.ts'
import type { Clock } from './clock.ts'
import type { CountyInfo, Enterprise, Person, Unit } from './model.ts'
import { POSITIONS, type PositionKey } from './positions.ts'

/** Enters counties, units, enterprises, people and their posts. Ids may be given, so that an import can be repeated. */
export interface Register {
  addCounty(county: CountyInfo): Promise<void>
  addUnit(unit: Omit<Unit, 'id'> & { id?: string }): Promise<string>
  addEnterprise(enterprise: Omit<Enterprise, 'id' | 'state'> & { id?: string }): Promise<string>
  addPerson(person: Omit<Person, 'id' | 'phone' | 'email'> & { id?: string; phone?: string; email?: string }): Promise<string>
  /** Appoints from now on, or from `fromAt`. The position's scope says whether a unit or an enterprise is named. */
  appoint(holding: {
    countyCode: string
    personId: string
    position: PositionKey
    unitId?: string
    enterpriseId?: string
    fromAt?: number
  }): Promise<string>
  /** Ends what this person holds of this position now. */
  relieve(holding: { countyCode: string; personId: string; position: PositionKey }): Promise<void>
}

export function makeRegister({ database, clock, newId }: { database: Database; clock: Clock; newId: NewId }): Register {
  return {
    async addCounty({ code, name, shortName, timeZone }) {
      await write(database, 'insert into county (county_id, name, short_name, time_zone) values (?, ?, ?, ?)', [
        code,
        name,
        shortName,
        timeZone,
      ])
    },

    async addUnit({ id = newId(), countyCode, parentUnitId, kind, name, shortName, sortOrder }) {
      await write(
        database,
        'insert into unit (unit_id, county_id, parent_unit_id, kind, name, short_name, sort_order) values (?, ?, ?, ?, ?, ?, ?)',
        [id, countyCode, parentUnitId, kind, name, shortName, sortOrder],
      )
      return id
    },

    async addEnterprise({ id = newId(), countyCode, townId, code, name, industry, address, groupName }) {
      await write(
        database,
        "insert into enterprise (enterprise_id, county_id, town_id, code, name, industry, address, group_name, state) values (?, ?, ?, ?, ?, ?, ?, ?, 'ACTIVE')",
        [id, countyCode, townId, code, name, industry, address, groupName],
      )
      return id
    },

    async addPerson({ id = newId(), countyCode, name, phone, email }) {
      await write(database, 'insert into person (person_id, county_id, name, phone, email) values (?, ?, ?, ?, ?)', [
        id,
        countyCode,
        name,
        phone ?? null,
        email ?? null,
      ])
      return id
    },

    async appoint({ countyCode, personId, position, unitId, enterpriseId, fromAt }) {
      if ((POSITIONS[position].scope === 'enterprise') !== (enterpriseId !== undefined))
        throw new Error(`${position} is held of a ${POSITIONS[position].scope}`)
      const id = newId()
      await write(
        database,
        'insert into holding (holding_id, county_id, person_id, position_key, unit_id, enterprise_id, from_at, to_at) values (?, ?, ?, ?, ?, ?, ?, null)',
        [id, countyCode, personId, position, unitId ?? null, enterpriseId ?? null, fromAt ?? clock.now()],
      )
      return id
    },

    async relieve({ countyCode, personId, position }) {
      const now = clock.now()
      await write(
        database,
        'update holding set to_at = ? where county_id = ? and person_id = ? and position_key = ? and (to_at is null or to_at > ?)',
        [now, countyCode, personId, position, now],
      )
    },
  }
}
