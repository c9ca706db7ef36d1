import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { recordingConnector } from '../../benchmarks/recording.ts'
import type { Database } from '../../database/database.ts'
import { migrate } from '../../database/migrate.ts'
import { makeDatabase } from '../../database/transactions.ts'
import { migrations } from '../../migrations/index.ts'
import { type Application, composeApplication } from '../../server/compose.ts'
import { readConfig } from '../../server/config.ts'
import type { Actor } from '../../server/identity/index.ts'
import { uuidV7 } from '../../server/new-id.ts'
import { readOpenSeats } from '../../server/notifications/open-seats.ts'
import { setUpCounty, zezhou } from '../../server/organisation/demonstration/index.ts'
import { manualClock } from '../../server/organisation/index.ts'
import { seedCases } from './application-cases.ts'
import { fullScans, statementsOf } from './full-scans.ts'
import { largeDatabases } from './large-databases.ts'

const CASES = 6000
const NOW = Date.parse('2023-11-20T09:00:00+08:00')
const LARGE = 'approval_\\w+|record(?:_\\w+)?|fact|notification|mail|audit_event|attachment'

/** What people open every day, explained with thousands of cases in the tables. */
describe.each(largeDatabases('application_lists'))('lists of the application on $name', ({ open }) => {
  let connector: ReturnType<typeof recordingConnector>
  let database: Database
  let drop: () => Promise<void>
  let features: Application['features']
  let staff: Actor
  let principal: Actor
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-lists-'))

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    connector = recordingConnector(opened.connector)
    database = makeDatabase(connector)
    await migrate(database, migrations)
    const clock = manualClock(NOW)
    const config = { ...readConfig({}, dataDir), dataDir }
    const log = pino({ level: 'silent' })
    ;({ features } = composeApplication({ database, clock, machine: clock, newId: uuidV7, config, log, pump: false }))
    const personIdByAlias = await setUpCounty({ database, organisation: features.organisation }, zezhou)
    const actor = (alias: string, kind: Actor['kind']): Actor => ({
      personId: personIdByAlias.get(alias) ?? '',
      countyCode: zezhou.code,
      kind,
    })
    staff = actor('county.staff', 'official')
    principal = actor('E05.principal', 'enterprise')
    const [holding] = await features.organisation.people.holdingsOf(zezhou.code, principal.personId)
    await seedCases(database, {
      count: CASES,
      countyCode: zezhou.code,
      enterpriseId: holding?.enterpriseId ?? '',
      personId: staff.personId,
      now: NOW,
    })
  }, 180_000)
  afterAll(async () => {
    await drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const scans = async (work: () => Promise<unknown>) => fullScans(connector, await statementsOf(connector, work), CASES, LARGE)

  it.each(['todo', 'done', 'mine'] as const)('serve the inbox: %s', async (tab) => {
    for (const actor of [staff, principal]) expect(await scans(() => features.approval.inbox.page(actor, { tab }))).toEqual([])
  })

  it.each(['todo', 'done', 'mine'] as const)('ask as often for a long inbox as for a short one: %s', async (tab) => {
    const { items } = await features.approval.inbox.page(staff, { tab })

    const statements = await statementsOf(connector, () => features.approval.inbox.page(staff, { tab }))

    expect(items.length).toBeGreaterThan(30)
    expect(statements.length).toBeLessThan(20)
  })

  it('serve the records that somebody sees, of a kind and of an enterprise', async () => {
    const { store } = features.records
    expect(await scans(() => store.list(staff, { kinds: ['hazard'], limit: 100 }))).toEqual([])
    expect(await scans(() => store.list(principal, { limit: 100 }))).toEqual([])
    expect(await scans(() => store.listAll(zezhou.code, { kinds: ['hazard'], statuses: ['RECTIFYING'], limit: 100 }))).toEqual([])
  })

  it('serve notifications, mail that is due, the audit and the facts of a record', async () => {
    expect(await scans(() => features.notifications.of(zezhou.code, staff.personId))).toEqual([])
    expect(await scans(() => features.notifications.deliverMail())).toEqual([])
    expect(await scans(() => features.audit.list(zezhou.code))).toEqual([])
    expect(await scans(() => features.audit.list(zezhou.code, { subject: 'subject-7' }))).toEqual([])
    expect(await scans(() => features.ledgers.facts(zezhou.code, { recordId: 'record-7' }))).toEqual([])
    expect(await scans(() => features.ledgers.facts(zezhou.code, { type: 'hazard-found', limit: 100 }))).toEqual([])
    expect(await scans(() => features.ledgers.facts(zezhou.code, { hazardNo: 'H-7' }))).toEqual([])
  })

  it('serve what runs by itself: deadlines, held seats, reminders', async () => {
    expect(await scans(() => features.approval.runDeadlines())).toEqual([])
    expect(await scans(() => features.approval.heldSeats(zezhou.code))).toEqual([])
    expect(await scans(() => readOpenSeats(database))).toEqual([])
  })
})
