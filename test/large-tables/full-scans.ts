import type { recordingConnector } from '../../benchmarks/recording.ts'
import type { Connector, Statement } from '../../database/connection.ts'

/** Tables of the engine that grow with the work. */
const ENGINE = '(?:ru|hi)_(?!batch|filter|job_definition)\\w+'

/** What `work` sends to the database. */
export async function statementsOf(
  connector: ReturnType<typeof recordingConnector>,
  work: () => Promise<unknown>,
): Promise<readonly Statement[]> {
  const recording = { transactions: [] as (readonly Statement[])[][], reads: [] as Statement[] }
  connector.recording = recording
  await work()
  connector.recording = null
  return [...recording.reads, ...recording.transactions.flat(2)]
}

/**
 * Of these statements those that read all rows of a large table, by the database's own explanation: `table: statement`. `large`: the
 * pattern of those tables' names.
 */
export async function fullScans(
  connector: Connector,
  statements: readonly Statement[],
  rows: number,
  large = ENGINE,
): Promise<readonly string[]> {
  const mentioned = new RegExp(
    `\\b(?:from|join)\\s+(${large})(?:\\s+(?:force index \\(\\w+\\) )?(?!where|order|limit|on|set|group|cross|straight_join|left|join)(\\w+))?`,
    'gi',
  )
  const found = new Set<string>()
  const seen = new Set<string>()
  for (const { sql, params } of statements.flatMap((statement) => asSelect(statement) ?? [])) {
    if (seen.has(sql)) continue
    seen.add(sql)
    const tableOf = new Map<string, string>()
    for (const [, table = '', alias] of sql.matchAll(mentioned)) tableOf.set((alias ?? table).toLowerCase(), table)
    const scanned =
      connector.dialect === 'sqlite' ? await scannedBySqlite(connector, sql, params) : await scannedByMariadb(connector, sql, params, rows)
    for (const alias of scanned) {
      const table = tableOf.get(alias.toLowerCase())
      if (table) found.add(`${table}: ${sql.replaceAll(/\s+/g, ' ')}`)
    }
  }
  return [...found]
}

/** What an update or delete has to find; null: nothing. */
function asSelect({ sql, params }: Statement): Statement | null {
  if (/^\s*select\b/i.test(sql)) return { sql, params }
  if (/^\s*delete\b/i.test(sql)) return { sql: sql.replace(/^\s*delete from/i, 'select 1 from'), params }
  const [, table, set = '', where] = /^\s*update (\w+) set (.*?) where (.*)$/is.exec(sql) ?? []
  return table === undefined ? null : { sql: `select 1 from ${table} where ${where}`, params: params.slice(set.split('?').length - 1) }
}

/** `SCAN t`; along an index it is fine where a page is taken from its beginning. */
async function scannedBySqlite(connector: Connector, sql: string, params: Statement['params']): Promise<readonly string[]> {
  const rows = (await connector.read({ sql: `explain query plan ${sql}`, params })) as { detail: string }[]
  return rows.flatMap(({ detail }) => {
    const [, alias, index] = /^SCAN (\w+)( USING (?:COVERING )?INDEX)?/.exec(detail) ?? []
    return alias !== undefined && !(index !== undefined && /\blimit\b/.test(sql)) ? [alias] : []
  })
}

/** Access by `ALL` or by a whole index, unless a limit ends it early. */
async function scannedByMariadb(connector: Connector, sql: string, params: Statement['params'], size: number): Promise<readonly string[]> {
  const rows = (await connector.read({ sql: `explain ${sql}`, params })) as {
    table: string | null
    type: string | null
    rows: number | null
  }[]
  return rows.flatMap(({ table, type, rows: read }) =>
    table !== null && (type === 'ALL' || type === 'index') && Number(read) > size / 2 ? [table] : [],
  )
}
