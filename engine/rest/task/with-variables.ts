import { visibleVariables } from '../../runtime/visible-variables.ts'
import { bodyOf, type Call, json } from '../http/call.ts'
import type { Operation } from '../http/operation.ts'
import { variablesOut } from '../variable.ts'
import { findTask, taskLocals } from './read-task.ts'
import { isStandalone } from './standalone-task.ts'
import { localsOf, variablesOf } from './standalone-variables.ts'

/** Lists and single tasks bring their variables along when they are asked to: all that are visible, or the task's own. */
export function withVariables(operation: Operation): Operation {
  if (operation.path.endsWith('/count')) return operation
  return {
    ...operation,
    run: async (call) => {
      const answer = await operation.run(call)
      const all = asks(call, 'withTaskVariablesInReturn')
      if (answer.kind !== 'json' || !(all || asks(call, 'withTaskLocalVariablesInReturn'))) return answer
      const one = async (task: Record<string, unknown>) => {
        const found = await variables(call, String(task.id), all)
        return Object.keys(found).length === 0 ? task : { ...task, variables: found }
      }
      if (!Array.isArray(answer.json)) return json(await one(answer.json as Record<string, unknown>))
      const tasks: unknown[] = []
      for (const task of answer.json) tasks.push(await one(task as Record<string, unknown>))
      return json(tasks)
    },
  }
}

function asks(call: Call, name: string): boolean {
  if (call.query.get(name) === 'true') return true
  return call.request.method === 'POST' && bodyOf(call)[name] === true
}

/** Of a task that was completed meanwhile: none. */
async function variables(call: Call, taskId: string, all: boolean): Promise<Record<string, unknown>> {
  if (await isStandalone(call, taskId)) return variablesOut(await (all ? variablesOf : localsOf)(call, taskId))
  const found = await findTask(call, taskId).catch(() => null)
  if (!found) return {}
  return variablesOut({ ...(all && visibleVariables(found.instance, found.task.executionId)), ...taskLocals(found) })
}
