import { toWireDate } from '../../wire/date-time.ts'
import { type Call, content, json, nothing, param } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest, notFound } from '../problem.ts'

interface AttachmentRow {
  readonly attachment_id: string
  readonly created_at: number
  readonly task_id: string | null
  readonly instance_id: string | null
  readonly root_id: string | null
  readonly name: string | null
  readonly description: string | null
  readonly type: string | null
  readonly url: string | null
  readonly removal_at: number | null
}

const SELECT =
  'select attachment_id, created_at, task_id, instance_id, root_id, name, description, type, url, removal_at from hi_attachment'

const present = (row: AttachmentRow) => ({
  links: [],
  id: row.attachment_id,
  name: row.name,
  description: row.description,
  taskId: row.task_id,
  type: row.type,
  url: row.url,
  createTime: toWireDate(Number(row.created_at)),
  removalTime: row.removal_at === null ? null : toWireDate(Number(row.removal_at)),
  rootProcessInstanceId: row.root_id,
  processInstanceId: row.instance_id,
})

/** Links and files that people attach to a task. */
export const attachmentOperations: readonly Operation[] = [
  operation('GET', '/task/:id/attachment', 'Attachments of a task', async (call) => {
    const [task] = await call.run.query('select task_id from hi_task where task_id = ?', [param(call, 'id')])
    if (!task) throw notFound(`No task found for task id ${param(call, 'id')}`)
    const rows = await call.run.query<AttachmentRow>(`${SELECT} where task_id = ? order by created_at desc, attachment_id desc`, [
      param(call, 'id'),
    ])
    return json(rows.map(present))
  }),
  operation('GET', '/task/:id/attachment/:attachmentId', 'An attachment of a task', async (call) => json(present(await find(call)))),
  operation(
    'GET',
    '/task/:id/attachment/:attachmentId/data',
    'Content of an attachment',
    async (call) => {
      const [row] = await call.run.query<{ readonly content: Uint8Array | null }>(
        'select content from hi_attachment where task_id = ? and attachment_id = ?',
        [param(call, 'id'), param(call, 'attachmentId')],
      )
      if (!row?.content) throw notFound(`Attachment content for attachment with id '${param(call, 'attachmentId')}' does not exist`)
      return content(row.content, 'application/octet-stream')
    },
    { binary: true },
  ),
  operation('POST', '/task/:id/attachment/create', 'Attaches a link or a file to a task', async (call) => {
    const [task] = await call.run.query<{
      readonly instance_id: string | null
      readonly root_id: string | null
      readonly tenant_id: string | null
    }>('select instance_id, root_id, tenant_id from ru_task where task_id = ?', [param(call, 'id')])
    if (!task) throw invalidRequest(`No task found for task id ${param(call, 'id')}`)
    const field = (name: string): string | null => call.form.find((part) => part.name === name)?.content.toString('utf8') ?? null
    const file = call.form.find((part) => part.name === 'content')
    if (!file && field('url') === null) throw invalidRequest('No content or url to remote content exists to create the task attachment.')
    const { context, database } = call.runtime
    const id = context.newId()
    await database.transaction(async (tx) =>
      tx.write(
        `insert into hi_attachment (attachment_id, created_at, user_id, task_id, instance_id, root_id, name, description, type, url, content, has_content,
         tenant_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          context.now(),
          call.userId,
          param(call, 'id'),
          task.instance_id,
          task.root_id,
          field('attachment-name'),
          field('attachment-description'),
          field('attachment-type'),
          field('url'),
          file?.content ?? null,
          file ? 1 : 0,
          task.tenant_id,
        ],
      ),
    )
    const [row] = await call.run.query<AttachmentRow>(`${SELECT} where attachment_id = ?`, [id])
    if (!row) throw notFound(`Attachment ${id} has vanished`)
    return json({
      ...present(row),
      links: [{ method: 'GET', href: `${call.base}/task/${param(call, 'id')}/attachment/${id}`, rel: 'self' }],
    })
  }),
  operation('DELETE', '/task/:id/attachment/:attachmentId', 'Deletes an attachment', async (call) => {
    await find(call)
    await call.runtime.database.transaction(async (tx) =>
      tx.write('delete from hi_attachment where task_id = ? and attachment_id = ?', [param(call, 'id'), param(call, 'attachmentId')]),
    )
    return nothing
  }),
]

async function find(call: Call): Promise<AttachmentRow> {
  const [row] = await call.run.query<AttachmentRow>(`${SELECT} where task_id = ? and attachment_id = ?`, [
    param(call, 'id'),
    param(call, 'attachmentId'),
  ])
  if (!row) throw notFound(`Task attachment with id ${param(call, 'attachmentId')} does not exist for task id '${param(call, 'id')}'.`)
  return row
}
