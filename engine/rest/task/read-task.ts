import type { Instance, Task } from '../../core/state.ts'
import type { Variables } from '../../core/value.ts'
import { EngineError } from '../../process-engine.ts'
import { visibleVariables } from '../../runtime/visible-variables.ts'
import { type Call, param } from '../http/call.ts'
import { Problem } from '../problem.ts'

export interface FoundTask {
  readonly task: Task
  readonly instance: Instance
}

/** A task of a running instance as the snapshot has it. Refuses an unknown one. */
export async function findTask(call: Call, taskId: string): Promise<FoundTask> {
  const [row] = await call.run.query<{ readonly instance_id: string | null }>('select instance_id from ru_task where task_id = ?', [taskId])
  const instance = row?.instance_id ? await call.runtime.instance(row.instance_id) : null
  const task = instance?.tasks.get(taskId)
  if (!instance || !task) throw unknownTask(taskId)
  return { task, instance }
}

export const unknownTask = (taskId: string): EngineError =>
  new EngineError('unknown-task', `Cannot find task with id ${taskId}: task is null`, { taskId })

/** Some operations say of an unknown task that it is not found, others that it is null. */
export async function requireTask(call: Call): Promise<void> {
  const taskId = param(call, 'id')
  const [known] = await call.run.query('select task_id from ru_task where task_id = ?', [taskId])
  if (!known) throw new Problem(400, 'NotFoundException', `Cannot find task with id ${taskId}`, { code: 0 })
}

export const taskLocals = ({ task }: FoundTask): Variables =>
  Object.fromEntries(Object.entries(task.vars).map(([name, variable]) => [name, variable.value]))

export const taskVariables = (found: FoundTask): Variables => ({
  ...visibleVariables(found.instance, found.task.executionId),
  ...taskLocals(found),
})
