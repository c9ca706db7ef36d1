import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type NewFact, recordFact } from './fact.ts'

const signed = (change: Partial<NewFact> = {}): NewFact => ({
  type: 'hazard.signed',
  countyCode: '140525',
  townId: 'zhoucun',
  enterpriseId: 'E05',
  recordId: 'h1',
  hazardNo: '泽州-2023-0001',
  attributes: { level: 'GENERAL', industry: 'NCM.OPEN_PIT', foundAt: '2023-11-20T09:10' },
  countedAt: Date.parse('2023-11-20T17:00:00+08:00'),
  instanceId: 'i1',
  nodeId: 'principal-sign',
  runId: 'r1',
  ...change,
})

describe.each(testDatabases('fact', migrations))('recordFact on $name', (kind) => {
  let database: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    const opened = await kind.open()
    database = opened.database
    drop = opened.drop
  })
  afterAll(() => drop())

  const record = (fact: NewFact) => database.transaction((tx) => recordFact(tx, fact))
  const rows = () =>
    database.query<{ fact_id: string; unit_id: string; campaign_id: string | null; attributes: string; counted_at: number }>(
      'select fact_id, unit_id, campaign_id, attributes, counted_at from fact order by fact_id',
    )

  it('keeps one fact when the same run records it again', async () => {
    const first = await record(signed())
    const again = await record(signed())

    expect(again).toBe(first)
    expect(await rows()).toHaveLength(1)
  })

  it('keeps another fact when the next run of the node records it', async () => {
    const before = (await rows()).length

    await record(signed({ runId: 'r2' }))
    await record(signed({ runId: 'r2', occurrence: '2' }))

    expect(await rows()).toHaveLength(before + 2)
  })

  it('sets the campaign from industry and discovery, and keeps it for the hazard', async () => {
    await record(signed({ recordId: 'stock', attributes: { level: 'GENERAL', industry: 'NCM.OPEN_PIT', foundAt: '2023-10-01' } }))
    await record(signed({ recordId: 'stock', type: 'hazard.closed', attributes: { level: 'GENERAL' } }))
    await record(signed({ recordId: 'h9' }))
    await record(signed({ recordId: 'h9', type: 'hazard.closed', attributes: { level: 'GENERAL' } }))

    const found = await database.query<{ record_id: string; campaign_id: string | null }>(
      "select record_id, campaign_id from fact where record_id in ('stock', 'h9') order by record_id",
    )
    expect(found.map((row) => row.campaign_id)).toEqual(['bai-ri-gong-jian-2023', 'bai-ri-gong-jian-2023', null, null])
  })

  it('keeps money in fen and gives the county its own checks', async () => {
    const fine = await record(signed({ type: 'fine.decided', recordId: 'f', attributes: { fineWan: 1.05, industry: 'NCM' } }))
    const check = await record(signed({ type: 'check.finished', recordId: 'c', attributes: { source: 'DEPT' } }))

    const found = new Map((await rows()).map((row) => [row.fact_id, row]))
    expect(JSON.parse(found.get(fine)!.attributes)).toEqual({ fine: 1_050_000, industry: 'NCM' })
    expect(found.get(fine)!.unit_id).toBe('zhoucun')
    expect(found.get(check)!.unit_id).toBe('140525')
  })

  it('gives what the county does to an enterprise to the enterprise’s town', async () => {
    await database.query(
      "insert into enterprise (enterprise_id, county_id, town_id, code, name, industry, address, state) values ('E3', '140525', 'daji', 'E3', '三号', 'NCM', '', 'ACTIVE')",
    )

    const fine = await record(
      signed({ type: 'fine.decided', recordId: 'f3', townId: null, enterpriseId: 'E3', attributes: { fineWan: 2.5 } }),
    )

    expect((await rows()).find((row) => row.fact_id === fine)?.unit_id).toBe('daji')
  })

  it.each([
    ['an unknown type', signed({ type: 'hazard.imagined' })],
    ['an unknown attribute', signed({ attributes: { colour: 'red' } })],
    ['an amount that is none', signed({ type: 'fine.decided', attributes: { fineWan: 'much' } })],
  ])('refuses %s and keeps nothing', async (_, fact) => {
    const before = await rows()

    await expect(record({ ...fact, recordId: 'refused' })).rejects.toThrow()

    expect(await rows()).toEqual(before)
  })
})
