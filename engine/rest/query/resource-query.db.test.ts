import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '../../../database/database.ts'
import { testDatabases } from '../../../database/test-database.ts'
import { migrations } from '../../../migrations/index.ts'
import { everybody } from '../access/caller.ts'
import { Problem } from '../problem.ts'
import { taskQuery } from '../task/query.ts'
import { findRow, listRows, parametersOf, readGet, readPost } from './resource-query.ts'
import { countRows } from './select-rows.ts'

const NOW = Date.UTC(2026, 0, 1)

interface Row {
  readonly id: string
  readonly name: string
  readonly assignee?: string
  readonly priority?: number
  readonly due?: number
  readonly variable?: readonly [type: string, text: string | null, number: number | null]
  readonly group?: string
}

describe.each(testDatabases('rest_query', migrations))('queries of the REST API on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>

  beforeAll(async () => {
    ;({ database, drop } = await open())
    const rows: Row[] = [
      { id: 'a', name: 'Alpha 100%', assignee: 'kermit', priority: 10, due: NOW + 1000, variable: ['Integer', null, 5] },
      { id: 'b', name: 'beta', priority: 50, due: NOW + 2000, variable: ['Double', null, 5], group: 'sales' },
      { id: 'c', name: 'Gamma', assignee: 'piggy', priority: 90, variable: ['String', '5', null] },
    ]
    await database.transaction(async (tx) => {
      for (const { id, name, assignee, priority, due, variable, group } of rows) {
        tx.write(
          `insert into ru_task (task_id, instance_id, execution_id, name, name_lower, assignee, priority, due_at, created_at, suspended, task_definition_key)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
          [id, `i-${id}`, `i-${id}`, name, name.toLowerCase(), assignee ?? null, priority ?? 50, due ?? null, NOW, id],
        )
        if (variable)
          tx.write(
            "insert into ru_variable (instance_id, variable_id, execution_id, name, type, text_value, double_value, json_value, created_at) values (?, ?, ?, 'v', ?, ?, ?, '{}', ?)",
            [`i-${id}`, `v-${id}`, `i-${id}`, variable[0], variable[1], variable[2], NOW],
          )
        if (group)
          tx.write("insert into ru_identity_link (task_id, identity_link_id, type, group_id) values (?, ?, 'candidate', ?)", [
            id,
            `l-${id}`,
            group,
          ])
      }
    })
  })
  afterAll(() => drop())

  const run = () => ({
    dialect: database.dialect,
    now: NOW,
    userId: null,
    caller: { ...everybody, grants: [] },
    query: <R>(text: string, params?: readonly (string | number | bigint | boolean | null | Uint8Array)[]) =>
      database.query<R>(text, params),
  })
  const get = async (parameters: string) =>
    (await listRows(taskQuery, readGet(taskQuery, new URLSearchParams(parameters)), run())).map(({ id }) => id)
  const post = async (body: Record<string, unknown>, page = '') =>
    (await listRows(taskQuery, readPost(taskQuery, body, new URLSearchParams(page)), run())).map(({ id }) => id)

  it.each<[string, string[]]>([
    ['', ['a', 'b', 'c']],
    ['assignee=kermit', ['a']],
    ['assigneeIn=kermit,piggy', ['a', 'c']],
    ['assigneeNotIn=kermit', ['c']],
    ['unassigned=true', ['b']],
    ['unassigned=false', ['a', 'b', 'c']],
    ['name=ALPHA 100%25', ['a']],
    ['nameLike=%25A', ['b', 'c']],
    ['nameLike=%2510%25', ['a']],
    ['nameLike=_eta', ['b']],
    ['nameLike=%25\\%25', ['a']],
    ['assigneeLike=KER%25', []],
    ['minPriority=50', ['b', 'c']],
    ['dueAfter=2026-01-01T00:00:01.500%2B0000', ['b']],
    ['dueBefore=2026-01-01T08:00:01.500%2B0800', ['a']],
    ['candidateGroup=sales', ['b']],
    ['processVariables=v_eq_5', ['c']],
    ['sortBy=priority&sortOrder=desc', ['c', 'b', 'a']],
    ['sortBy=name&sortOrder=asc&firstResult=1&maxResults=1', ['c']],
    ['maxResults=0', []],
    ['nobodyKnows=1', ['a', 'b', 'c']],
  ])('GET %s', async (parameters, ids) => {
    expect(await get(parameters)).toEqual(ids)
  })

  it('compares numbers with numbers and a fraction with doubles only', async () => {
    expect(await post({ processVariables: [{ name: 'v', operator: 'eq', value: 5 }] })).toEqual(['a', 'b'])
    expect(await post({ processVariables: [{ name: 'v', operator: 'lt', value: 5.5 }] })).toEqual(['b'])
    expect(await post({ processVariables: [{ name: 'V', operator: 'eq', value: '5' }], variableNamesIgnoreCase: true })).toEqual(['c'])
  })

  it('joins alternatives by OR and everything else by AND', async () => {
    expect(await post({ orQueries: [{ assignee: 'kermit', priority: 90 }] })).toEqual(['a', 'c'])
    expect(await post({ assigned: true, orQueries: [{ name: 'beta', priority: 90 }] })).toEqual(['c'])
    expect(await post({ orQueries: [{ assignee: 'kermit', priority: 50 }, { name: 'beta' }] })).toEqual(['b'])
  })

  it('sorts by several columns and by a variable', async () => {
    expect(await post({ sorting: [{ sortBy: 'dueDate', sortOrder: 'desc' }] })).toEqual(['b', 'a', 'c'])
    expect(
      await post(
        { sorting: [{ sortBy: 'processVariable', sortOrder: 'desc', parameters: { variable: 'v', type: 'String' } }] },
        'maxResults=1',
      ),
    ).toEqual(['c'])
  })

  it('counts without the page and finds one by its key', async () => {
    const request = readGet(taskQuery, new URLSearchParams('maxResults=1&assigned=true'))

    expect(await countRows(taskQuery, request, run())).toBe(2)
    expect(await findRow(taskQuery, 'a', run())).toMatchObject({ id: 'a', due: '2026-01-01T00:00:01.000+0000', suspended: false })
    expect(await findRow(taskQuery, 'none', run())).toBeNull()
  })

  it.each([
    'sortBy=priority',
    'sortOrder=asc',
    'sortBy=nope&sortOrder=asc',
    'sortBy=priority&sortOrder=up',
    'priority=high',
    'unassigned=maybe',
    'dueBefore=2020-01-01',
    'dueBefore=2020-01-01T00:00:00.000Z',
    'processVariables=a_nope_b',
    'delegationState=FOO',
    'firstResult=x',
  ])('refuses GET %s', (parameters) => {
    expect(() => readGet(taskQuery, new URLSearchParams(parameters))).toThrow(Problem)
  })

  it('refuses expressions in a query that is not stored', () => {
    expect(() => readPost(taskQuery, { assigneeExpression: '1' }, new URLSearchParams())).toThrow('Expressions are forbidden')
  })

  it('describes every filter for OpenAPI', () => {
    const names = parametersOf(taskQuery).map(({ name }) => name)

    expect(names).toEqual(expect.arrayContaining([...Object.keys(taskQuery.filters), 'sortBy', 'sortOrder', 'firstResult', 'maxResults']))
  })
})
