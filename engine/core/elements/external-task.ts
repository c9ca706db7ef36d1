import { failure, Refusal } from '../failure.ts'
import { evaluateNumber, evaluateString } from '../flow/evaluate.ts'
import { logExternalTask, removeExternalTask } from '../flow/external-tasks.ts'
import { leaveSignaled } from '../flow/lifecycle.ts'
import { placeOf } from '../flow/place.ts'
import type { ElementBehavior } from './element-behavior.ts'

/** Service, send and business rule task, or message event, whose work is done by a worker outside. */
export const externalTask: ElementBehavior = {
  execute: (instance, token, node) => {
    if (node.behavior.kind !== 'externalTask') return
    const { topic, priority } = node.behavior.external
    const place = placeOf(instance, token)
    const name = evaluateString(place, topic, 'topic')
    if (!name) throw new Refusal(failure('invalid-value', { what: 'topic', text: topic.text }))
    const weight = priority ?? instance.definition.model.taskPriority
    const task = instance.externalTasks.insert({
      id: instance.run.newId(),
      executionId: token.id,
      node: node.id,
      activityInstanceId: token.activityInstanceId as string,
      topic: name,
      priority: weight ? evaluateNumber(place, weight, 'taskPriority') : 0,
      workerId: null,
      lockExpiresAt: null,
      retries: null,
      errorMessage: null,
      errorDetails: null,
      createdAt: instance.run.env.now,
    })
    logExternalTask(instance, task, 'created')
  },
  triggered: (instance, token) => {
    for (const task of instance.externalTasks.of(token.id)) removeExternalTask(instance, task, 'successful')
    leaveSignaled(instance, token)
  },
}
