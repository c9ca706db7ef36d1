import { bodyOf, type Call, textOf } from '../http/call.ts'
import { always, byParameter, changesOf, type Logged, nothingElse, property } from './logged.ts'

const NAMES: Readonly<Record<string, string>> = {
  assignee: 'assignee',
  delegation_state: 'delegation',
  description: 'description',
  due_at: 'dueDate',
  follow_up_at: 'followUpDate',
  name: 'name',
  owner: 'owner',
  parent_task_id: 'parentTask',
  priority: 'priority',
}

const task = (type: Logged['type'], properties: Logged['properties'], entity = 'Task'): Logged => ({
  entity,
  type,
  category: 'TaskWorker',
  on: 'task',
  properties,
})
/** What has changed of the task is seen by comparing. */
const changed = (type: string): Logged => ({
  ...task(type, changesOf(NAMES)),
  before: ['ru_task', 'task_id', 'id', Object.keys(NAMES)],
})
const idIn = (call: Call): string | null => textOf(bodyOf(call), 'id')
const gone = always(property('delete', true, false))

const link = (verb: 'Add' | 'Delete'): Logged =>
  task(
    (call) => `${verb}${bodyOf(call).groupId ? 'Group' : 'User'}Link`,
    ({ body }) => [property(textOf(body, 'type'), body.groupId ?? body.userId)],
    'IdentityLink',
  )

const attachment = (type: string, properties: Logged['properties']): Logged => task(type, properties, 'Attachment')
const comment = (type: string, properties: Logged['properties']): Logged => ({ ...task(type, properties, 'Comment'), on: 'historic-task' })
const filter = (type: string, properties: Logged['properties']): Logged => ({ entity: 'Filter', type, category: 'TaskWorker', properties })

const variables = (path: string): Readonly<Record<string, Logged>> => ({
  [`POST ${path}`]: task('ModifyVariable', nothingElse, 'Variable'),
  [`PUT ${path}/:varName`]: task('SetVariable', nothingElse, 'Variable'),
  [`POST ${path}/:varName/data`]: task('SetVariable', nothingElse, 'Variable'),
  [`DELETE ${path}/:varName`]: task('RemoveVariable', nothingElse, 'Variable'),
})

/** What people do with tasks, and with filters of them. */
export const taskWorkerOperations: Readonly<Record<string, Logged>> = {
  'POST /task/create': {
    // Compared with a task of which nothing is known but Camunda's default priority.
    ...task('Create', changesOf(NAMES, { priority: 50 })),
    on: (call) => (idIn(call) === null ? null : { kind: 'task', id: idIn(call) ?? '' }),
    before: ['ru_task', 'task_id', idIn, Object.keys(NAMES)],
  },
  'PUT /task/:id': changed('Update'),
  'DELETE /task/:id': task('Delete', gone),
  'POST /task/:id/claim': changed('Claim'),
  'POST /task/:id/unclaim': changed('Assign'),
  'POST /task/:id/assignee': changed('Assign'),
  'POST /task/:id/delegate': changed('Delegate'),
  'POST /task/:id/resolve': changed('Resolve'),
  'POST /task/:id/complete': task('Complete', gone),
  'POST /task/:id/submit-form': task('Complete', gone),
  'POST /task/:id/identity-links': link('Add'),
  'POST /task/:id/identity-links/delete': link('Delete'),
  'POST /task/:id/attachment/create': attachment('AddAttachment', ({ answer }) => [property('name', answer.name)]),
  'DELETE /task/:id/attachment/:attachmentId': {
    ...attachment('DeleteAttachment', ({ before }) => [property('name', before.name)]),
    before: ['hi_attachment', 'attachment_id', 'attachmentId', ['name']],
  },
  'PUT /task/:id/comment': {
    ...comment('UpdateComment', ({ body, before }) => [property('comment', body.message, before.message)]),
    before: ['hi_comment', 'comment_id', idIn, ['message']],
  },
  'DELETE /task/:id/comment': comment('DeleteComment', always(property('comment'))),
  'DELETE /task/:id/comment/:commentId': comment('DeleteComment', always(property('comment'))),
  ...variables('/task/:id/variables'),
  ...variables('/task/:id/localVariables'),

  'POST /filter/create': filter('Create', ({ answer }) => [property('filterId', answer.id)]),
  'PUT /filter/:id': filter('Update', byParameter('filterId', 'id')),
  'DELETE /filter/:id': filter('Delete', byParameter('filterId', 'id')),
}
