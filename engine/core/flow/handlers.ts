import { type ExecutionHost, type Operand, type TaskHost, toValue } from '../expression/index.ts'
import { failure, Refusal } from '../failure.ts'
import { BpmnError, type HandlerCall, handlerNamed } from '../handler.ts'
import type { HandlerRef } from '../model/node.ts'
import type { Value } from '../value.ts'
import { type Extras, evaluate } from './evaluate.ts'
import { executionHost, type Moment } from './execution-host.ts'
import type { Place } from './place.ts'

/** Runs a registered handler within the step. A `BpmnError` passes through; whatever else it throws refuses the command. */
export function runHandler(place: Place, ref: HandlerRef, moment?: Moment, extras: Extras = {}): void {
  const { env } = place.instance.run
  const activityId = place.token?.node ?? place.scope.node
  const handler = handlerNamed(env.handlers, ref.name)
  if (!handler || handler.remote || !handler.execute) throw new Refusal(failure('unsupported-handler', { activityId, handler: ref.name }))
  const fields: Record<string, Value> = {}
  for (const { name, value } of ref.fields) fields[name] = toValue(evaluate(place, value, extras, moment))
  const execution: ExecutionHost = executionHost(place, moment)
  const call: HandlerCall = { execution, task: taskOf(extras['task']), fields, now: env.now }
  try {
    handler.execute(call)
  } catch (error) {
    if (error instanceof Refusal || error instanceof BpmnError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal(failure('handler-failed', { activityId, handler: ref.name, reason }, reason))
  }
}

const taskOf = (operand: Operand | undefined): TaskHost | null => (operand?.t === 'Host' && operand.v.kind === 'task' ? operand.v : null)
