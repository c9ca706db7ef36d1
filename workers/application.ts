import { type MachineAnswer, type MachineTask, machineAnswer } from '../contracts/api/machine.ts'
import type { Topic } from '../contracts/external-topics.ts'

/** Hands a locked task to the application and answers what completes it. */
export interface Application {
  handle(topic: Topic, task: MachineTask): Promise<MachineAnswer>
  /** Says that this worker asks its engine for tasks. */
  seen(workerId: string): Promise<void>
}

/** The application did not do the task. `isFinal`: it never will, so that retrying is of no use. */
export class TaskRefused extends Error {
  override readonly name = 'TaskRefused'
  readonly isFinal: boolean
  constructor(message: string, isFinal: boolean) {
    super(message)
    this.isFinal = isFinal
  }
}

/** The application over HTTP, with a machine account's token. A task that takes longer than its lock is given up. */
export function httpApplication({ apiUrl, token, timeoutMs }: { apiUrl: string; token: string; timeoutMs: number }): Application {
  const post = (path: string, body: unknown) =>
    fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
  return {
    async handle(topic, task) {
      const response = await post(`/machine/topics/${topic}`, task)
      const body: unknown = await response.json().catch(() => null)
      if (response.ok) return machineAnswer.parse(body)
      const said = typeof body === 'object' && body !== null && 'code' in body ? JSON.stringify(body) : `status ${response.status}`
      throw new TaskRefused(`the application refused ${topic} ${task.id}: ${said}`, response.status === 400 || response.status === 404)
    },
    async seen(workerId) {
      await (await post('/machine/seen', { workerId })).body?.cancel()
    },
  }
}
