import { bodyOf, type Call, json, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invalidRequest } from '../problem.ts'
import { requireTask, unknownTask } from './read-task.ts'
import * as standalone from './standalone-task.ts'

interface LinkRow {
  readonly user_id: string | null
  readonly group_id: string | null
  readonly type: string
}

export const identityLinkOperations: readonly Operation[] = [
  operation('GET', '/task/:id/identity-links', 'Who is linked to a task', async (call) => {
    const taskId = param(call, 'id')
    const type = call.query.get('type')
    const [task] = await call.run.query<{ readonly assignee: string | null; readonly owner: string | null }>(
      'select assignee, owner from ru_task where task_id = ?',
      [taskId],
    )
    if (!task) throw unknownTask(taskId)
    const rows = await call.run.query<LinkRow>(
      'select user_id, group_id, type from ru_identity_link where task_id = ? order by identity_link_id',
      [taskId],
    )
    const links = [
      ...rows.map(({ user_id, group_id, type: linkType }) => ({ userId: user_id, groupId: group_id, type: linkType })),
      ...(task.assignee ? [{ userId: task.assignee, groupId: null, type: 'assignee' }] : []),
      ...(task.owner ? [{ userId: task.owner, groupId: null, type: 'owner' }] : []),
    ]
    return json(type === null ? links : links.filter((link) => link.type === type))
  }),
  operation('POST', '/task/:id/identity-links', 'Links a user or group to a task', (call) => changeLink(call, 'addIdentityLink')),
  operation('POST', '/task/:id/identity-links/delete', 'Removes a link of a task', (call) => changeLink(call, 'deleteIdentityLink')),
]

async function changeLink(call: Call, kind: 'addIdentityLink' | 'deleteIdentityLink') {
  const body = bodyOf(call)
  const link = { linkType: textOf(body, 'type') ?? '', userId: textOf(body, 'userId'), groupId: textOf(body, 'groupId') }
  if ((link.userId === null) === (link.groupId === null)) throw invalidRequest('Identity Link requires userId or groupId, but not both.')
  if (kind === 'addIdentityLink') await requireTask(call)
  const taskId = param(call, 'id')
  if (await standalone.isStandalone(call, taskId)) await standalone.changeLink(call, taskId, kind === 'addIdentityLink', link)
  else await call.runtime.execute({ kind, taskId, ...link }, undefined, call.userId)
  return nothing
}
