import type { Database } from '../../database/database.ts'
import type { Audit } from '../audit/index.ts'
import type { Route } from '../http/route.ts'
import type { Actor } from '../identity/actor.ts'
import type { NewId } from '../new-id.ts'
import type { Clock, Organisation } from '../organisation/index.ts'
import type { Records } from '../records/index.ts'
import type { Fact } from './fact.ts'
import { factsOf } from './fact-store.ts'
import { hazardLine } from './hazards/hazard-line.ts'
import { ledgerRoutes } from './hazards/ledger-routes.ts'
import { type HazardLedgers, makeHazardLedgers } from './hazards/ledgers.ts'
import type { HazardText } from './reports/detail-rows.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { makeReports, type Reports } from './reports/reports.ts'

/** What is counted and listed: facts, ledgers, periodic reports. */
export interface Ledgers {
  readonly reports: Reports
  readonly hazards: HazardLedgers
  /** Facts of a county, newest first; for scenarios and the record page. */
  facts(countyCode: string, filter?: { type?: string; recordId?: string; hazardNo?: string; limit?: number }): Promise<readonly Fact[]>
  readonly routes: readonly Route[]
}

export interface LedgersDeps {
  readonly database: Database
  readonly organisation: Organisation
  readonly records: Records
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  /** The open seat of a person on a unit's report, from the approval feature. */
  readonly seatOf?: (actor: Actor, of: { reportId: string; unitId: string; period: string }) => Promise<string | null>
}

export function makeLedgers(deps: LedgersDeps): Ledgers {
  const { database, organisation, records, clock } = deps

  /** Words for F19 where the facts of a hazard do not carry them. */
  async function hazardTexts(countyCode: string, recordIds: readonly string[]): Promise<ReadonlyMap<string, HazardText>> {
    if (recordIds.length === 0) return new Map()
    const wanted = new Set(recordIds)
    const rows = (await records.store.listAll(countyCode, { kinds: ['hazard'], level: 'MAJOR', limit: 5000 })).filter((row) =>
      wanted.has(row.id),
    )
    const enterprises = new Map((await organisation.places.enterprises(countyCode)).map((one) => [one.id, one]))
    const towns = new Map((await organisation.places.towns(countyCode)).map((one) => [one.id, one.name]))
    const names = { enterprises, towns, people: new Map(), listings: new Map() }
    return new Map(
      rows.map((row) => {
        const line = hazardLine(row, names, clock.now())
        const { dueDate } = row.data
        return [row.id, { ...line, dueDate: typeof dueDate === 'string' ? dueDate : null }]
      }),
    )
  }

  const reports = makeReports({ ...deps, hazardTexts })
  const hazards = makeHazardLedgers(deps)
  return {
    reports,
    hazards,
    facts: (countyCode, filter) => factsOf(database, countyCode, filter),
    routes: [...ledgerRoutes(hazards), ...reportRoutes(reports)],
  }
}
