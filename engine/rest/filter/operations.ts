import { type Body, bodyOf, type Call, json, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { invalidRequest, notFound } from '../problem.ts'
import { findRow, listRows, type Request, readGet, readPost, unrestricted } from '../query/resource-query.ts'
import { countRows } from '../query/select-rows.ts'
import { halSingleTask, halTasks } from '../task/hal-task.ts'
import { taskQuery } from '../task/query.ts'
import { filterQuery } from './query.ts'
import { evaluated, narrowed } from './stored-query.ts'

export const filterOperations: readonly Operation[] = [
  ...queryOperations(filterQuery, { post: false, byId: false }).filter(({ path }) => path.endsWith('/count')),
  operation('GET', '/filter', 'Lists stored queries', async (call) => {
    const rows = await listRows(filterQuery, readGet(filterQuery, call.query), call.run)
    if (call.query.get('itemCount') === 'true')
      for (const row of rows) row.itemCount = await countRows(taskQuery, request(call, row.query as Body, {}), call.run)
    return json(rows)
  }),
  operation('POST', '/filter/create', 'Stores a query', async (call) => {
    const filter = readFilter(bodyOf(call))
    const id = call.runtime.context.newId()
    await call.runtime.database.transaction(async (tx) =>
      tx.write('insert into ru_filter (filter_id, resource_type, name, owner, query, properties) values (?, ?, ?, ?, ?, ?)', [
        id,
        filter.resourceType,
        filter.name,
        filter.owner,
        JSON.stringify(filter.query),
        filter.properties === null ? null : JSON.stringify(filter.properties),
      ]),
    )
    return json({ ...(await findRow(filterQuery, id, unrestricted(call.run))), properties: filter.properties })
  }),
  operation('GET', '/filter/:id', 'A stored query', async (call) => {
    const row = await find(call)
    if (call.query.get('itemCount') === 'true') row.itemCount = await countRows(taskQuery, request(call, row.query as Body, {}), call.run)
    return json(row)
  }),
  operation('OPTIONS', '/filter/:id', 'What one may do with a stored query', async (call) => {
    const href = `${call.base}/filter/${encodeURIComponent(param(call, 'id'))}`
    const runs = ['singleResult', 'list', 'count'].flatMap((rel) =>
      ['GET', 'POST'].map((method) => ({ method, href: `${href}/${rel}`, rel })),
    )
    return json({
      links: [
        { method: 'GET', href, rel: 'self' },
        ...runs,
        { method: 'DELETE', href, rel: 'delete' },
        { method: 'PUT', href, rel: 'update' },
      ],
    })
  }),
  operation('PUT', '/filter/:id', 'Changes a stored query', async (call) => {
    await find(call)
    const filter = readFilter(bodyOf(call))
    await call.runtime.database.transaction(async (tx) =>
      tx.write('update ru_filter set resource_type = ?, name = ?, owner = ?, query = ?, properties = ? where filter_id = ?', [
        filter.resourceType,
        filter.name,
        filter.owner,
        JSON.stringify(filter.query),
        filter.properties === null ? null : JSON.stringify(filter.properties),
        param(call, 'id'),
      ]),
    )
    return nothing
  }),
  operation('DELETE', '/filter/:id', 'Deletes a stored query', async (call) => {
    await find(call)
    await call.runtime.database.transaction(async (tx) => tx.write('delete from ru_filter where filter_id = ?', [param(call, 'id')]))
    return nothing
  }),
  ...(['GET', 'POST'] as const).flatMap((method) => [
    operation(
      method,
      '/filter/:id/list',
      'Runs a stored query',
      async (call) => json(await listRows(taskQuery, await requestOf(call), call.run)),
      {
        hal: async (call, answer) => {
          const count = await countRows(taskQuery, await requestOf(call), call.run)
          return halTasks(call, answer as Record<string, unknown>[], count, variablesOf(await find(call)))
        },
      },
    ),
    operation(method, '/filter/:id/count', 'Counts what a stored query finds', async (call) =>
      json({ count: await countRows(taskQuery, await requestOf(call), call.run) }),
    ),
    operation(
      method,
      '/filter/:id/singleResult',
      'The one result of a stored query',
      async (call) => {
        const rows = await listRows(taskQuery, await requestOf(call), call.run)
        if (rows.length > 1) throw invalidRequest('Filter does not returns a valid single result')
        return rows[0] ? json(rows[0]) : nothing
      },
      { hal: async (call, answer) => halSingleTask(call, answer as Record<string, unknown>, variablesOf(await find(call))) },
    ),
  ]),
]

/** Names of the variables that a filter shows with its tasks. */
function variablesOf(filter: Readonly<Record<string, unknown>>): readonly string[] | null {
  const variables = (filter.properties as Body | null)?.variables
  if (!Array.isArray(variables) || variables.length === 0) return null
  return variables.flatMap((one: Body) => (typeof one?.name === 'string' ? [one.name] : []))
}

async function find(call: Call): Promise<Record<string, unknown>> {
  const row = await findRow(filterQuery, param(call, 'id'), call.run)
  if (!row) throw notFound(`Filter with id '${param(call, 'id')}' does not exist.`)
  return row
}

const requestOf = async (call: Call): Promise<Request> => request(call, (await find(call)).query as Body, bodyOf(call))

function request(call: Call, stored: Body, further: Body): Request {
  const read = readPost(taskQuery, further, call.query)
  if (Object.values(stored).every((value) => Array.isArray(value) && value.length === 0)) return read
  return readPost(taskQuery, narrowed(evaluated(call, stored), further), call.query)
}

function readFilter(body: Body) {
  const resourceType = textOf(body, 'resourceType')
  const name = textOf(body, 'name')
  if (resourceType !== 'Task') throw invalidRequest(`Unable to create filter with invalid resource type '${resourceType}'`)
  if (name === null || name === '') throw invalidRequest('Name must not be null')
  if (body.query === undefined || body.query === null) throw invalidRequest('A filter has a query')
  const object = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {})
  readPost(taskQuery, withoutExpressions(object(body.query)), new URLSearchParams())
  return {
    resourceType: 'Task',
    name,
    owner: textOf(body, 'owner'),
    query: object(body.query),
    properties: body.properties === undefined || body.properties === null ? null : object(body.properties),
  }
}

/** What of a stored query can be read before it runs. */
function withoutExpressions(query: Body): Body {
  const plain = Object.entries(query).filter(([name]) => !name.endsWith('Expression'))
  return Object.fromEntries(
    plain.map(([name, value]) => [
      name,
      name === 'orQueries' && Array.isArray(value) ? value.map((one) => withoutExpressions(one as Body)) : value,
    ]),
  )
}
