import type { TaskDraft } from '../draft/instance-draft.ts'
import type { Expression } from '../expression/index.ts'
import { hostOf, toText } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { evaluate, evaluateNumber, evaluateText } from '../flow/evaluate.ts'
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
    const text = (expression: Expression | null): string | null => evaluateText(place, expression, extras)
    const date = (expression: Expression | null): number | null => (expression ? dateOf(expression) : null)
    const dateOf = (expression: Expression): number | null => {
      const value = evaluate(place, expression, extras)
      if (value.t === 'Null') return null
      if (value.t === 'Date' || value.t === 'DateTime') return value.v
      const written = toText(value, run.env.zone)
      const at = parseDueDate(written, run.env.now, run.env.zone)
      if (at === undefined) throw new Refusal(failure('invalid-value', { what: `date of task '${node.id}'`, text: written }))
      return at
    }
    task.name = text(declared.name)
    task.description = text(declared.description)
    task.due = date(declared.due)
    task.followUp = date(declared.followUp)
    if (declared.priority) task.priority = evaluateNumber(place, declared.priority, 'priority', extras)
    task.formKey = text(declared.formKey)
    if (declared.formRef) {
      const { key, binding, version } = declared.formRef
      task.formRef = { key: text(key) ?? '', binding, version: version ? evaluateNumber(place, version, 'formRefVersion', extras) : null }
    }
    task.assignee = text(declared.assignee)
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
        if (value.t === 'Null') return []
        if (value.t === 'List') return value.v.map((item) => toText(item, run.env.zone))
        return toText(value, run.env.zone)
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
