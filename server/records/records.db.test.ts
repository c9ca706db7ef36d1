import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import type { Actor } from '../identity/actor.ts'
import { uuidV7 } from '../new-id.ts'
import { DEMONSTRATION_COUNTIES, DEMONSTRATION_START, setUpCounty } from '../organisation/demonstration/index.ts'
import { makeOrganisation, manualClock, type Organisation } from '../organisation/index.ts'
import { makeRecords, type NewRecord, type Records } from './index.ts'

describe.each(testDatabases('records', migrations))('records on $name', ({ open }) => {
  const clock = manualClock(DEMONSTRATION_START)
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-records-'))
  const people = new Map<string, Actor>()
  let database: Database
  let organisation: Organisation
  let records: Records
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    database = opened.database
    drop = opened.drop
    organisation = makeOrganisation({ database, clock, newId: uuidV7 })
    records = makeRecords({ database, clock, newId: uuidV7, organisation, dataDir })
    for (const plan of DEMONSTRATION_COUNTIES)
      for (const [alias, personId] of await setUpCounty({ database, organisation }, plan))
        people.set(`${plan.code} ${alias}`, { personId, countyCode: plan.code, kind: 'official' })
  })
  afterAll(async () => {
    await drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const actor = (alias: string, county = '140525') => people.get(`${county} ${alias}`) as Actor
  const hazard = async (change: Partial<NewRecord> = {}) =>
    records.store.create({
      countyCode: '140525',
      number: await records.numbers.next('140525', 'hazard'),
      kind: 'hazard',
      title: '边坡有浮石',
      status: 'SUBMITTED',
      side: 'enterprise',
      enterpriseId: '140525-E05',
      townId: '140525-town1',
      data: { description: '边坡有浮石' },
      createdBy: actor('E05.safety').personId,
      ...change,
    })
  const seenBy = async (number: string, aliases: readonly string[], county?: string) => {
    const seen = []
    for (const alias of aliases)
      if (
        await records.store.see(actor(alias, county), number).then(
          () => true,
          () => false,
        )
      )
        seen.push(alias)
    return seen
  }
  const EVERYBODY = ['E05.safety', 'E05.principal', 'E06.safety', 'town1.staff', 'town2.centre', 'county.section', 'county.gov', 'expert.1']

  it('gives every number once when many ask at the same moment', async () => {
    const numbers = await Promise.all(Array.from({ length: 40 }, () => records.numbers.next('140525', 'check')))

    expect([...numbers].sort()).toEqual(Array.from({ length: 40 }, (_, i) => `ZC-2023-${String(i + 1).padStart(4, '0')}`))
  })

  it('counts numbers of each county and year for itself', async () => {
    const first = [await records.numbers.next('141023', 'hazard'), await records.numbers.next('140406', 'hazard')]

    expect(first).toEqual(['襄汾-2023-0001', '潞城-2023-0001'])
  })

  it('gives documents numbers without gaps, the same purpose the same number, also when asked twice at once', async () => {
    const asked = await Promise.all(['a', 'b', 'b', 'c', 'c', 'c'].map((purpose) => records.numbers.document('140525', 'listing', purpose)))
    await records.numbers.voidDocument('140525', 'listing', 'b', '未下达已销号')

    expect(new Set(asked.map((it) => it.value))).toEqual(new Set([1, 2, 3]))
    expect(asked[1]).toEqual(asked[2])
    expect(await records.numbers.document('140525', 'listing', 'd')).toEqual({ value: 4, year: 2023 })
    expect(await records.numbers.voidedDocuments('140525', 'listing')).toMatchObject([{ value: asked[1]?.value, reason: '未下达已销号' }])
  })

  it('shows what is not signed yet to its enterprise alone', async () => {
    const { number } = await hazard()

    expect(await seenBy(number, EVERYBODY)).toEqual(['E05.safety', 'E05.principal'])
  })

  it('shows what is signed to its town and the county, and to nobody of another town, mine or county', async () => {
    const { number, id } = await hazard({ status: 'SIGNED' })

    expect(await seenBy(number, EVERYBODY)).toEqual(['E05.safety', 'E05.principal', 'town1.staff', 'county.section', 'county.gov'])
    expect(await seenBy(number, ['E01.safety', 'county.section', 'county.head', 'admin'], '141023')).toEqual([])
    await records.store.admit(id, actor('expert.1').personId)
    expect(await seenBy(number, ['expert.1', 'expert.2'])).toEqual(['expert.1'])
  })

  it('never shows a hazard that was taken off its list before the signature, and goes on to show one that was void later', async () => {
    const taken = await hazard()
    const voided = await hazard({ status: 'SIGNED' })
    for (const { id } of [taken, voided]) await records.store.change(id, { status: 'VOID' }, { personId: null })

    expect(await seenBy(taken.number, ['E05.safety', 'county.section', 'town1.staff'])).toEqual(['E05.safety'])
    expect(await seenBy(voided.number, ['E05.safety', 'county.section', 'town1.staff'])).toEqual([
      'E05.safety',
      'county.section',
      'town1.staff',
    ])
  })

  it('hides a draft of the authority from the enterprise, and reports always', async () => {
    const draft = await hazard({
      kind: 'listing',
      status: 'DRAFT',
      side: 'authority',
      number: await records.numbers.next('140525', 'listing'),
    })
    const report = await hazard({
      kind: 'report',
      status: 'ISSUED',
      side: 'authority',
      number: await records.numbers.next('140525', 'report'),
    })

    expect(await seenBy(draft.number, ['E05.principal', 'county.staff'])).toEqual(['county.staff'])
    expect(await seenBy(report.number, ['E05.principal', 'town1.centre', 'county.staff'])).toEqual(['town1.centre', 'county.staff'])
  })

  it('keeps every version, the first due date, and refuses a change of an old one', async () => {
    const { id, rowVersion } = await hazard()
    const by = { personId: actor('E05.safety').personId, nodeId: 'plan' }

    await records.store.change(id, { dueAt: 1000, flags: ['overdue', 'extended'] }, by)
    const changed = await records.store.change(id, { dueAt: 2000, data: { description: '已清理' } }, by)

    expect(changed).toMatchObject({ dueAt: 2000, originalDueAt: 1000, rowVersion: 3, flags: ['overdue', 'extended'] })
    expect((await records.store.versions(id)).map((it) => it.data)).toEqual([
      { description: '边坡有浮石' },
      { description: '边坡有浮石' },
      { description: '已清理' },
    ])
    await expect(records.store.change(id, { status: 'SIGNED' }, { ...by, expectedVersion: rowVersion })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('loses no change when two change at the same moment', async () => {
    const { id } = await hazard()
    const by = { personId: null }

    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        database.transaction(async () => {
          const record = await records.store.lock(id)
          await records.store.change(id, { data: { ...record.data, [`key${i}`]: i } }, by)
        }),
      ),
    )

    const record = await records.store.byId(id)
    expect(Object.keys(record?.data ?? {})).toHaveLength(9)
    expect(record?.rowVersion).toBe(9)
  })

  it('finds a record from either end of its link, once', async () => {
    const [a, b] = [await hazard(), await hazard()]

    await records.trail.link(a.id, b.id, 'duplicateOf')
    await records.trail.link(a.id, b.id, 'duplicateOf')

    expect(await records.trail.linked(a.id)).toEqual([{ recordId: b.id, kind: 'duplicateOf', direction: 'to' }])
    expect(await records.trail.linked(b.id)).toEqual([{ recordId: a.id, kind: 'duplicateOf', direction: 'from' }])
  })
})
