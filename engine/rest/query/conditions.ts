import { narrowTo } from '../access/narrow.ts'
import type { FilterContext } from './filter.ts'
import type { QueryRun, Request, ResourceQuery } from './resource-query.ts'
import { allOf, anyOf, type Sql, sql } from './sql.ts'

/** What the caller may read. */
export const readable = ({ authorisedBy }: ResourceQuery, { caller }: QueryRun): readonly Sql[] => {
  const condition = authorisedBy && narrowTo(caller, authorisedBy)
  return condition ? [condition] : []
}

/** Everything that a row must fulfil. */
export function conditionsOf(resource: ResourceQuery, request: Request, run: QueryRun): Sql {
  const value = (name: string): unknown => request.values.get(name) ?? request.alternatives.find((values) => values.has(name))?.get(name)
  const always = resource.always?.(value)
  const parts = [...(always ? [sql(always)] : []), ...readable(resource, run), ...wheres(resource, request.values, run, false)]
  for (const alternative of request.alternatives) {
    const choices = wheres(resource, alternative, run, true)
    if (choices.length > 0) parts.push(anyOf(choices))
  }
  return allOf(parts)
}

function wheres(resource: ResourceQuery, values: ReadonlyMap<string, unknown>, run: QueryRun, isAlternative: boolean): Sql[] {
  resource.check?.(
    (name) => values.has(name),
    (name) => values.get(name),
  )
  const context = contextOf(values, run, isAlternative)
  const parts: Sql[] = []
  for (const [name, value] of values) {
    const part = resource.filters[name]?.where(value as never, context)
    if (part) parts.push(part)
  }
  return parts
}

/** What the filters of one set of parameters may look at. */
export const contextOf = (values: ReadonlyMap<string, unknown>, run: QueryRun, isAlternative: boolean): FilterContext => ({
  dialect: run.dialect,
  now: run.now,
  userId: run.userId,
  has: (name) => values.has(name),
  flag: (name) => values.get(name) === true,
  value: (name) => values.get(name),
  isAlternative,
})
