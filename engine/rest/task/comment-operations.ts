import type { SqlValue } from '../../../database/database.ts'
import { toWireDate } from '../../wire/date-time.ts'
import { bodyOf, type Call, json, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, notFound } from '../problem.ts'

interface CommentRow {
  readonly comment_id: string
  readonly user_id: string | null
  readonly at: number
  readonly task_id: string | null
  readonly instance_id: string | null
  readonly root_id: string | null
  readonly message: string | null
  readonly removal_at: number | null
}

const SELECT = 'select comment_id, user_id, at, task_id, instance_id, root_id, message, removal_at from hi_comment'

const present = (row: CommentRow) => ({
  links: [],
  id: row.comment_id,
  userId: row.user_id,
  time: toWireDate(Number(row.at)),
  taskId: row.task_id,
  message: row.message,
  removalTime: row.removal_at === null ? null : toWireDate(Number(row.removal_at)),
  rootProcessInstanceId: row.root_id,
  processInstanceId: row.instance_id,
})

interface TaskPlace {
  readonly instance_id: string | null
  readonly root_id: string | null
  readonly tenant_id: string | null
}

/** Comments may still be read when the task is done. */
async function placeOf(call: Call, refuse: (message: string) => Error): Promise<TaskPlace> {
  const id = param(call, 'id')
  const [row] = await call.run.query<TaskPlace>('select instance_id, root_id, tenant_id from hi_task where task_id = ?', [id])
  if (!row) throw refuse(`No task found for task id ${id}`)
  return row
}

export const commentOperations: readonly Operation[] = [
  operation('GET', '/task/:id/comment', 'Comments of a task', async (call) => {
    await placeOf(call, notFound)
    const rows = await call.run.query<CommentRow>(`${SELECT} where task_id = ? order by at desc, comment_id desc`, [param(call, 'id')])
    return json(rows.map(present))
  }),
  operation('GET', '/task/:id/comment/:commentId', 'A comment of a task', async (call) => {
    const [row] = await call.run.query<CommentRow>(`${SELECT} where task_id = ? and comment_id = ?`, [
      param(call, 'id'),
      param(call, 'commentId'),
    ])
    if (!row) throw notFound(`Task comment with id ${param(call, 'commentId')} does not exist for task id '${param(call, 'id')}'.`)
    return json(present(row))
  }),
  operation('POST', '/task/:id/comment/create', 'Comments on a task', async (call) => {
    const place = await placeOf(call, (message) => invalidRequest(message))
    const message = textOf(bodyOf(call), 'message')
    if (message === null) throw invalidRequest('Not enough parameters submitted')
    const { runtime } = call
    const instanceId = textOf(bodyOf(call), 'processInstanceId')
    const id = runtime.context.newId()
    const at = runtime.context.now()
    await runtime.database.transaction(async (tx) =>
      tx.write(
        'insert into hi_comment (comment_id, at, user_id, task_id, instance_id, root_id, message, tenant_id) values (?, ?, ?, ?, ?, ?, ?, ?)',
        [id, at, call.userId, param(call, 'id'), instanceId, place.root_id, message, place.tenant_id],
      ),
    )
    await touchTask(call, param(call, 'id'))
    const [row] = await call.run.query<CommentRow>(`${SELECT} where comment_id = ?`, [id])
    if (!row) throw notFound(`Comment ${id} has vanished`)
    const href = `${call.base}/task/${param(call, 'id')}/comment/${id}`
    return json({ ...present(row), links: [{ method: 'GET', href, rel: 'self' }] })
  }),
  operation('PUT', '/task/:id/comment', 'Changes a comment', async (call) => {
    const body = bodyOf(call)
    const message = textOf(body, 'message')
    if (message === null) throw invalidRequest('Not enough parameters submitted')
    await knownComment(call, textOf(body, 'id') ?? '')
    await write(call, 'update hi_comment set message = ? where task_id = ? and comment_id = ?', [
      message,
      param(call, 'id'),
      textOf(body, 'id') ?? '',
    ])
    return nothing
  }),
  operation('DELETE', '/task/:id/comment', 'Deletes all comments of a task', async (call) => {
    await placeOf(call, notFound)
    await write(call, 'delete from hi_comment where task_id = ?', [param(call, 'id')])
    return nothing
  }),
  operation('DELETE', '/task/:id/comment/:commentId', 'Deletes a comment', async (call) => {
    await knownComment(call, param(call, 'commentId'))
    await write(call, 'delete from hi_comment where task_id = ? and comment_id = ?', [param(call, 'id'), param(call, 'commentId')])
    return nothing
  }),
  operation('GET', '/process-instance/:id/comment', 'Comments of an instance', async (call) => {
    const [instance] = await call.run.query('select instance_id from hi_instance where instance_id = ?', [param(call, 'id')])
    if (!instance) throw notFound(`No process instance found for id ${param(call, 'id')}`)
    const rows = await call.run.query<CommentRow>(`${SELECT} where instance_id = ? order by at desc, comment_id desc`, [param(call, 'id')])
    return json(rows.map(present))
  }),
]

async function knownComment(call: Call, id: string): Promise<void> {
  const [row] = await call.run.query('select comment_id from hi_comment where task_id = ? and comment_id = ?', [param(call, 'id'), id])
  if (!row) throw invalidRequest(`No comment with id ${id} found for task ${param(call, 'id')}`)
}

/** A comment counts as a change of the task, if that is still open: update listeners run. */
async function touchTask(call: Call, taskId: string): Promise<void> {
  const [row] = await call.run.query<{ readonly instance_id: string | null }>('select instance_id from ru_task where task_id = ?', [taskId])
  if (!row) return
  if (row.instance_id !== null) await call.runtime.execute({ kind: 'touchTask', taskId }, undefined, call.userId)
  else await write(call, 'update ru_task set updated_at = ? where task_id = ?', [call.runtime.context.now(), taskId])
}

const write = (call: Call, text: string, params: readonly SqlValue[]): Promise<void> =>
  call.runtime.database.transaction(async (tx) => tx.write(text, params))
