import { tmpdir } from 'node:os'
import { pino } from 'pino'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { migrations } from '../../migrations/index.ts'
import { composeApplication } from '../../server/compose.ts'
import { readConfig } from '../../server/config.ts'
import type { Route } from '../../server/http/route.ts'
import { uuidV7 } from '../../server/new-id.ts'
import { manualClock } from '../../server/organisation/index.ts'

/** Every route of the whole server, as it is composed. */
export async function declaredRoutes(): Promise<readonly Route[]> {
  const database = await openDatabase('sqlite::memory:')
  await migrate(database, migrations)
  const clock = manualClock(0)
  const config = readConfig({ DATA_DIR: tmpdir(), LOG_LEVEL: 'silent' }, '/')
  const { routes } = composeApplication({
    database,
    clock,
    machine: clock,
    newId: uuidV7,
    config,
    log: pino({ level: 'silent' }),
    pump: false,
  })
  await database.close()
  return routes
}
