import { z } from 'zod'

/** A variable as the REST API of the engine writes it: type and value. */
export const machineValue = z.object({ type: z.string(), value: z.unknown() })

/** POST /api/machine/topics/:topic (machine account): what a worker locked, to be done by the application. */
export const machineTask = z.object({
  id: z.string().min(1).max(255),
  activityId: z.string(),
  processInstanceId: z.string(),
  businessKey: z.string().nullable(),
  tenantId: z.string().nullable(),
  variables: z.record(z.string(), machineValue),
})
export type MachineTask = z.infer<typeof machineTask>

/** POST /api/machine/seen (machine account): workers of another server's engine say that they ask it for tasks. */
export const machineSeen = z.object({ workerId: z.string().min(1).max(255) })

/** What the worker completes the task with. The same task again gets the same answer, and nothing is done twice. */
export const machineAnswer = z.object({ variables: z.record(z.string(), machineValue) })
export type MachineAnswer = z.infer<typeof machineAnswer>
