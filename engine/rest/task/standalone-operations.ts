import { bodyOf, json, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { Problem } from '../problem.ts'
import * as standalone from './standalone-task.ts'
import { patchOf } from './task-patch.ts'

/** Tasks that belong to no process. */
export const standaloneOperations: readonly Operation[] = [
  operation('POST', '/task/create', 'Creates a task without a process', async (call) => {
    const body = bodyOf(call)
    const id = textOf(body, 'id') ?? call.runtime.context.newId()
    await standalone.create(call, id, patchOf(body), textOf(body, 'tenantId'))
    return nothing
  }),
  operation('DELETE', '/task/:id', 'Deletes a task without a process', async (call) => {
    const id = param(call, 'id')
    if (await standalone.isStandalone(call, id)) {
      await standalone.destroy(call, id)
      return nothing
    }
    const [row] = await call.run.query('select task_id from ru_task where task_id = ?', [id])
    if (row) throw new Problem(500, 'ProcessEngineException', 'The task cannot be deleted because is part of a running process')
    return nothing
  }),
  operation('GET', '/task/report/candidate-group-count', 'Counts open tasks by candidate group', async (call) => {
    const rows = await call.run.query<{ readonly group_id: string | null; readonly n: number }>(
      `select l.group_id as group_id, count(distinct t.task_id) as n from ru_task t left join ru_identity_link l
       on l.task_id = t.task_id and l.type = 'candidate' and l.group_id is not null group by l.group_id order by l.group_id`,
      [],
    )
    return json(rows.map(({ group_id, n }) => ({ groupName: group_id, taskCount: Number(n) })))
  }),
]
