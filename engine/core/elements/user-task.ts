import type { TaskDraft } from '../draft/instance-draft.ts'
import { type Expression, hostOf, type Operand, toText } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { evaluate, evaluateNumber, evaluateString, evaluateText } from '../flow/evaluate.ts'
import { createTimerJob } from '../flow/jobs.ts'
import { leaveSignaled } from '../flow/lifecycle.ts'
import { placeOfTask } from '../flow/place.ts'
import { addLink, historicTask } from '../flow/task-entity.ts'
import { taskHost } from '../flow/task-host.ts'
import { completeTaskEntity, endTask, fireTaskEvent } from '../flow/tasks.ts'
import { noVariables } from '../state.ts'
import { parseDueDate } from '../time/date.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** User task (BPMN 2.0.2 §13.3.3): creates a task and waits for its completion. */
export const userTask: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'userTask') return
    const declared = node.behavior.task
    const { run } = instance
    const task: TaskDraft = instance.tasks.insert({
      id: run.newId(),
      executionId: token.id,
      node: node.id,
      activityInstanceId: token.activityInstanceId as string,
      name: null,
      description: null,
      assignee: null,
      owner: null,
      delegation: null,
      priority: 50,
      due: null,
      followUp: null,
      parentTaskId: null,
      createdAt: run.env.now,
      updatedAt: null,
      formKey: null,
      formRef: null,
      links: [],
      vars: noVariables,
    })
    const place = { ...placeOfTask(instance, task) }
    // Made only when an expression names it.
    const extras = {
      get task() {
        return hostOf(taskHost(instance, task, completeTaskEntity, null, null))
      },
    }
    const text = (expression: Expression | null, what: string) => evaluateString(place, expression, `${what} of task '${node.id}'`, extras)
    const date = (expression: Expression | null): number | null => (expression ? dateOf(expression) : null)
    const dateOf = (expression: Expression): number | null => {
      const value = evaluate(place, expression, extras)
      if (value.t === 'Null') return null
      if (value.t === 'Date' || value.t === 'DateTime') return value.v
      const written = value.t === 'String' ? value.v : expression.text
      const at = value.t === 'String' ? parseDueDate(written, run.env.now, run.env.zone) : undefined
      if (at === undefined) throw new Refusal(failure('invalid-value', { what: `date of task '${node.id}'`, text: written }))
      return at
    }
    task.name = text(declared.name, 'name')
    task.description = text(declared.description, 'description')
    task.due = date(declared.due)
    task.followUp = date(declared.followUp)
    if (declared.priority) task.priority = priorityOf(evaluate(place, declared.priority, extras), node.id)
    task.formKey = evaluateText(place, declared.formKey, extras)
    if (declared.formRef) {
      const { key, binding, version } = declared.formRef
      task.formRef = {
        key: evaluateText(place, key, extras) ?? '',
        binding,
        version: version ? evaluateNumber(place, version, 'formRefVersion', extras) : null,
      }
    }
    task.assignee = text(declared.assignee, 'assignee')
    instance.record({
      kind: 'task-created',
      taskId: task.id,
      executionId: task.executionId,
      activityInstanceId: task.activityInstanceId,
      activityId: node.id,
      task: historicTask(task),
    })
    instance.record({ kind: 'activity-updated', activityInstanceId: task.activityInstanceId, taskId: task.id, assignee: task.assignee })
    if (task.assignee !== null)
      instance.record({ kind: 'identity-link-added', taskId: task.id, linkType: 'assignee', userId: task.assignee, groupId: null })
    for (const user of namesOf(declared.candidateUsers)) addLink(instance, task, 'candidate', user, null)
    for (const group of namesOf(declared.candidateGroups)) addLink(instance, task, 'candidate', null, group)
    declared.listeners.forEach((listener, index) => {
      if (listener.timer)
        createTimerJob(place, node, listener.timer, listener.jobKey, 'timer-task-listener', true, { taskId: task.id, listener: index })
    })
    fireTaskEvent(instance, task, 'create')
    if (task.assignee !== null && instance.tasks.isAlive(task)) fireTaskEvent(instance, task, 'assignment')

    function namesOf(expressions: readonly Expression[]): string[] {
      return expressions.flatMap((expression) => {
        const value = evaluate(place, expression, extras)
        if (value.t === 'List') return value.v.map((item) => toText(item, run.env.zone))
        if (value.t !== 'String')
          throw new Refusal(failure('invalid-value', { what: `candidates of task '${node.id}'`, text: expression.text }))
        return value.v
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
      })
    }
  },
  triggered: (instance, token) => {
    for (const task of instance.tasks.of(token.id)) endTask(instance, task, 'completed', 'completed')
    leaveSignaled(instance, token)
  },
}

/** Numbers lose their fraction; null is the usual priority. */
function priorityOf(value: Operand, activityId: string): number {
  switch (value.t) {
    case 'Null':
      return 50
    case 'Short':
    case 'Integer':
    case 'Double':
      return Math.trunc(value.v)
    case 'Long':
      return Number(value.v)
    default: {
      const text = value.t === 'String' ? value.v : value.t
      if (!/^[+-]?\d+$/.test(text)) throw new Refusal(failure('invalid-value', { what: `priority of task '${activityId}'`, text }))
      return Number(text)
    }
  }
}
