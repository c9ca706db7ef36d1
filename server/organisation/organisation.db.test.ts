import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { uuidV7 } from '../new-id.ts'
import { demonstrationClock, isClockSet, manualClock } from './clock.ts'
import { DEMONSTRATION_COUNTIES, DEMONSTRATION_START, setUpCounty } from './demonstration/index.ts'
import { makeOrganisation, type Organisation } from './index.ts'

describe.each(testDatabases('organisation', migrations))('organisation on $name', ({ open }) => {
  const clock = manualClock(DEMONSTRATION_START)
  let database: Database
  let organisation: Organisation
  let people: ReadonlyMap<string, string>
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    database = opened.database
    drop = opened.drop
    organisation = makeOrganisation({ database, clock, newId: uuidV7 })
    for (const plan of DEMONSTRATION_COUNTIES) {
      const set = await setUpCounty({ database, organisation }, plan)
      if (plan.code === '140525') people = set
    }
  })
  afterAll(() => drop())

  const idsOf = async (...asked: Parameters<Organisation['people']['holdersOf']>) =>
    (await organisation.people.holdersOf(...asked)).map((it) => it.personId)

  it('finds who holds a position of the county, of a town and of an enterprise', async () => {
    expect(await idsOf('140525', 'BUREAU_VICE')).toEqual([people.get('county.vice')])
    expect((await idsOf('140525', 'SECTION_STAFF')).sort()).toEqual([people.get('county.staff'), people.get('county.staff2')].sort())
    expect(await idsOf('140525', 'TOWN_CENTER_HEAD', { townId: '140525-town2' })).toEqual([people.get('town2.centre')])
    expect(await idsOf('140525', 'ENT_PRINCIPAL', { enterpriseId: '140525-E05' })).toEqual([people.get('E05.principal')])
  })

  it('finds nobody where nobody holds it, and nobody of another county', async () => {
    expect(await idsOf('140525', 'ENT_SAFETY_STAFF', { enterpriseId: '140525-E08' })).toEqual([])
    expect(await idsOf('141023', 'ENT_PRINCIPAL', { enterpriseId: '140525-E05' })).toEqual([])
    expect(await organisation.places.enterprise('141023', '140525-E05')).toBeNull()
    expect(await organisation.people.personById('141023', people.get('admin') ?? '')).toBeNull()
  })

  it('knows one person at two posts', async () => {
    const holdings = await organisation.people.holdingsOf('140525', people.get('E09.principal') ?? '')

    expect(holdings.map((it) => [it.position, it.enterpriseId, it.townId])).toEqual([
      ['ENT_PRINCIPAL', '140525-E09', '140525-town3'],
      ['ENT_SAFETY_STAFF', '140525-E09', '140525-town3'],
    ])
  })

  it('follows the post when somebody leaves it and another comes', async () => {
    const newcomer = await organisation.register.addPerson({ countyCode: '140525', name: '新示任' })
    await clock.turnTo(clock.now() + 1000)
    await organisation.register.relieve({ countyCode: '140525', personId: people.get('E10.safety') ?? '', position: 'ENT_SAFETY_STAFF' })
    await organisation.register.appoint({
      countyCode: '140525',
      personId: newcomer,
      position: 'ENT_SAFETY_STAFF',
      enterpriseId: '140525-E10',
    })

    expect(await idsOf('140525', 'ENT_SAFETY_STAFF', { enterpriseId: '140525-E10' })).toEqual([newcomer])
  })

  it('searches people by part of the name, taking signs of patterns as they are', async () => {
    expect((await organisation.people.search('140525', { q: '示国' })).map((it) => it.personName)).toEqual(['靳示国'])
    expect(await organisation.people.search('140525', { q: '%' })).toEqual([])
    expect((await organisation.places.enterprises('140525', { q: 'E0' })).length).toBe(9)
  })

  it('answers what ships where a county wrote no setting of its own, and refuses a bad one', async () => {
    expect(await organisation.settings.get('140525', 'delist')).toBe('WITH_CLOSEOUT')
    await organisation.settings.set('140525', 'delist', 'OWN_APPROVAL')
    expect(await organisation.settings.get('140525', 'delist')).toBe('OWN_APPROVAL')
    expect(await organisation.settings.get('141023', 'delist')).toBe('WITH_CLOSEOUT')
    await expect(organisation.settings.set('140525', 'delist', 'PERHAPS')).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(organisation.settings.set('140525', 'nothing', 1)).rejects.toMatchObject({ code: 'not-found' })
  })

  it("keeps the demonstration's clock over a restart, ticking, and turns it only forward", async () => {
    const machine = manualClock(Date.UTC(2026, 10, 25))
    expect(await isClockSet(database)).toBe(false)
    const first = await demonstrationClock(database, machine, DEMONSTRATION_START)

    expect(first.now()).toBe(DEMONSTRATION_START)
    expect(await first.turnTo(DEMONSTRATION_START + 1000)).toBe(true)
    expect(await first.turnTo(DEMONSTRATION_START)).toBe(false)
    await machine.turnTo(machine.now() + 5000)
    const again = await demonstrationClock(database, machine, DEMONSTRATION_START)
    expect([first.now(), again.now(), await isClockSet(database)]).toEqual([DEMONSTRATION_START + 6000, DEMONSTRATION_START + 6000, true])
  })
})
