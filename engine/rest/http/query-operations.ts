import { narrowed } from '../access/rule.ts'
import { notFound } from '../problem.ts'
import { findRow, listRows, parametersOf, type ResourceQuery, readGet, readPost } from '../query/resource-query.ts'
import { countRows } from '../query/select-rows.ts'
import { bodyOf, json, param } from './call.ts'
import { type Operation, operation } from './operation.ts'

interface Wanted {
  readonly post?: boolean
  readonly byId?: boolean
}

/** The operations that every searchable resource has: list and count, by GET and by POST, and one by its id. */
export function queryOperations(resource: ResourceQuery, { post = true, byId = true }: Wanted = {}): readonly Operation[] {
  const path = `/${resource.name}`
  const parameters = parametersOf(resource)
  const operations = [
    operation(
      'GET',
      path,
      `Lists ${resource.name}`,
      async (call) => json(await listRows(resource, readGet(resource, call.query), call.run)),
      { parameters },
    ),
    operation(
      'GET',
      `${path}/count`,
      `Counts ${resource.name}`,
      async (call) => json({ count: await countRows(resource, readGet(resource, call.query), call.run) }),
      {
        parameters,
      },
    ),
  ]
  if (post)
    operations.push(
      operation('POST', path, `Lists ${resource.name}, parameters in the body`, async (call) =>
        json(await listRows(resource, readPost(resource, bodyOf(call), call.query), call.run)),
      ),
      operation('POST', `${path}/count`, `Counts ${resource.name}, parameters in the body`, async (call) =>
        json({ count: await countRows(resource, readPost(resource, bodyOf(call), call.query), call.run) }),
      ),
    )
  if (byId)
    operations.push(
      operation('GET', `${path}/:id`, `One of ${resource.name}`, async (call) => {
        const id = param(call, 'id')
        const row = await findRow(resource, id, call.run, (name) =>
          name === 'deserializeValues' ? call.query.get(name) !== 'false' : undefined,
        )
        if (!row) throw notFound(`No matching ${resource.name} with id ${id}`)
        return json(row)
      }),
    )
  const rule = narrowed(resource.authorisedBy?.rights.map(([right]) => right) ?? [])
  return operations.map((one) => ({ ...one, authorisedBy: rule }))
}
