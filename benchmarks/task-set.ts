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

/** How the tasks differ: teams of a thousand open tasks each, five offices that everybody shares, towns, amounts. */
export const TEAMS = 997
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
  const set = name === 'sqlite' ? sqliteSet(count, version) : await mariadbSet(count, version)
  let connector = await set.open()
  if (!(await isReady(connector))) {
    // Never begun, or broken off.
    await set.drop(connector)
    connector = await set.open()
    await fill(connector, count)
  }
  const opened = await openEngine(connector, {})
  return { ...opened, close: () => connector.close() }
}

/** Stands in the database when all is written. */
const READY = 'bench_ready'

const isReady = (connector: Connector): Promise<boolean> =>
  connector.read({ sql: `select * from ${READY}`, params: [] }).then(
    () => true,
    () => false,
  )

interface TaskSet {
  open(): Promise<Connector>
  drop(connector: Connector): Promise<void>
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
  await database.transaction((tx) => tx.query(`create table ${READY} (done int not null primary key)`))
}

function sqliteSet(count: number, version: string): TaskSet {
  const folder = join(tmpdir(), 'bihuan-bench-sets')
  const file = join(folder, `tasks-${count}-${version}.sqlite`)
  const clear = () => rmSync(folder, { recursive: true, force: true })
  return {
    open() {
      if (!existsSync(file)) clear()
      mkdirSync(folder, { recursive: true })
      return connectSqlite(file)
    },
    async drop(connector) {
      await connector.close()
      clear()
    },
  }
}

async function mariadbSet(count: number, version: string): Promise<TaskSet> {
  const server = await mariadbServer()
  const name = `bench_tasks_${count}_${version}`
  return {
    async open() {
      const connector = await connectMariadb(new URL(name, server).href, 4)
      const sql =
        "select schema_name as name from information_schema.schemata where schema_name like 'bench\\_tasks\\_%' and schema_name <> ?"
      const older = (await connector.read({ sql, params: [name] })) as { name: string }[]
      for (const one of older) await connector.read({ sql: `drop database ${one.name}`, params: [] })
      return connector
    },
    async drop(connector) {
      await connector.read({ sql: `drop database ${name}`, params: [] })
      await connector.close()
    },
  }
}
