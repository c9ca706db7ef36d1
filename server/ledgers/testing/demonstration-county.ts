import type { Database } from '../../../database/database.ts'
import type { TestDatabase } from '../../../database/test-database.ts'
import { type Audit, makeAudit } from '../../audit/index.ts'
import type { Actor } from '../../identity/actor.ts'
import { setUpCounty, zezhou } from '../../organisation/demonstration/index.ts'
import { makeOrganisation, manualClock, type Organisation, type TurnableClock } from '../../organisation/index.ts'

/** 泽州县 of the demonstration on a database of its own, with a clock that the test turns. */
export interface DemonstrationCounty {
  readonly database: Database
  readonly clock: TurnableClock
  readonly newId: () => string
  readonly organisation: Organisation
  readonly audit: Audit
  actor(alias: string): Actor
  drop(): Promise<void>
}

export const COUNTY = zezhou.code
export const at = (text: string) => Date.parse(`${text.length === 10 ? `${text}T00:00` : text}:00+08:00`)

export async function openDemonstrationCounty(kind: TestDatabase, start = '2023-11-20T09:00'): Promise<DemonstrationCounty> {
  const { database, drop } = await kind.open()
  const clock = manualClock(at(start))
  let serial = 0
  const newId = () => `id-${String(++serial).padStart(6, '0')}`
  const organisation = makeOrganisation({ database, clock, newId })
  const people = await setUpCounty({ database, organisation }, zezhou)
  return {
    database,
    clock,
    newId,
    organisation,
    audit: makeAudit({ database, clock }),
    actor: (alias) => {
      const personId = people.get(alias)
      if (personId === undefined) throw new Error(`nobody is called ${alias}`)
      return { personId, countyCode: COUNTY, kind: alias === 'admin' ? 'admin' : alias.startsWith('E') ? 'enterprise' : 'official' }
    },
    drop,
  }
}
