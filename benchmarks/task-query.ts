import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { everybody } from '../engine/index.ts'
import { makeEngineRestListener } from '../engine/rest/router.ts'
import type { DatabaseName } from './databases.ts'
import type { Figure } from './figure.ts'
import { quantiles } from './loops.ts'
import { AMOUNTS, OFFICES, openTaskSet, PERSONS, TEAMS, TOWNS } from './task-set.ts'

type Body = Readonly<Record<string, unknown>>

/** A seeded sequence: each run asks the same. */
function random(): (below: number) => number {
  let state = 20_260_101
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return Math.floor((state / 0x7fffffff) * below) % below
  }
}

const newestFirst = [{ sortBy: 'created', sortOrder: 'desc' }]
const teams = (r: (below: number) => number) => [0, 1, 2].map(() => `team-${r(TEAMS)}`)
const variables = (r: (below: number) => number) => [
  { name: 'town', operator: 'eq', value: `town-${r(TOWNS)}` },
  { name: 'amount', operator: 'gteq', value: r(AMOUNTS) },
]
const urgent = { minPriority: 60, dueBefore: '2026-01-01T00:00:00.000+0000' }

/** What a task list asks: a page of twenty, or a count. `groups, variables, or` is the query of the issue. */
const queries: Readonly<Record<string, { readonly count?: true; readonly body: (r: (below: number) => number) => Body }>> = {
  'groups, variables, or': {
    body: (r) => ({ candidateGroups: teams(r), processVariables: variables(r), orQueries: [urgent], sorting: newestFirst }),
  },
  'the same by priority': {
    body: (r) => ({
      candidateGroups: teams(r),
      processVariables: variables(r),
      orQueries: [urgent],
      sorting: [{ sortBy: 'priority', sortOrder: 'desc' }, ...newestFirst],
    }),
  },
  'the same, counted': { count: true, body: (r) => ({ candidateGroups: teams(r), processVariables: variables(r), orQueries: [urgent] }) },
  'mine or my groups’': {
    body: (r) => ({
      processVariables: variables(r),
      orQueries: [{ candidateGroups: teams(r), assignee: `person-${r(PERSONS)}` }],
      sorting: newestFirst,
    }),
  },
  'a group of 200,000': {
    body: (r) => ({
      candidateGroups: [`office-${r(OFFICES)}`],
      processVariables: [{ name: 'town', operator: 'eq', value: `town-${r(TOWNS)}` }],
      orQueries: [urgent],
      sorting: newestFirst,
    }),
  },
  'my groups': { body: (r) => ({ candidateGroups: teams(r), sorting: newestFirst }) },
  'my groups, counted': { count: true, body: (r) => ({ candidateGroups: teams(r) }) },
  mine: { body: (r) => ({ assignee: `person-${r(PERSONS)}`, sorting: newestFirst }) },
  newest: { body: () => ({ sorting: newestFirst }) },
}

/** W9: task lists over `count` open tasks, by HTTP, one after the other, on a database that has its pages in memory. */
export async function taskQueryFigures(
  database: DatabaseName,
  count: number,
  rounds: number,
  add: (figure: Figure) => void,
): Promise<void> {
  const { engine, database: tables, close } = await openTaskSet(database, count)
  const pool = await growPool(database, (sql) => tables.query(sql))
  // A database in use has its pages in memory.
  for (const table of ['ru_task', 'ru_identity_link', 'ru_variable'])
    await tables.query(`select count(*) as n from ${table} where tenant_id = 'nobody'`)
  const server = createServer(makeEngineRestListener({ engine, callerOf: async () => everybody }, '/engine-rest'))
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
  for (const [query, { count: isCount, body }] of Object.entries(queries)) {
    const r = random()
    const ask = async () => {
      const path = isCount ? '/task/count' : '/task?firstResult=0&maxResults=20'
      const answer = await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body(r)),
      })
      const rows = (await answer.json()) as unknown[] | { count: number }
      if (!answer.ok) throw new Error(JSON.stringify(rows))
      return Array.isArray(rows) ? rows.length : rows.count
    }
    for (let i = 0; i < rounds / 2; i++) await ask()
    const times: number[] = []
    let rows = 0
    for (let i = 0; i < rounds; i++) {
      const begun = performance.now()
      rows += await ask()
      times.push(performance.now() - begun)
    }
    add({ work: 'task-query', query, engine: 'ours', database, size: count, rows: rows / rounds, ...quantiles(times) })
  }
  server.closeAllConnections()
  server.close()
  await pool.restore()
  await close()
}

const POOL_BYTES = 2_147_483_648

/** The tests' MariaDB has a small buffer pool; a database of a million tasks has one that holds its indexes. */
async function growPool(database: DatabaseName, query: (sql: string) => Promise<unknown>): Promise<{ restore(): Promise<void> }> {
  if (database === 'sqlite') return { restore: async () => undefined }
  const [before] = (await query('select @@innodb_buffer_pool_size as bytes')) as { bytes: number }[]
  await query(`set global innodb_buffer_pool_size = ${POOL_BYTES}`)
  return {
    restore: async () => void (await query(`set global innodb_buffer_pool_size = ${before?.bytes ?? POOL_BYTES}`)),
  }
}
