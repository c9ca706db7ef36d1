import { type Body, bodyOf, type Call, textsOf } from '../http/call.ts'
import { keysOf, type ResourceQuery, readPost } from './resource-query.ts'

/** What a body speaks of, each once: listed under `ids`, or found by the queries that it has under these names. */
export async function chosen(call: Call, ids: string, queries: Readonly<Record<string, ResourceQuery>>): Promise<readonly string[]> {
  const body = bodyOf(call)
  const found = new Set(textsOf(body, ids) ?? [])
  for (const [name, resource] of Object.entries(queries)) {
    const criteria = body[name]
    if (criteria === undefined || criteria === null) continue
    for (const id of await keysOf(resource, readPost(resource, criteria as Body, new URLSearchParams()), call.run)) found.add(id)
  }
  return [...found]
}
