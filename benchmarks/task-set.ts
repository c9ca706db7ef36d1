import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connector } from '../database/connection.ts'
import { connectMariadb } from '../database/mariadb.ts'
import { connectSqlite } from '../database/sqlite.ts'
import { type DatabaseName, mariadbServer } from './databases.ts'
import { userTasks } from './models.ts'
import { openEngine } from './open-engine.ts'
import { seedCopies } from './seed.ts'

/** How the tasks differ: teams of some two thousand open tasks each, five offices that everybody shares, towns, amounts. */
export const TEAMS = 499
export const OFFICES = 5
export const TOWNS = 19
export const AMOUNTS = 1009
export const PERSONS = 5003

const MINUTE_MS = 60_000

/** `count` open tasks as the engine would have written them. They are made once and kept outside the checkout, until the tables change. */
export async function openTaskSet(name: DatabaseName, count: number) {
  const tables = readFileSync(fileURLToPath(new URL('../migrations/101-engine-tables.ts', import.meta.url)), 'utf8')
  const own = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  const version = createHash('sha256').update(tables).update(own).digest('hex').slice(0, 8)
  const connector = name === 'sqlite' ? await sqliteSet(count, version) : await mariadbSet(count, version)
  const opened = await openEngine(connector, {})
  const ready = await opened.database.query('select 1 from re_definition limit 1')
  if (ready.length === 0) await fill(connector, count)
  return { ...opened, close: () => connector.close() }
}

async function fill(connector: Connector, count: number): Promise<void> {
  const key = 'bench'
  const model = userTasks(key, 1).replace('camunda:candidateGroups="leaders"', 'camunda:candidateGroups="team,office"')
  const { engine, database, freezeIds } = await openEngine(connector, { [key]: model })
  freezeIds()
  const { id } = await engine.instances.start({
    definitionKey: key,
    businessKey: 'case',
    variables: { amount: { t: 'Integer', v: 1 }, town: { t: 'String', v: 'town' }, approved: { t: 'Boolean', v: true } },
  })
  const text = (prefix: string, number: string) =>
    database.dialect === 'sqlite' ? `('${prefix}' || (${number}))` : `concat('${prefix}', ${number})`
  const created = `${Date.now() - count * MINUTE_MS} + n.i * ${MINUTE_MS}`
  await seedCopies(database, id, count, {
    ru_task: [
      {
        columns: {
          created_at: created,
          priority: '(n.i * 31) % 101',
          assignee: `case when (n.i * 37) % 10 = 0 then ${text('person-', `(n.i * 41) % ${PERSONS}`)} end`,
          due_at: `case when n.i % 2 = 0 then ${created} + ((n.i * 43) % 90) * 86400000 end`,
        },
      },
    ],
    ru_identity_link: [
      { where: 'group_id=team', columns: { group_id: text('team-', `(n.i * 7919) % ${TEAMS}`) } },
      { where: 'group_id=office', columns: { group_id: text('office-', `(n.i * 6007) % ${OFFICES}`) } },
    ],
    ru_variable: [
      { where: 'name=amount', columns: { long_value: `(n.i * 104729) % ${AMOUNTS}`, double_value: `(n.i * 104729) % ${AMOUNTS}` } },
      { where: 'name=town', columns: { text_value: text('town-', `(n.i * 1299709) % ${TOWNS}`) } },
    ],
  })
}

async function sqliteSet(count: number, version: string): Promise<Connector> {
  const folder = join(tmpdir(), 'bihuan-bench-sets')
  const file = join(folder, `tasks-${count}-${version}.sqlite`)
  if (!existsSync(file)) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return connectSqlite(file)
}

async function mariadbSet(count: number, version: string): Promise<Connector> {
  const server = await mariadbServer()
  const name = `bench_tasks_${count}_${version}`
  const connector = await connectMariadb(new URL(name, server).href, 4)
  const older = (await connector.read({
    sql: "select schema_name as name from information_schema.schemata where schema_name like 'bench\\_tasks\\_%' and schema_name <> ?",
    params: [name],
  })) as { name: string }[]
  for (const one of older) await connector.read({ sql: `drop database ${one.name}`, params: [] })
  return connector
}
