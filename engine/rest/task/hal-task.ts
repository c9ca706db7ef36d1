import { decodeValue } from '../../runtime/value-columns.ts'
import type { Call } from '../http/call.ts'
import { embedding, type Hal, hal, path } from '../http/hal.ts'
import { groupQuery, userQuery } from '../identity/query.ts'
import { processDefinitionQuery } from '../process-definition/query.ts'
import { findRow, type ResourceQuery, unrestricted } from '../query/resource-query.ts'
import { variableOut } from '../variable.ts'

type Row = Readonly<Record<string, unknown>>

/** A list of tasks with what they are about. `variables`: names of those that come along with each task. */
export async function halTasks(call: Call, rows: readonly Row[], count: number, variables: readonly string[] | null = null): Promise<Hal> {
  const tasks: Hal[] = []
  for (const row of rows) tasks.push(halTask(row, variables && embedding({ variable: await variablesOf(call, row, variables) })))
  return hal(
    { count },
    { self: '/task' },
    {
      ...embedding({
        assignee: await usersOf(
          call,
          rows.map((row) => row.assignee),
        ),
        owner: await usersOf(
          call,
          rows.map((row) => row.owner),
        ),
        processDefinition: await definitionsOf(call, rows),
      }),
      task: tasks,
    },
  )
}

/** A task with who is linked to it. */
export async function halSingleTask(call: Call, row: Row, variables: readonly string[] | null = null): Promise<Hal> {
  const links = await identityLinks(call, row)
  const named = (member: string) => links.map((link) => link[member])
  return halTask(
    row,
    embedding({
      identityLink: links,
      user: await usersOf(call, named('userId')),
      group: await embedded(call, groupQuery, named('groupId'), 'group', ['id', 'name', 'type']),
      processDefinition: await definitionsOf(call, [row]),
      variable: variables === null ? [] : await variablesOf(call, row, variables),
    }),
  )
}

/** Members that this format does not have. */
const LEFT_OUT = new Set(['lastUpdated', 'taskState', 'processInstanceBusinessKey'])

function halTask(row: Row, along: Hal['_embedded']): Hal {
  const to = (resource: string, id: unknown): string | null => (id === null || id === undefined ? null : path(resource, id))
  return hal(
    Object.fromEntries(Object.entries(row).filter(([name]) => !LEFT_OUT.has(name))),
    {
      assignee: to('user', row.assignee),
      owner: to('user', row.owner),
      parentTask: to('task', row.parentTaskId),
      execution: to('execution', row.executionId),
      identityLink: path('task', row.id, 'identity-links'),
      processDefinition: to('process-definition', row.processDefinitionId),
      processInstance: to('process-instance', row.processInstanceId),
      self: path('task', row.id),
    },
    along,
  )
}

const usersOf = (call: Call, ids: readonly unknown[]): Promise<readonly Hal[]> =>
  embedded(call, userQuery, ids, 'user', ['id', 'firstName', 'lastName', 'email'])

/** Each once, those that the caller may see and that exist. */
async function embedded(call: Call, query: ResourceQuery, ids: readonly unknown[], name: string, members: readonly string[]) {
  const found: Hal[] = []
  for (const id of new Set(ids.filter((each) => typeof each === 'string'))) {
    const row = await findRow(query, id, call.run)
    if (row) found.push(hal(Object.fromEntries(members.map((member) => [member, row[member]])), { self: path(name, id) }))
  }
  return found
}

async function definitionsOf(call: Call, rows: readonly Row[]): Promise<readonly Hal[]> {
  const found: Hal[] = []
  for (const id of new Set(
    rows.flatMap(({ processDefinitionId }) => (typeof processDefinitionId === 'string' ? [processDefinitionId] : [])),
  )) {
    // Whoever sees the task may know what process it is of.
    const row = await findRow(processDefinitionQuery, id, unrestricted(call.run))
    if (!row) continue
    const { key, category, description, name, versionTag, version, resource, deploymentId, diagram, suspended } = row
    const members = {
      id,
      key,
      category,
      description,
      name,
      versionTag,
      version,
      resource,
      deploymentId,
      diagram,
      suspended,
      contextPath: null,
    }
    const deployment = path('deployment', deploymentId)
    found.push(hal(members, { deployment, resource: `${deployment}${path('resources', resource)}`, self: path('process-definition', id) }))
  }
  return found
}

async function identityLinks(call: Call, row: Row): Promise<readonly Hal[]> {
  const rows = await call.run.query<{ readonly type: string; readonly user_id: string | null; readonly group_id: string | null }>(
    'select type, user_id, group_id from ru_identity_link where task_id = ? order by identity_link_id',
    [String(row.id)],
  )
  const roles = (['assignee', 'owner'] as const).flatMap((type) =>
    typeof row[type] === 'string' ? [{ type, user_id: row[type], group_id: null }] : [],
  )
  return [...rows, ...roles].map(({ type, user_id, group_id }) =>
    hal(
      { type, userId: user_id, groupId: group_id, taskId: row.id },
      {
        task: path('task', row.id),
        user: user_id === null ? null : path('user', user_id),
        group: group_id === null ? null : path('group', group_id),
      },
    ),
  )
}

interface Variable {
  readonly name: string
  readonly execution_id: string | null
  readonly task_id: string | null
  readonly json_value: string
}

/** Of each name the variable that the task sees: its own, or the nearest around it. */
async function variablesOf(call: Call, task: Row, names: readonly string[]): Promise<readonly Hal[]> {
  const instanceId = task.processInstanceId
  if (typeof instanceId !== 'string' || names.length === 0) return []
  const among = names.map(() => '?').join(', ')
  const rows = await call.run.query<Variable>(
    `select name, execution_id, task_id, json_value from ru_variable where instance_id = ? and name in (${among})`,
    [instanceId, ...names],
  )
  const parents = await call.run.query<{ readonly execution_id: string; readonly parent_id: string | null }>(
    'select execution_id, parent_id from ru_execution where instance_id = ?',
    [instanceId],
  )
  const parentOf = new Map(parents.map(({ execution_id, parent_id }) => [execution_id, parent_id]))
  const around: string[] = []
  for (let id = task.executionId as string | null | undefined; id; id = parentOf.get(id)) around.push(id)
  const distance = ({ task_id, execution_id }: Variable): number =>
    task_id !== null ? (task_id === task.id ? -1 : Number.POSITIVE_INFINITY) : nearness(around, execution_id)
  return names.flatMap((name) => {
    const seen = rows.filter((row) => row.name === name && distance(row) !== Number.POSITIVE_INFINITY)
    const [nearest] = seen.sort((a, b) => distance(a) - distance(b))
    return nearest ? [halVariable(nearest, instanceId)] : []
  })
}

function nearness(around: readonly string[], executionId: string | null): number {
  const at = executionId === null ? -1 : around.indexOf(executionId)
  return at < 0 ? Number.POSITIVE_INFINITY : at
}

function halVariable({ name, task_id, execution_id, json_value }: Variable, instanceId: string): Hal {
  const self =
    task_id !== null
      ? path('task', task_id, 'localVariables', name)
      : execution_id === instanceId
        ? path('process-instance', instanceId, 'variables', name)
        : path('execution', execution_id, 'localVariables', name)
  return hal({ name, ...variableOut(decodeValue(json_value), false) }, { self })
}
