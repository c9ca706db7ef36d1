import type { MachineTask } from '../contracts/api/machine.ts'

/** What the client gives a handler, as far as workers use it. */
export interface ClientTask {
  readonly id?: string | undefined
  readonly activityId?: string | undefined
  readonly processInstanceId?: string | undefined
  readonly businessKey?: string | null | undefined
  readonly tenantId?: string | null | undefined
  readonly retries?: number | null | undefined
  readonly variables: { getAllTyped(): Record<string, { type?: string; value?: unknown }> }
}

/** A locked task as the application reads it. */
export function taskOf(task: ClientTask): MachineTask {
  const variables = Object.entries(task.variables.getAllTyped()).map(
    ([name, { type, value }]) => [name, { type: type ?? 'String', value: value ?? null }] as const,
  )
  return {
    id: task.id ?? '',
    activityId: task.activityId ?? '',
    processInstanceId: task.processInstanceId ?? '',
    businessKey: task.businessKey ?? null,
    tenantId: task.tenantId ?? null,
    variables: Object.fromEntries(variables),
  }
}
