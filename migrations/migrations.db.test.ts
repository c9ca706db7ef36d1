import { describe, expect, it } from '@jest/globals'
import { migrate } from '../database/migrate.ts'
import { testDatabases } from '../database/test-database.ts'
import { migrations } from './index.ts'

describe.each(testDatabases('migrations', migrations))('the migrations on $name', ({ open }) => {
  it('run once, and again on tables that exist', async () => {
    const { database, drop } = await open()

    expect(await migrate(database, migrations)).toEqual([])
    await database.query('delete from schema_migration')
    expect(await migrate(database, migrations)).toEqual(migrations.map((migration) => migration.id).sort())

    await drop()
  })
})
