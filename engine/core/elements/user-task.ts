import type { TaskDraft } from '../draft/instance-draft.ts'
import { type Expression, hostOf, type Operand, toText } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { evaluate, evaluateNumber, evaluateString, evaluateText } from '../flow/evaluate.ts'
import { createTimerJob } from '../flow/jobs.ts'
import { leaveSignaled } from '../flow/lifecycle.ts'
import { type Place, placeOfTask } from '../flow/place.ts'
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
    const reading: Reading = { place, extras, activityId: node.id }
    task.name = textOf(reading, declared.name, 'name')
    task.description = textOf(reading, declared.description, 'description')
    task.due = dateOf(reading, declared.due)
    task.followUp = dateOf(reading, declared.followUp)
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
    task.assignee = textOf(reading, declared.assignee, 'assignee')
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
    for (const user of namesOf(reading, declared.candidateUsers)) addLink(instance, task, 'candidate', user, null)
    for (const group of namesOf(reading, declared.candidateGroups)) addLink(instance, task, 'candidate', null, group)
    declared.listeners.forEach((listener, index) => {
      if (listener.timer)
        createTimerJob(place, node, listener.timer, listener.jobKey, 'timer-task-listener', true, { taskId: task.id, listener: index })
    })
    fireTaskEvent(instance, task, 'create')
    if (task.assignee !== null && instance.tasks.isAlive(task)) fireTaskEvent(instance, task, 'assignment')
    // What its own listeners do to a new task makes it, and does not update it.
    if (instance.tasks.isAlive(task)) task.updatedAt = null
  },
  triggered: (instance, token) => {
    for (const task of instance.tasks.of(token.id)) endTask(instance, task, 'completed', 'completed')
    leaveSignaled(instance, token)
  },
}

/** Where a new task's declarations are evaluated. */
interface Reading {
  readonly place: Place
  readonly extras: Readonly<Record<string, Operand>>
  readonly activityId: string
}

const textOf = ({ place, extras, activityId }: Reading, expression: Expression | null, what: string): string | null =>
  evaluateString(place, expression, `${what} of task '${activityId}'`, extras)

function dateOf({ place, extras, activityId }: Reading, expression: Expression | null): number | null {
  if (!expression) return null
  const value = evaluate(place, expression, extras)
  if (value.t === 'Null') return null
  if (value.t === 'Date' || value.t === 'DateTime') return value.v
  const { now, zone } = place.instance.run.env
  const written = value.t === 'String' ? value.v : expression.text
  const at = value.t === 'String' ? parseDueDate(written, now, zone) : undefined
  if (at === undefined) throw new Refusal(failure('invalid-value', { what: `date of task '${activityId}'`, text: written }))
  return at
}

function namesOf({ place, extras, activityId }: Reading, expressions: readonly Expression[]): string[] {
  return expressions.flatMap((expression) => {
    const value = evaluate(place, expression, extras)
    if (value.t === 'List') return value.v.map((item) => toText(item, place.instance.run.env.zone))
    if (value.t !== 'String')
      throw new Refusal(failure('invalid-value', { what: `candidates of task '${activityId}'`, text: expression.text }))
    return value.v
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
  })
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
