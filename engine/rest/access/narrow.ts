import { allOf, anyOf, inList, type Sql, sql } from '../query/sql.ts'
import { extentOf, type KnownCaller } from './caller.ts'
import type { Right } from './permission.ts'

/** Which rows of a resource a caller may read: one of the rights, each with the column that names the thing it is about. */
export interface AuthorisedBy {
  /** Column of the tenant; null: the rows belong to none. */
  readonly tenant: string | null
  readonly rights: readonly (readonly [right: Right, column: string])[]
  /** Rows that are the caller's own: for tasks those that the caller works on. */
  readonly own?: (caller: KnownCaller) => Sql | null
}

/** The condition that lets through what the caller may read; null: everything. */
export function narrowTo(caller: KnownCaller, { tenant, rights, own }: AuthorisedBy): Sql | null {
  if (caller.isAdmin) return null
  const parts = [tenant === null ? null : tenantCondition(caller, tenant), rightsCondition(caller, rights, own?.(caller) ?? null)]
  const conditions = parts.filter((part) => part !== null)
  return conditions.length > 0 ? allOf(conditions) : null
}

function tenantCondition(caller: KnownCaller, column: string): Sql | null {
  if (caller.tenants === 'all') return null
  const { text, params } = inList(column, caller.tenants)
  return sql(`(${column} is null or ${text})`, ...params)
}

function rightsCondition(caller: KnownCaller, rights: AuthorisedBy['rights'], own: Sql | null): Sql | null {
  const choices: Sql[] = own ? [own] : []
  for (const [right, column] of rights) {
    const { everything, except } = extentOf(caller, right)
    if (everything && except.length === 0) return null
    const { text, params } = inList(column, except)
    if (everything) choices.push(sql(`(${column} is null or not ${text})`, ...params))
    else if (except.length > 0) choices.push(sql(text, ...params))
  }
  return anyOf(choices)
}
