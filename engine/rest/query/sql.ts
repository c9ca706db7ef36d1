import type { SqlValue } from '../../../database/database.ts'

/** A piece of SQL with its parameters. Texts are written in this folder's tables only, never made of input. */
export interface Sql {
  readonly text: string
  readonly params: readonly SqlValue[]
}

export const sql = (text: string, ...params: readonly SqlValue[]): Sql => ({ text, params })

export const allOf = (parts: readonly Sql[]): Sql => joined(parts, ' and ', '1 = 1')
export const anyOf = (parts: readonly Sql[]): Sql => joined(parts, ' or ', '1 = 0')

function joined(parts: readonly Sql[], by: string, empty: string): Sql {
  if (parts.length === 0) return sql(empty)
  if (parts.length === 1 && parts[0]) return parts[0]
  return { text: `(${parts.map(({ text }) => text).join(by)})`, params: parts.flatMap(({ params }) => params) }
}

export const not = (part: Sql): Sql => ({ text: `not (${part.text})`, params: part.params })

/** `column in (?, …)`; nothing fits an empty list. */
export const inList = (column: string, values: readonly SqlValue[]): Sql =>
  values.length === 0 ? sql('1 = 0') : sql(`${column} in (${values.map(() => '?').join(', ')})`, ...values)

export type Dialect = 'sqlite' | 'mariadb'

/**
 * `like` with `%`, `_` and `\`, minding case on both databases: SQLite's own `like` does not, its `glob` does.
 */
export function likeSql(column: string, pattern: string, dialect: Dialect): Sql {
  return dialect === 'sqlite' ? sql(`${column} glob ?`, globOf(pattern)) : sql(`${column} like ?`, pattern)
}

function globOf(pattern: string): string {
  let glob = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    const literal = char === '\\' && at + 1 < pattern.length ? pattern.charAt(++at) : char
    if (literal === char && char === '%') glob += '*'
    else if (literal === char && char === '_') glob += '?'
    else glob += '*?['.includes(literal) ? `[${literal}]` : literal
  }
  return glob
}
