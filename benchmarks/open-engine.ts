import type { Connector } from '../database/connection.ts'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { makeDatabase } from '../database/transactions.ts'
import { createEmbeddedEngine } from '../engine/index.ts'
import { makeUuidV7 } from '../engine/uuid-v7.ts'
import { migrations } from '../migrations/index.ts'

export type BenchEngine = ReturnType<typeof createEmbeddedEngine>

/** The engine behind its port on a database with empty tables, with full history and without a pump of its own. */
export async function openEngine(connector: Connector, models: Readonly<Record<string, string>>) {
  const database = makeDatabase(connector)
  await migrate(database, migrations)
  let ahead = 0
  let idClock = () => Date.now()
  const engine = createEmbeddedEngine({ database, now: () => Date.now() + ahead, newId: makeUuidV7(() => idClock()), pump: false })
  const resources = Object.entries(models).map(([key, content]) => ({ name: `${key}.bpmn`, content }))
  if (resources.length > 0) await engine.deployments.create({ name: 'bench', resources })
  return {
    engine,
    database,
    /** Turns the engine's clock forward. */
    turn(ms: number) {
      ahead += ms
    },
    /** From now on all ids are of one moment, minutes after those before: see `seedCopies`. */
    freezeIds() {
      const then = Date.now() + 10 * 60_000
      idClock = () => then
    },
  }
}

/** What history says has been completed. */
export async function completedInstances(database: Database): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    "select count(*) as n from hi_instance where state = 'COMPLETED' and ended_at is not null",
  )
  return Number(row?.n ?? 0)
}
