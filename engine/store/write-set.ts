import type { SqlValue, Tx } from '../../database/database.ts'
import { type TableName, tableNames, tables } from './tables.ts'

export type Row = Readonly<Record<string, SqlValue>>

type Entry = { readonly op: 'insert' | 'upsert' | 'update'; row: Row } | { readonly op: 'delete' }

/** A statement holds at most so many parameters: SQLite's own limit is 32,766. */
const MAX_PARAMETERS = 8000

/**
 * The writes of one command or of a batch, as data: by table and key, each row once. What is inserted and changed again becomes one
 * insert; what is inserted and deleted again is never written. `flush` sends one multi-row statement per table and kind of change.
 */
export class WriteSet {
  private readonly entries = new Map<TableName, Map<string, { key: Row; entry: Entry }>>()
  private readonly endedInstances = new Map<TableName, Set<string>>()
  private readonly ended = new Set<string>()
  private readonly dialect: 'sqlite' | 'mariadb'

  constructor(dialect: 'sqlite' | 'mariadb') {
    this.dialect = dialect
  }

  get isEmpty(): boolean {
    return this.entries.size === 0 && this.endedInstances.size === 0
  }

  insert(table: TableName, row: Row): void {
    const { rows, key, text } = this.at(table, row)
    const before = rows.get(text)?.entry.op
    rows.set(text, { key, entry: { op: before === 'delete' ? 'upsert' : 'insert', row } })
  }

  /** Writes the whole row over what is there. */
  upsert(table: TableName, row: Row): void {
    const { rows, key, text } = this.at(table, row)
    const before = rows.get(text)?.entry.op
    rows.set(text, { key, entry: { op: before === 'insert' ? 'insert' : 'upsert', row } })
  }

  /** Changes some columns. `patch` includes the key. */
  update(table: TableName, patch: Row): void {
    const { rows, key, text } = this.at(table, patch)
    const before = rows.get(text)?.entry
    if (before?.op === 'delete') return
    rows.set(text, { key, entry: before ? { op: before.op, row: { ...before.row, ...patch } } : { op: 'update', row: patch } })
  }

  delete(table: TableName, keyRow: Row): void {
    const instanceId = keyRow.instance_id
    const { rows, key, text } = this.at(table, keyRow)
    if (rows.get(text)?.entry.op === 'insert') {
      rows.delete(text)
      return
    }
    if (tables[table].owned && typeof instanceId === 'string' && this.ended.has(instanceId)) {
      rows.delete(text)
      const instances = this.endedInstances.get(table) ?? new Set()
      this.endedInstances.set(table, instances.add(instanceId))
      return
    }
    rows.set(text, { key, entry: { op: 'delete' } })
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

  private flushTable(tx: Tx, table: TableName, entries: readonly { key: Row; entry: Entry }[]): void {
    const deletes: Row[] = []
    const inserts = new Map<string, Row[]>()
    const upserts = new Map<string, Row[]>()
    const updates = new Map<string, { row: Row; keys: Row[] }>()
    for (const { key, entry } of entries) {
      if (entry.op === 'delete') deletes.push(key)
      else if (entry.op === 'update') group(updates, key, entry.row)
      else {
        const into = entry.op === 'insert' ? inserts : upserts
        const columns = Object.keys(entry.row).join(', ')
        const list = into.get(columns)
        if (list) list.push(entry.row)
        else into.set(columns, [entry.row])
      }
    }
    const keyWidth = tables[table].key.length
    inChunks(deletes, keyWidth, (keys) =>
      tx.write(`delete from ${table} where ${keyCondition(table, keys.length)}`, keyParams(table, keys)),
    )
    for (const [columns, rows] of inserts) this.writeRows(tx, table, columns, rows, '')
    for (const [columns, rows] of upserts) this.writeRows(tx, table, columns, rows, this.onConflict(table, columns))
    for (const { row, keys } of updates.values()) {
      const columns = Object.keys(row)
      const set = columns.map((column) => `${column} = ?`).join(', ')
      inChunks(keys, keyWidth, (some) =>
        tx.write(`update ${table} set ${set} where ${keyCondition(table, some.length)}`, [
          ...columns.map((column) => row[column] ?? null),
          ...keyParams(table, some),
        ]),
      )
    }
  }

  private writeRows(tx: Tx, table: TableName, columns: string, rows: readonly Row[], suffix: string): void {
    const names = columns.split(', ')
    const tuple = `(${marks(names.length)})`
    inChunks(rows, names.length, (some) => {
      const params: SqlValue[] = []
      for (const row of some) for (const name of names) params.push(row[name] ?? null)
      tx.write(`insert into ${table} (${columns}) values ${some.map(() => tuple).join(', ')}${suffix}`, params)
    })
  }

  private onConflict(table: TableName, columns: string): string {
    const key: readonly string[] = tables[table].key
    const rest = columns.split(', ').filter((column) => !key.includes(column))
    if (this.dialect === 'mariadb') return ` on duplicate key update ${rest.map((column) => `${column} = values(${column})`).join(', ')}`
    return ` on conflict (${key.join(', ')}) do update set ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`
  }

  private at(table: TableName, row: Row) {
    let rows = this.entries.get(table)
    if (!rows) {
      rows = new Map()
      this.entries.set(table, rows)
    }
    const key: Record<string, SqlValue> = {}
    let text = ''
    for (const column of tables[table].key) {
      const value = row[column] ?? null
      key[column] = value
      text += `${value}\n`
    }
    return { rows, key, text }
  }
}

/** Updates that set the same columns to the same values share one statement. */
function group(updates: Map<string, { row: Row; keys: Row[] }>, key: Row, patch: Row): void {
  const row: Record<string, SqlValue> = {}
  let signature = ''
  for (const column in patch) {
    if (column in key) continue
    row[column] = patch[column] ?? null
    signature += `${column}=${typeof patch[column]}:${patch[column]}\n`
  }
  if (signature === '') return
  const found = updates.get(signature)
  if (found) found.keys.push(key)
  else updates.set(signature, { row, keys: [key] })
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
