import { Client, type Task, type TaskService, Variables } from 'camunda-external-task-client-js'
import type { MachineAnswer } from '../contracts/api/machine.ts'
import type { Topic } from '../contracts/external-topics.ts'
import { type Application, httpApplication, TaskRefused } from './application.ts'
import type { WorkerConfig } from './config.ts'
import { correlateMessage } from './correlate-message/correlate-message.ts'
import { document } from './document/document.ts'
import { exportReport } from './export/export-report.ts'
import { notify } from './notify/notify.ts'
import { serialNumber } from './serial-number/serial-number.ts'
import { taskOf } from './task-of.ts'
import type { TopicWorker } from './topic-worker.ts'

/** One per topic of the shipped procedures. */
export const TOPIC_WORKERS: readonly TopicWorker[] = [serialNumber, document, notify, correlateMessage, exportReport]

export interface WorkerLog {
  info(data: Record<string, unknown>, message: string): void
  warn(data: Record<string, unknown>, message: string): void
}

/** Between two times that the application learns that its workers are there. */
const SEEN_EVERY_MS = 15_000

/** Longest wait between two tries. */
const MAX_RETRY_MS = 3_600_000

/** Subscribes every topic. `stop` polls no more and waits until what began has ended. */
export function runWorkers(config: WorkerConfig, log: WorkerLog): { stop(): Promise<void> } {
  const authorization =
    config.ENGINE_USER === undefined
      ? `Bearer ${config.ENGINE_TOKEN ?? config.MACHINE_TOKEN}`
      : `Basic ${Buffer.from(`${config.ENGINE_USER}:${config.ENGINE_PASSWORD ?? ''}`).toString('base64')}`
  const client = new Client({
    baseUrl: config.ENGINE_REST_URL,
    workerId: config.WORKER_ID,
    maxTasks: 10,
    maxParallelExecutions: 10,
    interval: 200,
    asyncResponseTimeout: config.POLL_MS,
    lockDuration: config.LOCK_MS,
    interceptors: [(request) => ({ ...request, headers: { ...request.headers, authorization } })],
  })
  let failures = 0
  client.on('poll:error', (error) => {
    // The client asks again at once; a line for each time would fill the disk while the engine is away.
    if (failures % 150 === 0) log.warn({ error: String(error), times: failures + 1 }, 'the engine does not answer')
    failures += 1
  })
  const home = httpApplication({ apiUrl: config.API_URL, token: config.MACHINE_TOKEN, timeoutMs: config.LOCK_MS })
  let saidAt = Number.NEGATIVE_INFINITY
  client.on('poll:success', () => {
    if (performance.now() - saidAt >= SEEN_EVERY_MS) {
      saidAt = performance.now()
      home.seen(config.WORKER_ID).catch((error: unknown) => log.warn({ error: String(error) }, 'the application does not answer'))
    }
    if (failures > 0) log.info({ times: failures }, 'the engine answers again')
    failures = 0
  })
  for (const worker of TOPIC_WORKERS) {
    const lockMs = worker.lockMs ?? config.LOCK_MS
    const application = httpApplication({ apiUrl: config.API_URL, token: config.MACHINE_TOKEN, timeoutMs: lockMs })
    client.subscribe(worker.topic, { lockDuration: lockMs }, ({ task, taskService }) => work(worker, application, task, taskService, log))
  }
  return {
    async stop() {
      client.stop()
      while (client.activeTasksCount > 0) await new Promise((done) => setTimeout(done, 20))
    },
  }
}

async function work(worker: TopicWorker, application: Application, task: Task, taskService: TaskService, log: WorkerLog): Promise<void> {
  const about = { topic: worker.topic, task: task.id, businessKey: task.businessKey }
  let answer: MachineAnswer
  try {
    answer = await application.handle(worker.topic satisfies Topic, taskOf(task))
  } catch (error) {
    log.warn({ ...about, error: String(error) }, 'task failed')
    const left = task.retries ?? worker.attempts
    const isFinal = error instanceof TaskRefused && error.isFinal
    await report(about, log, () =>
      taskService.handleFailure(task, {
        errorMessage: String(error).slice(0, 600),
        errorDetails: error instanceof Error ? (error.stack ?? '') : '',
        retries: isFinal ? 0 : Math.max(0, left - 1),
        retryTimeout: Math.min(MAX_RETRY_MS, worker.retryMs * 2 ** Math.max(0, worker.attempts - left)),
      }),
    )
    return
  }
  const variables = new Variables()
  for (const [name, { type, value }] of Object.entries(answer.variables))
    variables.setTyped(name, { type: type.toLowerCase(), value, valueInfo: {} })
  await report(about, log, () => taskService.complete(task, variables))
  log.info(about, 'task done')
}

/** The lock may have passed to another worker, who gets the same answer: then there is nothing left to say. */
async function report(about: Record<string, unknown>, log: WorkerLog, say: () => Promise<void>): Promise<void> {
  try {
    await say()
  } catch (error) {
    log.warn({ ...about, error: String(error) }, 'the engine did not take the result')
  }
}
