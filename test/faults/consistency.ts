import type { Database, SqlValue } from '../../database/database.ts'
import type { Definition } from '../../engine/core/definition.ts'
import { project } from '../../engine/core/projection.ts'
import { type RowKind, type Rows, rowKinds } from '../../engine/core/projection-rows.ts'
import type { Family } from '../../engine/core/state.ts'
import type { EngineRuntime } from '../../engine/index.ts'
import { makeEngineStore } from '../../engine/store/engine-store.ts'
import { projectionRow, projectionTable } from '../../engine/store/projection.ts'

type Row = Record<string, SqlValue>

/**
 * What is wrong with a family: its index tables must hold exactly the rows that follow from its snapshots, and its history must show
 * as open what is open. Empty when all is well. The family's rows are locked meanwhile, so that other processes may go on.
 */
export async function inconsistencies(runtime: EngineRuntime, rootId: string): Promise<readonly string[]> {
  return runtime.database.transaction(async (tx) => {
    const query = <R>(sql: string, params?: readonly SqlValue[]) => tx.query<R>(sql, params)
    // A store of its own: what the engine's remembers does not count.
    const family = (await makeEngineStore(runtime.database.dialect).loadFamilies(tx, [rootId])).get(rootId) ?? null
    if (!family) return endedCleanly(query, rootId)
    const definitions = new Map<string, Definition>()
    for (const { definitionId } of family.instances.values()) {
      const found = await runtime.definitions.get(query, definitionId, false)
      if (found) definitions.set(definitionId, found.definition)
    }
    return [...(await projectionErrors(query, family, definitions)), ...(await historyErrors(query, family))]
  })
}

type Query = <R>(sql: string, params?: readonly SqlValue[]) => Promise<R[]>

async function projectionErrors(query: Query, family: Family, definitions: ReadonlyMap<string, Definition>): Promise<string[]> {
  const rebuilt = project({ resolve: (ref) => (ref.by === 'id' ? definitions.get(ref.id) : undefined) }, family)
  const errors: string[] = []
  for (const kind of rowKinds) {
    const table = projectionTable(kind)
    const expected = [...(rebuilt[kind] as ReadonlyMap<string, Rows[RowKind]>).values()].map(
      (row): Row => projectionRow(kind, row as never),
    )
    const stored = await query<Row>(`select * from ${table} where root_id = ?`, [family.rootId])
    const columns = Object.keys(expected[0] ?? {})
    const text = (row: Row) => columns.map((column) => `${column}=${plain(row[column] ?? null)}`).join(' ')
    const left = new Set(stored.map(text))
    for (const row of expected) if (!left.delete(text(row))) errors.push(`${table} lacks ${text(row)}`)
    for (const row of left) errors.push(`${table} holds ${row || 'a row'} that no snapshot has`)
  }
  return errors
}

/** Both databases keep booleans as 0 and 1. */
const plain = (value: SqlValue) => (typeof value === 'boolean' ? Number(value) : String(value))

async function historyErrors(query: Query, family: Family): Promise<string[]> {
  const errors: string[] = []
  for (const instance of family.instances.values()) {
    const [historic] = await query<{ state: string; ended_at: number | null }>(
      'select state, ended_at from hi_instance where instance_id = ?',
      [instance.id],
    )
    if (historic?.state !== 'ACTIVE' || historic.ended_at !== null) errors.push(`${instance.id} runs, its history says ${historic?.state}`)
    const openTasks = await query<{ task_id: string }>('select task_id from hi_task where instance_id = ? and ended_at is null', [
      instance.id,
    ])
    if (sorted(openTasks.map((row) => row.task_id)) !== sorted(instance.tasks.keys()))
      errors.push(`${instance.id}: open tasks differ from history`)
    const open = await query<{ activity_instance_id: string }>(
      'select activity_instance_id from hi_activity where instance_id = ? and ended_at is null',
      [instance.id],
    )
    const standing = [...instance.tokens.values()].filter(
      (token) => token.phase === 'active' && token.childScopeId === null && token.activityInstanceId !== null,
    )
    const ids = new Set(open.map((row) => row.activity_instance_id))
    for (const token of standing)
      if (!ids.has(token.activityInstanceId ?? ''))
        errors.push(`${instance.id}: a token stands on ${token.node}, history has no open activity`)
    const live = new Set<string | null>([...instance.scopes.values()].map((scope) => scope.activityInstanceId))
    for (const token of instance.tokens.values()) live.add(token.activityInstanceId)
    for (const id of ids) if (!live.has(id)) errors.push(`${instance.id}: history has ${id} open, nobody is there`)
  }
  return errors
}

/** Nothing may be left of a family that has ended, and its history must be closed. */
async function endedCleanly(query: Query, rootId: string): Promise<string[]> {
  const errors: string[] = []
  for (const table of [
    'ru_instance',
    'ru_execution',
    'ru_task',
    'ru_variable',
    'ru_job',
    'ru_subscription',
    'ru_external_task',
    'ru_identity_link',
  ])
    if ((await query(`select root_id from ${table} where root_id = ? limit 1`, [rootId])).length > 0)
      errors.push(`${table} still has rows of ${rootId}`)
  const members = await query<{ instance_id: string; state: string; ended_at: number | null }>(
    'select instance_id, state, ended_at from hi_instance where root_id = ?',
    [rootId],
  )
  for (const { instance_id: id, state, ended_at: endedAt } of members) {
    if (state === 'ACTIVE' || endedAt === null) errors.push(`${id} has ended, its history says ${state}`)
    const open = await query('select activity_id from hi_activity where instance_id = ? and ended_at is null', [id])
    if (open.length > 0) errors.push(`${id} has ended with ${open.length} open activities`)
    const ends = await query("select activity_id from hi_activity where instance_id = ? and activity_type = 'noneEndEvent'", [id])
    if (state === 'COMPLETED' && ends.length !== 1) errors.push(`${id} came to its end ${ends.length} times`)
  }
  return errors
}

const sorted = (items: Iterable<string>) => [...items].sort().join()

/** Every root that history knows, ended or not. */
export async function allRoots(database: Database): Promise<readonly string[]> {
  return (await database.query<{ root_id: string }>('select distinct root_id from hi_instance')).map((row) => row.root_id)
}
