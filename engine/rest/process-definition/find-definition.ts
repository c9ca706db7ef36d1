import type { DefinitionRow } from '../../runtime/definition-store.ts'
import { type Call, param } from '../http/call.ts'
import { notFound, Problem } from '../problem.ts'

/** How a path names a definition: by id, by key, or by key and tenant. */
export type Selector = 'id' | 'key' | 'tenant'

/** The three prefixes under which every operation on a definition exists. */
export const selectors: readonly { readonly selector: Selector; readonly prefix: (resource: string) => string }[] = [
  { selector: 'id', prefix: (resource) => `/${resource}/:id` },
  { selector: 'key', prefix: (resource) => `/${resource}/key/:key` },
  { selector: 'tenant', prefix: (resource) => `/${resource}/key/:key/tenant-id/:tenantId` },
]

/** The definition that a path names: by key the newest version. Without a tenant only definitions without one are meant. */
export async function findDefinition(call: Call, selector: Selector): Promise<DefinitionRow> {
  if (selector === 'id') {
    const row = await call.runtime.definitionRow(param(call, 'id'))
    if (!row) throw notFound(`No matching definition with id ${param(call, 'id')}`)
    return row
  }
  const key = param(call, 'key')
  const tenantId = selector === 'tenant' ? param(call, 'tenantId') : null
  const row = await latestOf(call, key, tenantId)
  if (!row)
    throw new Problem(
      404,
      'RestException',
      `No matching process definition with key: ${key} and ${tenantId === null ? 'no tenant-id' : `tenant-id: ${tenantId}`}`,
    )
  return row
}

async function latestOf(call: Call, key: string, tenantId: string | null): Promise<DefinitionRow | null> {
  const row = await call.runtime.latest(key, tenantId)
  return row && row.tenantId === tenantId ? row : null
}
