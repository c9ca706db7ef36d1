import type { TaskPatch } from '../../core/command.ts'
import type { Variables } from '../../core/value.ts'
import { bodyOf, type Call, nothing, param, textOf } from '../http/call.ts'
import { type Operation, operation } from '../http/operation.ts'
import { queryOperations } from '../http/query-operations.ts'
import { notFound, Problem, wrapAll } from '../problem.ts'
import { readGet } from '../query/resource-query.ts'
import { countRows } from '../query/select-rows.ts'
import { readVariables } from '../variable.ts'
import { variableOperations } from '../variable-operations.ts'
import { attachmentOperations } from './attachment-operations.ts'
import { commentOperations } from './comment-operations.ts'
import { complete } from './complete.ts'
import { halSingleTask, halTasks } from './hal-task.ts'
import { identityLinkOperations } from './identity-link-operations.ts'
import { taskQuery } from './query.ts'
import { findTask, requireTask, taskLocals, taskVariables } from './read-task.ts'
import { standaloneOperations } from './standalone-operations.ts'
import * as standalone from './standalone-task.ts'
import { changeVariables, localsOf, setAbove, variablesOf } from './standalone-variables.ts'
import { patchOf } from './task-patch.ts'
import { withVariables } from './with-variables.ts'

const userOf = (call: Call): string | null => textOf(bodyOf(call), 'userId')
const rest = wrapAll(500)
const missingIsRest = { wrapping: { type: 'RestException', status: () => 404, only: ['NullValueException'] } } as const

export const taskOperations: readonly Operation[] = [
  ...queryOperations(taskQuery).map(withVariables).map(withHal),
  operation(
    'POST',
    '/task/:id/complete',
    'Completes a task',
    (call) => complete(call, param(call, 'id'), readVariables(bodyOf(call).variables).variables),
    { wrapping: rest },
  ),
  operation('POST', '/task/:id/claim', 'Claims a task', async (call) => {
    const userId = userOf(call)
    await change(call, userId === null ? { kind: 'unclaimTask' } : { kind: 'claimTask', userId }, ({ assignee }) => {
      if (userId !== null && assignee !== null && assignee !== userId)
        throw new Problem(500, 'TaskAlreadyClaimedException', `Task '${param(call, 'id')}' is already claimed by someone else.`, {
          code: 0,
        })
      return { assignee: userId }
    })
    return nothing
  }),
  operation('POST', '/task/:id/unclaim', 'Gives a task back', async (call) => {
    await change(call, { kind: 'unclaimTask' }, { assignee: null })
    return nothing
  }),
  operation('POST', '/task/:id/assignee', 'Sets the assignee of a task', async (call) => {
    await requireTask(call)
    await change(call, { kind: 'assignTask', userId: userOf(call) }, { assignee: userOf(call) })
    return nothing
  }),
  operation('POST', '/task/:id/delegate', 'Delegates a task', async (call) => {
    const userId = userOf(call)
    if (userId === null) throw new Problem(500, 'NullValueException', 'userId is null')
    await change(call, { kind: 'delegateTask', userId }, ({ assignee, owner }) => ({
      assignee: userId,
      owner: owner ?? assignee,
      delegation: 'PENDING',
    }))
    return nothing
  }),
  operation('POST', '/task/:id/resolve', 'Resolves a delegated task', async (call) => {
    const { variables } = readVariables(bodyOf(call).variables)
    if (await standalone.isStandalone(call, param(call, 'id'))) await setAbove(call, param(call, 'id'), variables)
    await change(call, { kind: 'resolveTask', variables }, ({ owner }) => ({ assignee: owner, delegation: 'RESOLVED' }))
    return nothing
  }),
  operation('PUT', '/task/:id', 'Changes a task; what is absent becomes null', async (call) => {
    const [known] = await call.run.query('select task_id from ru_task where task_id = ?', [param(call, 'id')])
    if (!known) throw notFound(`No matching task with id ${param(call, 'id')}`)
    await sameTenant(call)
    await change(call, { kind: 'updateTask', patch: patchOf(bodyOf(call)) }, patchOf(bodyOf(call)))
    return nothing
  }),
  operation(
    'POST',
    '/task/:id/bpmnError',
    'Reports a business error',
    async (call) => {
      const body = bodyOf(call)
      const errorCode = textOf(body, 'errorCode')
      if (errorCode === null || errorCode === '') throw invalidCode('errorCode')
      const { variables } = readVariables(body.variables)
      await call.runtime.execute(
        { kind: 'taskBpmnError', taskId: param(call, 'id'), errorCode, errorMessage: textOf(body, 'errorMessage'), variables },
        undefined,
        call.userId,
      )
      return nothing
    },
    missingIsRest,
  ),
  operation(
    'POST',
    '/task/:id/bpmnEscalation',
    'Reports an escalation',
    async (call) => {
      const body = bodyOf(call)
      const escalationCode = textOf(body, 'escalationCode')
      if (escalationCode === null || escalationCode === '') throw invalidCode('escalationCode')
      const { variables } = readVariables(body.variables)
      await call.runtime.execute({ kind: 'taskEscalation', taskId: param(call, 'id'), escalationCode, variables }, undefined, call.userId)
      return nothing
    },
    missingIsRest,
  ),
  ...variableOperations({
    path: '/task/:id/variables',
    what: 'task',
    wrapping: rest,
    read: async (call, id) => ((await standalone.isStandalone(call, id)) ? variablesOf(call, id) : taskVariables(await findTask(call, id))),
    change: (call, taskId, variables, remove) => setVariables(call, taskId, variables, remove, false),
  }),
  ...variableOperations({
    path: '/task/:id/localVariables',
    what: 'task',
    wrapping: rest,
    read: async (call, id) => ((await standalone.isStandalone(call, id)) ? localsOf(call, id) : taskLocals(await findTask(call, id))),
    change: (call, taskId, variables, remove) => setVariables(call, taskId, variables, remove, true),
  }),
  ...identityLinkOperations,
  ...commentOperations,
  ...attachmentOperations,
  ...standaloneOperations,
]

/** What is read by GET is also answered as hypertext: the list and single tasks. */
function withHal(one: Operation): Operation {
  if (one.method !== 'GET' || one.path.endsWith('/count')) return one
  if (one.path.endsWith('/:id')) return { ...one, hal: (call, answer) => halSingleTask(call, answer as Record<string, unknown>) }
  return {
    ...one,
    hal: async (call, answer) => {
      const count = await countRows(taskQuery, readGet(taskQuery, call.query), call.run)
      return halTasks(call, answer as Record<string, unknown>[], count)
    },
  }
}

/** A task stays with its tenant. */
async function sameTenant(call: Call): Promise<void> {
  const tenantId = textOf(bodyOf(call), 'tenantId')
  if (tenantId === null) return
  const [row] = await call.run.query<{ readonly tenant_id: string | null }>('select tenant_id from ru_task where task_id = ?', [
    param(call, 'id'),
  ])
  if (row && row.tenant_id !== tenantId)
    throw new Problem(500, 'ProcessEngineException', `Cannot change tenantId of Task '${param(call, 'id')}'.`)
}

type TaskChange =
  | { readonly kind: 'claimTask' | 'delegateTask'; readonly userId: string }
  | { readonly kind: 'assignTask'; readonly userId: string | null }
  | { readonly kind: 'unclaimTask' }
  | { readonly kind: 'resolveTask'; readonly variables: Variables }
  | { readonly kind: 'updateTask'; readonly patch: TaskPatch }

/** A command on a task of an instance; the same as a patch on a standalone one. */
async function change(call: Call, command: TaskChange, patch: Parameters<typeof standalone.patch>[2]): Promise<void> {
  const taskId = param(call, 'id')
  if (await standalone.isStandalone(call, taskId)) await standalone.patch(call, taskId, patch)
  else await call.runtime.execute({ ...command, taskId }, undefined, call.userId)
}

async function setVariables(call: Call, taskId: string, variables: Variables, remove: readonly string[], local: boolean): Promise<void> {
  if (await standalone.isStandalone(call, taskId)) return changeVariables(call, taskId, variables, remove, local)
  await call.runtime.execute({ kind: 'setTaskVariables', taskId, variables, remove, local }, undefined, call.userId)
}

const invalidCode = (name: string) => new Problem(400, 'RestException', `${name} must not be null or empty`)
