import type { SqlValue, Tx } from '../../../database/database.ts'
import type { Value, Variables } from '../../core/value.ts'
import { decodeValue, valueRow } from '../../runtime/value-columns.ts'
import type { Call } from '../http/call.ts'
import { findTask, taskVariables } from './read-task.ts'
import { insertRow } from './standalone-rows.ts'

/** The variables of tasks without an instance. What such a task does not hold itself it has from the task above it. */
interface Above {
  readonly task_id: string
  readonly instance_id: string | null
}

/** The task above, while it is open. */
async function above(call: Call, taskId: string): Promise<Above | undefined> {
  const [row] = await call.run.query<Above>(
    'select above.task_id, above.instance_id from ru_task below join ru_task above on above.task_id = below.parent_task_id where below.task_id = ?',
    [taskId],
  )
  return row
}

/** The task's own. */
export async function localsOf(call: Call, taskId: string): Promise<Variables> {
  const rows = await call.run.query<{ readonly name: string; readonly json_value: string }>(
    "select name, json_value from ru_variable where instance_id = '' and task_id = ? order by name",
    [taskId],
  )
  return Object.fromEntries(rows.map((row) => [row.name, decodeValue(row.json_value)]))
}

/** What the task sees. `below`: tasks that have been asked already, for those that were made to hang below themselves. */
export async function variablesOf(call: Call, taskId: string, below: readonly string[] = []): Promise<Variables> {
  const parent = below.includes(taskId) ? undefined : await above(call, taskId)
  return { ...(parent && (await variablesAbove(call, parent, [...below, taskId]))), ...(await localsOf(call, taskId)) }
}

const variablesAbove = async (call: Call, parent: Above, below: readonly string[]): Promise<Variables> =>
  parent.instance_id === null ? variablesOf(call, parent.task_id, below) : taskVariables(await findTask(call, parent.task_id))

/** Changes variables where they are; new ones go to the task on top, or to its instance. `local`: the task's own alone. */
export async function changeVariables(
  call: Call,
  taskId: string,
  variables: Variables,
  deletions: readonly string[],
  local: boolean,
): Promise<void> {
  await call.runtime.database.transaction(async (tx) => {
    const parent = local ? undefined : await above(call, taskId)
    if (!parent) return changeLocals(call, tx, taskId, variables, deletions)
    const own = new Set(Object.keys(await localsOf(call, taskId)))
    const named = (isOwn: boolean) => ({
      variables: Object.fromEntries(Object.entries(variables).filter(([name]) => own.has(name) === isOwn)),
      deletions: deletions.filter((name) => own.has(name) === isOwn),
    })
    const [here, elsewhere] = [named(true), named(false)]
    await changeLocals(call, tx, taskId, here.variables, here.deletions)
    await changeAbove(call, parent, elsewhere.variables, elsewhere.deletions)
  })
}

/** What a completion brings along belongs to what is above the task, and a task on its own loses it. Answers what is there then. */
export async function setAbove(call: Call, taskId: string, variables: Variables): Promise<Variables> {
  const parent = await above(call, taskId)
  if (!parent) return {}
  await changeAbove(call, parent, variables, [])
  return variablesAbove(call, parent, [taskId])
}

async function changeAbove(call: Call, parent: Above, variables: Variables, remove: readonly string[]): Promise<void> {
  if (Object.keys(variables).length === 0 && remove.length === 0) return
  if (parent.instance_id === null) return changeVariables(call, parent.task_id, variables, remove, false)
  const taskId = parent.task_id
  await call.runtime.execute({ kind: 'setTaskVariables', taskId, variables, remove, local: false }, undefined, call.userId)
}

interface Known {
  readonly name: string
  readonly variable_id: string
  readonly type: string
  readonly revision: number | null
}

async function changeLocals(call: Call, tx: Tx, taskId: string, variables: Variables, deletions: readonly string[]): Promise<void> {
  const rows = await tx.query<Known>(
    `select v.name, v.variable_id, v.type, h.revision from ru_variable v
     left join hi_variable h on h.instance_id = v.instance_id and h.variable_id = v.variable_id
     where v.instance_id = '' and v.task_id = ?`,
    [taskId],
  )
  const known = new Map(rows.map((row) => [row.name, row]))
  for (const [name, value] of Object.entries(variables)) write(call, tx, taskId, name, value, known.get(name))
  for (const name of deletions) {
    const found = known.get(name)
    if (!found) continue
    tx.write("delete from ru_variable where instance_id = '' and variable_id = ?", [found.variable_id])
    tx.write("update hi_variable set state = 'DELETED' where instance_id = '' and variable_id = ?", [found.variable_id])
    writeDetail(call, tx, taskId, { ...found, revision: Number(found.revision ?? 0) + 1 }, [['variable_type', found.type]])
  }
  if (Object.keys(variables).length > 0 || deletions.some((name) => known.has(name)))
    tx.write('update ru_task set updated_at = ? where task_id = ?', [call.runtime.context.now(), taskId])
}

function write(call: Call, tx: Tx, taskId: string, name: string, value: Value, known: Known | undefined): void {
  const { context } = call.runtime
  const now = context.now()
  const variableId = known?.variable_id ?? context.newId()
  const revision = known ? Number(known.revision ?? 0) + 1 : 0
  const columns = Object.entries(valueRow(value))
  const common: [string, SqlValue][] = [['instance_id', ''], ['task_id', taskId], ['variable_id', variableId], ['name', name], ...columns]
  if (!known) {
    const row: [string, SqlValue][] = [...common, ['type', value.t], ['created_at', now]]
    insertRow(tx, 'ru_variable', row)
    if (context.store.keepsHistory('variable-created')) insertRow(tx, 'hi_variable', [...row, ['revision', 0], ['state', 'CREATED']])
  } else {
    const set = ['type = ?', ...columns.map(([column]) => `${column} = ?`)].join(', ')
    const params = [value.t, ...columns.map(([, item]) => item)]
    tx.write(`update ru_variable set ${set} where instance_id = '' and variable_id = ?`, [...params, variableId])
    tx.write(`update hi_variable set ${set}, revision = ? where instance_id = '' and variable_id = ?`, [...params, revision, variableId])
  }
  writeDetail(call, tx, taskId, { variable_id: variableId, name, revision }, [...columns, ['variable_type', value.t]])
}

/** A line of the log of changes; without a value: the variable was taken away. */
function writeDetail(
  call: Call,
  tx: Tx,
  taskId: string,
  { variable_id, name, revision }: { readonly variable_id: string; readonly name: string; readonly revision: number },
  value: readonly [string, SqlValue][],
): void {
  const { context } = call.runtime
  if (!context.store.keepsHistory('detail')) return
  insertRow(tx, 'hi_detail', [
    ['instance_id', ''],
    ['detail_id', context.newId()],
    ['seq', revision],
    ['type', 'variableUpdate'],
    ['task_id', taskId],
    ['variable_id', variable_id],
    ['name', name],
    ...value,
    ['revision', revision],
    ['is_initial', 0],
    ['at', context.now()],
  ])
}
