import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { forgetInstances } from './forget-history.ts'

describe.each(testDatabases('forget_history', migrations))('forgetting instances on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ database, drop } = await open())
  })
  afterAll(() => drop())

  it('forgets more at once than a statement may have parameters', async () => {
    const ids = Array.from({ length: 40_000 }, (_, i) => `i${i}`)
    const left = async () => (await database.query('select instance_id from hi_instance')).length
    await database.transaction(async (tx) => {
      for (const id of [ids[0], ids[39_999], 'other'])
        await tx.query(
          `insert into hi_instance (instance_id, root_id, definition_id, definition_key, started_at, state)
           values (?, 'i0', 'p:1', 'p', 0, 'COMPLETED')`,
          [id ?? ''],
        )
    })
    expect(await left()).toBe(3)

    await database.transaction(async (tx) => forgetInstances(tx, ids))

    expect(await left()).toBe(1)
  })
})
