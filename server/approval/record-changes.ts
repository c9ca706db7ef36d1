import type { HazardLevel, RecordChange, RecordFlag, RecordRow, RecordStore } from '../records/index.ts'

interface Draft {
  row: RecordRow
  isChanged: boolean
}

/** What one decision changes in records, gathered in memory and written once per record, so that each keeps one version of it. */
export interface RecordChanges {
  /** The record as changed so far. */
  get(recordId: string): RecordRow
  load(row: RecordRow): RecordRow
  setStatus(recordId: string, status: string): void
  setLevel(recordId: string, level: HazardLevel): void
  setDueAt(recordId: string, dueAt: number | null): void
  setTitle(recordId: string, title: string): void
  flag(recordId: string, flags: readonly string[]): void
  /** Writes a value at a path of the data; a path that ends in `[]` appends. */
  set(recordId: string, path: string, value: unknown): void
  merge(recordId: string, values: Readonly<Record<string, unknown>>): void
  save(by: { personId: string | null; nodeId: string }): Promise<void>
}

export function makeRecordChanges(records: RecordStore): RecordChanges {
  const drafts = new Map<string, Draft>()
  const draft = (recordId: string): Draft => {
    const found = drafts.get(recordId)
    if (!found) throw new Error(`record ${recordId} is not loaded`)
    return found
  }
  const change = (recordId: string, part: Partial<RecordRow>) => {
    const entry = draft(recordId)
    entry.row = { ...entry.row, ...part }
    entry.isChanged = true
  }
  return {
    get: (recordId) => draft(recordId).row,
    load(row) {
      const known = drafts.get(row.id)
      if (known) return known.row
      drafts.set(row.id, { row, isChanged: false })
      return row
    },
    setStatus: (recordId, status) => change(recordId, { status }),
    setLevel: (recordId, level) => change(recordId, { level }),
    setDueAt: (recordId, dueAt) => change(recordId, { dueAt }),
    setTitle: (recordId, title) => change(recordId, { title }),
    flag(recordId, flags) {
      if (flags.length === 0) return
      const kept = new Set(draft(recordId).row.flags)
      for (const flag of flags) {
        if (flag.startsWith('-')) kept.delete(flag.slice(1) as RecordFlag)
        else kept.add(flag as RecordFlag)
      }
      change(recordId, { flags: [...kept] })
    },
    set(recordId, path, value) {
      change(recordId, { data: written(draft(recordId).row.data, path.split('.'), value) })
    },
    merge(recordId, values) {
      change(recordId, { data: { ...draft(recordId).row.data, ...values } })
    },
    async save(by) {
      for (const [recordId, entry] of drafts) {
        if (!entry.isChanged) continue
        const { title, status, flags, level, dueAt, data } = entry.row
        const next: RecordChange = { title, status, flags, level, dueAt, data }
        entry.row = await records.change(recordId, next, { personId: by.personId, nodeId: by.nodeId })
        entry.isChanged = false
      }
    },
  }
}

function written(
  data: Readonly<Record<string, unknown>>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const isList = key.endsWith('[]')
  const name = isList ? key.slice(0, -2) : key
  const before = data[name]
  if (rest.length === 0) return { ...data, [name]: isList ? [...(Array.isArray(before) ? before : []), value] : value }
  const inner = typeof before === 'object' && before !== null && !Array.isArray(before) ? (before as Readonly<Record<string, unknown>>) : {}
  return { ...data, [name]: written(inner, rest, value) }
}
