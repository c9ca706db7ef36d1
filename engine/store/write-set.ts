import type { SqlValue, Tx } from '../../database/database.ts'
import { type TableName, tableNames, tables } from './tables.ts'

export type Row = Readonly<Record<string, SqlValue>>

interface Entry {
  op: 'insert' | 'upsert' | 'update' | 'delete'
  /** Holds the key's columns at least. The set's own: a later change is written into it. */
  row: OwnRow
}

type OwnRow = Record<string, SqlValue>

/** A statement holds at most so many parameters: SQLite's own limit is 32,766. */
const MAX_PARAMETERS = 8000

/**
 * The writes of one command or of a batch, as data: by table and key, each row once. What is inserted and changed again becomes one
 * insert; what is inserted and deleted again is never written. `flush` sends one multi-row statement per table and kind of change.
 */
export class WriteSet {
  private readonly entries = new Map<TableName, Map<string, Entry>>()
  private readonly endedInstances = new Map<TableName, Set<string>>()
  private readonly ended = new Set<string>()
  private readonly dialect: 'sqlite' | 'mariadb'

  constructor(dialect: 'sqlite' | 'mariadb') {
    this.dialect = dialect
  }

  get isEmpty(): boolean {
    return this.entries.size === 0 && this.endedInstances.size === 0
  }

  /** Takes the row over. */
  insert(table: TableName, row: OwnRow): void {
    const rows = this.rowsOf(table)
    const key = keyText(table, row)
    const before = rows.get(key)
    rows.set(key, { op: before?.op === 'delete' ? 'upsert' : 'insert', row })
  }

  /** Writes the whole row over what is there; takes it over. */
  upsert(table: TableName, row: OwnRow): void {
    const rows = this.rowsOf(table)
    const key = keyText(table, row)
    const before = rows.get(key)
    rows.set(key, { op: before?.op === 'insert' ? 'insert' : 'upsert', row })
  }

  /** Changes some columns. `patch` includes the key, and is taken over. */
  update(table: TableName, patch: OwnRow): void {
    const rows = this.rowsOf(table)
    const key = keyText(table, patch)
    const before = rows.get(key)
    if (!before) rows.set(key, { op: 'update', row: patch })
    else if (before.op !== 'delete') for (const column in patch) before.row[column] = patch[column] as SqlValue
  }

  delete(table: TableName, keyRow: OwnRow): void {
    const rows = this.rowsOf(table)
    const key = keyText(table, keyRow)
    if (rows.get(key)?.op === 'insert') {
      rows.delete(key)
      return
    }
    const instanceId = keyRow.instance_id
    if (tables[table].owned && typeof instanceId === 'string' && this.ended.has(instanceId)) {
      rows.delete(key)
      const instances = this.endedInstances.get(table) ?? new Set()
      this.endedInstances.set(table, instances.add(instanceId))
      return
    }
    rows.set(key, { op: 'delete', row: keyRow })
  }

  /** From here on, deletes of rows that the instance owns become one statement per table. */
  endInstance(instanceId: string): void {
    this.ended.add(instanceId)
  }

  /** Hands everything to the transaction; the set is empty afterwards. */
  flush(tx: Tx): void {
    for (const table of tableNames) {
      const instances = this.endedInstances.get(table)
      if (instances) inChunks([...instances], 1, (ids) => tx.write(`delete from ${table} where instance_id in (${marks(ids.length)})`, ids))
      const rows = this.entries.get(table)
      if (rows) this.flushTable(tx, table, [...rows.values()])
    }
    this.entries.clear()
    this.endedInstances.clear()
    this.ended.clear()
  }

  private flushTable(tx: Tx, table: TableName, entries: readonly Entry[]): void {
    const deletes: Row[] = []
    const inserts: Row[] = []
    const upserts: Row[] = []
    const updates = new Map<string, { row: Row; keys: Row[] }>()
    for (const { op, row } of entries) {
      if (op === 'insert') inserts.push(row)
      else if (op === 'upsert') upserts.push(row)
      else if (op === 'delete') deletes.push(row)
      else group(updates, table, row)
    }
    const keyWidth = tables[table].key.length
    inChunks(deletes, keyWidth, (keys) =>
      tx.write(`delete from ${table} where ${keyCondition(table, keys.length)}`, keyParams(table, keys)),
    )
    if (inserts.length > 0) this.writeRows(tx, table, filledColumns(inserts), inserts, '')
    // A row that is written over has to lose what the new one does not have.
    if (upserts.length > 0) {
      const columns = allColumns(upserts)
      this.writeRows(tx, table, columns, upserts, this.onConflict(table, columns))
    }
    for (const { row, keys } of updates.values()) {
      const columns = Object.keys(row)
      const set = columns.map((column) => `${column} = ?`).join(', ')
      inChunks(keys, keyWidth, (some) =>
        tx.write(`update ${table} set ${set} where ${keyCondition(table, some.length)}`, [
          ...Object.values(row),
          ...keyParams(table, some),
        ]),
      )
    }
  }

  private writeRows(tx: Tx, table: TableName, columns: readonly string[], rows: readonly Row[], suffix: string): void {
    const tuple = `(${marks(columns.length)})`
    inChunks(rows, columns.length, (some) => {
      const params: SqlValue[] = new Array(some.length * columns.length)
      let i = 0
      for (const row of some) for (const column of columns) params[i++] = row[column] ?? null
      tx.write(`insert into ${table} (${columns.join(', ')}) values ${tuple}${`, ${tuple}`.repeat(some.length - 1)}${suffix}`, params)
    })
  }

  private onConflict(table: TableName, columns: readonly string[]): string {
    const key: readonly string[] = tables[table].key
    const rest = columns.filter((column) => !key.includes(column))
    if (this.dialect === 'mariadb') return ` on duplicate key update ${rest.map((column) => `${column} = values(${column})`).join(', ')}`
    return ` on conflict (${key.join(', ')}) do update set ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`
  }

  private rowsOf(table: TableName): Map<string, Entry> {
    let rows = this.entries.get(table)
    if (!rows) {
      rows = new Map()
      this.entries.set(table, rows)
    }
    return rows
  }
}

const idColumns = Object.fromEntries(
  tableNames.map((name) => {
    const table: { readonly key: readonly string[]; readonly id?: string } = tables[name]
    return [name, table.key.length === 1 ? table.key[0] : table.id]
  }),
) as Readonly<Record<TableName, string | undefined>>

function keyText(table: TableName, row: Row): string {
  const id = idColumns[table]
  if (id !== undefined) return String(row[id])
  const { key } = tables[table]
  let text = ''
  for (const column of key) text += `${row[column]}\n`
  return text
}

/** The columns that any of the rows fills: the others are null by themselves. */
function filledColumns(rows: readonly Row[]): string[] {
  const columns = new Set<string>()
  for (const row of rows)
    for (const column in row) if (!columns.has(column) && row[column] !== null && row[column] !== undefined) columns.add(column)
  return [...columns]
}

function allColumns(rows: readonly Row[]): string[] {
  const columns = new Set<string>()
  for (const row of rows) for (const column in row) columns.add(column)
  return [...columns]
}

/** Updates that set the same columns to the same values share one statement. */
function group(updates: Map<string, { row: Row; keys: Row[] }>, table: TableName, patch: Row): void {
  const key: readonly string[] = tables[table].key
  const row: Record<string, SqlValue> = {}
  let signature = ''
  for (const column in patch) {
    if (key.includes(column)) continue
    row[column] = patch[column] ?? null
    signature += `${column}=${typeof patch[column]}:${patch[column]}\n`
  }
  if (signature === '') return
  const found = updates.get(signature)
  if (found) found.keys.push(patch)
  else updates.set(signature, { row, keys: [patch] })
}

const marks = (count: number) => Array.from({ length: count }, () => '?').join(', ')

function keyCondition(table: TableName, count: number): string {
  const { key } = tables[table]
  if (key.length === 1) return `${key[0]} in (${marks(count)})`
  const one = `(${key.map((column) => `${column} = ?`).join(' and ')})`
  return Array.from({ length: count }, () => one).join(' or ')
}

const keyParams = (table: TableName, keys: readonly Row[]) => keys.flatMap((key) => tables[table].key.map((column) => key[column] ?? null))

function inChunks<T>(items: readonly T[], width: number, send: (some: T[]) => void): void {
  const size = Math.max(1, Math.floor(MAX_PARAMETERS / width))
  // SQLite limits the depth of an expression: at most 500 alternatives joined by `or`.
  const step = Math.min(size, 500)
  for (let i = 0; i < items.length; i += step) send(items.slice(i, i + step))
}
