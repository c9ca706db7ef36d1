import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { manualClock } from '../organisation/clock.ts'
import { type Audit, makeAudit } from './index.ts'

describe.each(testDatabases('audit', migrations))('audit on $name', ({ open }) => {
  let database: Database
  let audit: Audit
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    database = opened.database
    drop = opened.drop
    audit = makeAudit({ database, clock: manualClock(1_700_000_000_000) })
  })
  afterAll(() => drop())

  it('keeps one unbroken line per county when many write at the same moment', async () => {
    await audit.append({ countyCode: 'A' }, { action: 'begun', subject: 'line' })

    await Promise.all(Array.from({ length: 20 }, (_, i) => audit.append({ countyCode: 'A' }, { action: 'test', subject: `thing:${i}` })))
    await audit.append({ countyCode: 'B' }, { action: 'test', subject: 'thing' })

    expect((await audit.list('A')).map((it) => it.seq)).toEqual(Array.from({ length: 21 }, (_, i) => 21 - i))
    expect(await audit.verify('A')).toBeNull()
    expect(await audit.verify('B')).toBeNull()
  })

  it('writes nothing when the transaction of what it tells of is rolled back', async () => {
    const work = database.transaction(async () => {
      await audit.append({ countyCode: 'C' }, { action: 'test', subject: 'undone' })
      throw new Error('undone')
    })

    await expect(work).rejects.toThrow('undone')
    expect(await audit.list('C')).toEqual([])
  })

  it('names the first event that was changed, and notices events that were cut off', async () => {
    for (let i = 0; i < 5; i++) await audit.append({ countyCode: 'D' }, { action: 'test', subject: `thing:${i}` })
    await database.query('update audit_event set data = \'{"x":1}\' where county_id = ? and seq = ?', ['D', 3])
    expect(await audit.verify('D')).toBe(3)
    await database.query('delete from audit_event where county_id = ? and seq >= ?', ['D', 3])
    expect(await audit.verify('D')).toBe(3)
  })
})
