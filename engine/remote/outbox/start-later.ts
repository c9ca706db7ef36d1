import type { Database, Tx } from '../../../database/database.ts'
import { EngineError, type EngineEvent, type InstanceInfo, type ProcessEngine, type TaskInfo } from '../../process-engine.ts'
import type { Aliases } from '../aliases.ts'
import type { FirstTask } from '../first-task.ts'
import type { PromisedTask, StartRequest } from './outbox-calls.ts'

export interface StartLaterParts {
  readonly database: Database
  readonly definitions: ProcessEngine['definitions']
  readonly aliases: Aliases
  firstTask(definitionId: string): Promise<FirstTask | null>
  now(): number
  newId(): string
  tell(event: EngineEvent, tx: Tx): Promise<void>
  /** `args` of the start: the request, the promised first task, and the instance as whoever asks is told of it meanwhile. */
  enqueue(tx: Tx, args: readonly [StartRequest, PromisedTask | null, InstanceInfo]): Promise<void>
}

/**
 * An instance that begins when its transaction has committed. Its id, and its first task where that is certain, are promised: the
 * listeners are told of the task in the same transaction, as they are by the embedded engine.
 */
export function makeStartLater(parts: StartLaterParts): (tx: Tx, request: StartRequest) => Promise<InstanceInfo> {
  const { definitions, aliases, newId, now } = parts

  return async (tx, request) => {
    const definition =
      request.definitionId === undefined
        ? await definitions.latestByKey(request.definitionKey ?? '', request.tenantId ?? null)
        : await definitions.byId(request.definitionId)
    if (!definition) {
      const ref = request.definitionId ?? request.definitionKey ?? ''
      throw new EngineError('unknown-definition', `There is no definition ${ref}.`, { ref })
    }
    const id = newId()
    await aliases.promise(tx, id)
    const instance: InstanceInfo = {
      id,
      definitionId: definition.id,
      definitionKey: definition.key,
      businessKey: request.businessKey ?? null,
      rootProcessInstanceId: id,
      superProcessInstanceId: null,
      tenantId: definition.tenantId ?? request.tenantId ?? null,
      suspended: false,
      ended: false,
    }
    const first = await parts.firstTask(definition.id)
    const promised = first && { taskId: newId(), activityId: first.activityId }
    await parts.enqueue(tx, [{ ...request, definitionId: definition.id }, promised, instance])
    if (first && promised) {
      await aliases.promise(tx, promised.taskId)
      await parts.tell({ kind: 'task-created', task: taskOf(instance, first, promised.taskId, now()), at: now() }, tx)
    }
    return instance
  }
}

const taskOf = (instance: InstanceInfo, first: FirstTask, id: string, at: number): TaskInfo => ({
  id,
  name: first.name,
  taskDefinitionKey: first.activityId,
  processInstanceId: instance.id,
  rootProcessInstanceId: instance.id,
  processDefinitionId: instance.definitionId,
  processDefinitionKey: instance.definitionKey,
  executionId: instance.id,
  businessKey: instance.businessKey,
  tenantId: instance.tenantId,
  assignee: null,
  formKey: null,
  created: at,
  due: null,
})
