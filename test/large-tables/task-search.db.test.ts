import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { seedCopies } from '../../benchmarks/seed.ts'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { createEmbeddedEngine, everybody } from '../../engine/index.ts'
import { listRows, readPost } from '../../engine/rest/query/resource-query.ts'
import { countRows } from '../../engine/rest/query/select-rows.ts'
import { taskQuery } from '../../engine/rest/task/query.ts'
import { makeUuidV7 } from '../../engine/uuid-v7.ts'
import { migrations } from '../../migrations/index.ts'

const COPIES = 9000
const NOW = Date.UTC(2026, 0, 1)

const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="p" isExecutable="true" camunda:historyTimeToLive="5">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="check"/><userTask id="check" camunda:candidateGroups="team,office"/>
  </process>
</definitions>`

const { search: _, ...plainQuery } = taskQuery

/** The same question with the search plan and without: the plan may only be faster. */
describe.each(testDatabases('task_search', migrations))('searching many tasks on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  let asked: string[] = []

  beforeAll(async () => {
    ;({ database, drop } = await open())
    let moment = NOW
    const engine = createEmbeddedEngine({ database, now: () => NOW, newId: makeUuidV7(() => moment), pump: false })
    await engine.deployments.create({ name: 'p', resources: [{ name: 'p.bpmn', content: model }] })
    moment += 10 * 60_000
    const { id } = await engine.instances.start({
      definitionKey: 'p',
      businessKey: 'case',
      variables: { amount: { t: 'Integer', v: 1 }, town: { t: 'String', v: 'town' }, open: { t: 'Boolean', v: true } },
    })
    const text = (prefix: string, of: string) => (database.dialect === 'sqlite' ? `('${prefix}' || (${of}))` : `concat('${prefix}', ${of})`)
    await seedCopies(database, id, COPIES, {
      ru_instance: [{ columns: { business_key: text('case-', 'n.i') } }],
      ru_task: [
        {
          columns: {
            created_at: `${NOW} + n.i * 1000`,
            priority: '(n.i * 31) % 101',
            assignee: `case when n.i % 10 = 0 then ${text('person-', '(n.i * 41) % 53')} end`,
            business_key: text('case-', 'n.i'),
          },
        },
      ],
      ru_identity_link: [
        { where: 'group_id=team', columns: { group_id: text('team-', '(n.i * 7919) % 67') } },
        { where: 'group_id=office', columns: { group_id: text('office-', 'n.i % 2') } },
      ],
      ru_variable: [
        { where: 'name=amount', columns: { long_value: '(n.i * 17) % 97', double_value: '(n.i * 17) % 97' } },
        { where: 'name=town', columns: { text_value: text('town-', '(n.i * 13) % 19') } },
      ],
    })
    await database.transaction(async (tx) => {
      await tx.query("update ru_identity_link set group_id = null, user_id = 'anna' where group_id = 'team-5'")
      await tx.query("insert into id_membership (kind, member_id, owner_id) values ('user-group', 'anna', 'team-6')")
    })
  }, 60_000)
  afterAll(() => drop())

  const run = () => ({
    dialect: database.dialect,
    now: NOW,
    userId: null,
    caller: { ...everybody, grants: [] },
    query: <R>(sql: string, params?: Parameters<Database['query']>[1]) => {
      asked.push(sql)
      return database.query<R>(sql, params)
    },
  })
  const newestFirst = [{ sortBy: 'created', sortOrder: 'desc' }]
  const town = { name: 'town', operator: 'eq', value: 'town-3' }
  const amount = { name: 'amount', operator: 'gteq', value: 40 }

  it.each<[string, Record<string, unknown>]>([
    ['one group', { candidateGroup: 'team-7', sorting: newestFirst }],
    ['two groups that share tasks', { candidateGroups: ['team-7', 'office-1'], sorting: newestFirst }],
    ['a large group', { candidateGroups: ['office-1'], sorting: newestFirst }],
    [
      'a large group and a rare value',
      { candidateGroup: 'office-1', processVariables: [{ ...town, value: 'nowhere' }], sorting: newestFirst },
    ],
    [
      'groups, variables, or',
      {
        candidateGroups: ['team-7', 'team-8'],
        processVariables: [town, amount],
        orQueries: [{ minPriority: 60, assignee: 'person-3' }],
        sorting: newestFirst,
      },
    ],
    [
      'a large group, variables, or',
      { candidateGroups: ['office-0'], processVariables: [amount], orQueries: [{ minPriority: 60, name: 'x' }], sorting: newestFirst },
    ],
    ['mine or my groups’', { orQueries: [{ candidateGroups: ['team-7', 'team-8'], assignee: 'person-3' }], sorting: newestFirst }],
    ['mine or a large group’s', { processVariables: [amount], orQueries: [{ candidateGroup: 'office-1', assignee: 'person-3' }] }],
    ['a user by name and by group', { candidateUser: 'anna', sorting: newestFirst }],
    ['assigned ones too', { candidateGroup: 'team-7', includeAssignedTasks: true, sorting: newestFirst }],
    ['a number alone', { processVariables: [{ name: 'amount', operator: 'eq', value: 40 }] }],
    ['a text that must not be', { candidateGroup: 'team-7', processVariables: [{ ...town, operator: 'neq' }] }],
    ['names that ignore case', { processVariables: [{ ...town, name: 'TOWN' }], variableNamesIgnoreCase: true }],
    ['a business key', { processInstanceBusinessKey: 'case-77' }],
    ['a process', { processDefinitionKey: 'p', candidateGroup: 'office-1', sorting: newestFirst }],
    ['several sortings', { candidateGroup: 'team-7', sorting: [{ sortBy: 'priority', sortOrder: 'asc' }, ...newestFirst] }],
    [
      'a variable’s order',
      {
        candidateGroup: 'team-7',
        sorting: [{ sortBy: 'processVariable', sortOrder: 'desc', parameters: { variable: 'amount', type: 'Integer' } }],
      },
    ],
    ['nothing but the order', { sorting: newestFirst }],
    ['an order without an index', { unassigned: true, sorting: [{ sortBy: 'priority', sortOrder: 'desc' }] }],
  ])('finds the same by %s', async (_name, body) => {
    for (const page of ['firstResult=0&maxResults=20', 'firstResult=15&maxResults=30', '']) {
      const request = readPost(taskQuery, body, new URLSearchParams(page))

      const planned = (await listRows(taskQuery, request, run())).map(({ id }) => id)
      const plain = (await listRows(plainQuery, request, run())).map(({ id }) => id)

      expect(planned).toEqual(plain)
    }
    const request = readPost(taskQuery, body, new URLSearchParams())
    expect(await countRows(taskQuery, request, run())).toBe(await countRows(plainQuery, request, run()))
  })

  it('walks down from the newest when filters let much through, and begins at the smallest filter otherwise', async () => {
    const sent = async (body: Record<string, unknown>) => {
      asked = []
      await listRows(taskQuery, readPost(taskQuery, body, new URLSearchParams('maxResults=20')), run())
      return asked.at(-1) ?? ''
    }

    expect(await sent({ candidateGroup: 'office-1', processVariables: [amount], sorting: newestFirst })).toMatch(
      /from ru_task t .*created_at >= \?/,
    )
    expect(await sent({ candidateGroup: 'team-7', processVariables: [amount], sorting: newestFirst })).toContain('from ru_identity_link c')
    expect(
      await sent({
        candidateGroup: 'office-1',
        processVariables: [amount, { name: 'amount', operator: 'eq', value: 41 }],
        sorting: newestFirst,
      }),
    ).toContain('from ru_variable c')
  })
})
