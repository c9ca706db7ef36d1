import type { Database } from '../../../database/database.ts'
import type { TestDatabase } from '../../../database/test-database.ts'
import { type Audit, makeAudit } from '../../audit/index.ts'
import type { Actor } from '../../identity/actor.ts'
import { setUpCounty, zezhou } from '../../organisation/demonstration/index.ts'
import { makeOrganisation, manualClock, type Organisation, type TurnableClock } from '../../organisation/index.ts'

/** 泽州县 of the demonstration with a clock that the test turns. */
export interface DemonstrationCounty {
  readonly database: Database
  readonly clock: TurnableClock
  readonly newId: () => string
  readonly organisation: Organisation
  readonly audit: Audit
  actor(alias: string): Actor
}

export interface DemonstrationDatabase {
  /** The county as it was set up, nothing having happened yet, at `start` by its clock. */
  fresh(start?: string): Promise<DemonstrationCounty>
  drop(): Promise<void>
}

export const COUNTY = zezhou.code
export const at = (text: string) => Date.parse(`${text.length === 10 ? `${text}T00:00` : text}:00+08:00`)

/** What happens leaves its traces here; the organisation stays. */
const TRACES = [
  'fact',
  'report_version',
  'report_override',
  'report_comment',
  'document',
  'machine_answer',
  'notification',
  'mail',
  'reminder',
  'record',
  'record_version',
  'record_event',
  'record_link',
  'number_series',
  'document_number',
  'setting',
]

/** Sets the county up once, on a database of its own: making the tables takes seconds on MariaDB. */
export async function openDemonstrationCounty(kind: TestDatabase): Promise<DemonstrationDatabase> {
  const { database, drop } = await kind.open()
  let serial = 0
  const newId = () => `id-${String(++serial).padStart(6, '0')}`
  const people = await setUpCounty(
    { database, organisation: makeOrganisation({ database, clock: manualClock(at('2023-11-03')), newId }) },
    zezhou,
  )
  return {
    drop,
    async fresh(start = '2023-11-20T09:00') {
      await database.transaction(async (tx) => {
        for (const table of TRACES) await tx.query(`delete from ${table}`)
      })
      const clock = manualClock(at(start))
      return {
        database,
        clock,
        newId,
        organisation: makeOrganisation({ database, clock, newId }),
        audit: makeAudit({ database, clock }),
        actor: (alias) => {
          const personId = people.get(alias)
          if (personId === undefined) throw new Error(`nobody is called ${alias}`)
          return { personId, countyCode: COUNTY, kind: alias === 'admin' ? 'admin' : alias.startsWith('E') ? 'enterprise' : 'official' }
        },
      }
    },
  }
}
