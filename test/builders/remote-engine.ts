import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createRemoteEngine } from '../../engine/index.ts'
import { makeUuidV7 } from '../../engine/uuid-v7.ts'
import { migrations } from '../../migrations/index.ts'

/** The engine of another server, with a database of our own for what is on the way. `settle` waits until both sides agree. */
export async function remoteEngine({ url, now }: { url: string; now: () => number }) {
  const database = await openDatabase('sqlite::memory:')
  await migrate(database, migrations)
  const engine = createRemoteEngine({ url, database, now, newId: makeUuidV7(Date.now) })
  return {
    engine,
    database,
    settle: () => engine.caughtUp(30_000),
    async close() {
      await engine.stop()
      await database.close()
    },
  }
}
