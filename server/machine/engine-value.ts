import type { MachineAnswer, MachineTask } from '../../contracts/api/machine.ts'
import type { LockedExternalTask, Value, Variables } from '../../engine/process-engine.ts'

/** A variable as the engine's REST API writes it, read into a typed value. Types are read as Camunda's clients write them. */
export function readValue({ type, value }: { type: string; value?: unknown }): Value {
  if (value === null || value === undefined) return { t: 'Null', v: null }
  switch (type.toLowerCase()) {
    case 'boolean':
      return { t: 'Boolean', v: value === true || value === 'true' }
    case 'short':
    case 'integer':
      return { t: 'Integer', v: Number(value) }
    case 'long':
      return { t: 'Long', v: BigInt(String(value)) }
    case 'double':
      return { t: 'Double', v: Number(value) }
    case 'date':
      return { t: 'Date', v: typeof value === 'number' ? value : Date.parse(String(value)) }
    case 'json':
      return { t: 'Json', v: typeof value === 'string' ? value : JSON.stringify(value) }
    default:
      return { t: 'String', v: typeof value === 'string' ? value : JSON.stringify(value) }
  }
}

/** The typed values of an answer, for an engine in the same process. */
export function answerVariables(answer: MachineAnswer): Variables {
  return Object.fromEntries(
    Object.entries(answer.variables).map(([name, variable]) => [name, readValue({ type: variable.type, value: variable.value })]),
  )
}

/** A task that the embedded engine locked, as a worker would send it: so that scenarios run the same handlers in process. */
export function machineTaskOf(task: LockedExternalTask): MachineTask {
  return {
    id: task.id,
    activityId: task.activityId,
    processInstanceId: task.processInstanceId,
    businessKey: task.businessKey,
    tenantId: task.tenantId,
    variables: Object.fromEntries(
      Object.entries(task.variables).map(([name, value]) => [
        name,
        { type: value.t, value: typeof value.v === 'bigint' ? Number(value.v) : value.v },
      ]),
    ),
  }
}
