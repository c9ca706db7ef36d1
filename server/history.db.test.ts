import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/test-database.ts'
import type { InstanceInfo } from '../engine/index.ts'
import { migrations } from '../migrations/index.ts'
import { type Application, composeApplication } from './compose.ts'
import { readConfig } from './config.ts'
import { emptyDatabase } from './empty-database.ts'
import { isSetUp, setUpFirstRun } from './first-run.ts'
import { playHistory } from './history.ts'
import { uuidV7 } from './new-id.ts'
import { DEMONSTRATION_START, HISTORY_START } from './organisation/demonstration/index.ts'
import { manualClock, type TurnableClock } from './organisation/index.ts'

// One database is enough: that the chain plays on both is what the scenarios show.
describe.each(testDatabases('history', migrations).slice(0, 1))('the first run of a demonstration on $name', ({ open }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-history-'))
  const accountsFile = join(dataDir, 'accounts.txt')
  let database: Database
  let application: Application
  let clock: TurnableClock
  let drop: () => Promise<void>

  const firstRun = () =>
    setUpFirstRun(database, application, dataDir, async () => {
      await application.start()
      await playHistory(database, application, clock)
    })

  beforeAll(async () => {
    const opened = await open()
    database = opened.database
    drop = opened.drop
    clock = manualClock(HISTORY_START)
    const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, '/')
    application = composeApplication({
      database,
      clock,
      machine: manualClock(0),
      newId: uuidV7,
      config,
      log: pino({ level: 'silent' }),
      pump: false,
    })
    await firstRun()
  }, 180_000)
  afterAll(async () => {
    await drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('leaves the county on the day on which the demonstration begins, with no fault and something on every page', async () => {
    const { records, engine, ledgers } = application.features
    const hazards = await records.store.listAll('140525', { kinds: ['hazard'] })
    const states = new Set(hazards.map((hazard) => hazard.status))

    expect(clock.now()).toBe(DEMONSTRATION_START)
    expect(await engine.incidents.list({})).toEqual([])
    for (const status of ['SUBMITTED', 'CONFIRMING', 'RECTIFYING', 'ACCEPTING', 'CLOSED']) expect(states).toContain(status)
    expect((await ledgers.facts('140525', { type: 'report.issued' })).length).toBeGreaterThan(0)
    expect(hazards.some((hazard) => hazard.enterpriseId === '140525-E05')).toBe(false)
  })

  it('keeps every trace in one unbroken line', async () => {
    expect(await application.features.audit.verify('140525')).toBeNull()
  })

  it('writes the passwords where nobody else reads them', () => {
    expect(statSync(accountsFile).mode & 0o777).toBe(0o600)
    expect(readFileSync(accountsFile, 'utf8')).toContain('E05.safety')
  })

  it('begins anew when it was cut off', async () => {
    const before = readFileSync(accountsFile, 'utf8')
    const power = setUpFirstRun(database, application, dataDir, async () => {
      throw new Error('power')
    })
    await expect(power).rejects.toThrow('power')
    expect(await isSetUp(database)).toBe(false)

    const again = await setUpFirstRun(database, application, dataDir, async () => undefined)

    expect(await isSetUp(database)).toBe(true)
    expect(again.map((it) => it.account)).toContain('E05.safety')
    expect(readFileSync(accountsFile, 'utf8')).not.toBe(before)
    expect(await application.features.records.store.listAll('140525')).toEqual([])
  }, 120_000)

  it('refuses an engine on which an earlier demonstration runs', async () => {
    await emptyDatabase(database)
    const { engine } = application.features
    const used = { ...engine, instances: { ...engine.instances, list: async () => [{} as InstanceInfo] } }
    const elsewhere = { ...application, features: { ...application.features, engine: used } }

    await expect(setUpFirstRun(database, elsewhere, dataDir, async () => undefined)).rejects.toThrow('an engine of its own')
    expect(await application.features.organisation.places.counties()).toEqual([])
  })

  it('leaves counties alone that are no demonstration', async () => {
    await emptyDatabase(database)
    await application.features.organisation.register.addCounty({
      code: '140522',
      name: '阳城县',
      shortName: '阳城',
      timeZone: 'Asia/Shanghai',
    })

    await expect(setUpFirstRun(database, application, dataDir, async () => undefined)).rejects.toThrow('DEMONSTRATION=off')
    expect((await application.features.organisation.places.counties()).map((county) => county.code)).toEqual(['140522'])
  })
})
