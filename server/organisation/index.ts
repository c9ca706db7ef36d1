import type { Database } from '../../database/database.ts'
import type { Route } from '../http/route.ts'
import type { NewId } from '../new-id.ts'
import type { Clock } from './clock.ts'
import { type CountySettings, makeCountySettings } from './county-settings.ts'
import { makePeople, type People } from './people.ts'
import { makePlaces, type Places } from './places.ts'
import { makeRegister, type Register } from './register.ts'
import { organisationRoutes } from './routes.ts'

/** Counties, units, enterprises, people, their positions, and the county's settings. */
export interface Organisation {
  readonly people: People
  readonly places: Places
  readonly settings: CountySettings
  readonly register: Register
  readonly routes: readonly Route[]
}

export function makeOrganisation(deps: { database: Database; clock: Clock; newId: NewId }): Organisation {
  const people = makePeople(deps)
  const places = makePlaces(deps)
  return {
    people,
    places,
    settings: makeCountySettings(deps),
    register: makeRegister(deps),
    routes: organisationRoutes({ people, places }),
  }
}

export { addDays, DAY_MS, dayOf, dayStart, nationalCalendar, nextDay, timeOf, type WorkCalendar } from './calendar/index.ts'
export { type Clock, demonstrationClock, isClockSet, manualClock, systemClock, type TurnableClock } from './clock.ts'
export { countyPlan } from './county-plan.ts'
export type { CountySettings } from './county-settings.ts'
export { type Enterprise, type Holding, industryTitle, type Person } from './model.ts'
export type { People } from './people.ts'
export type { Places } from './places.ts'
export { isPosition, POSITIONS, type PositionKey, positionTitle } from './positions.ts'
export type { Register } from './register.ts'
export { type IssuedAccount, setUpWithAccounts } from './set-up-county.ts'
export { isSettingKey, SETTINGS, type SettingKey } from './settings.ts'
