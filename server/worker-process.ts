import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { RemoteEngineConfig } from './config.ts'

export interface WorkerProcess {
  stop(): Promise<void>
}

/** Wait before a worker process that ended by itself is started again. */
const RESTART_MS = 2_000

/**
 * Runs the workers in a process of their own, beside the server, and starts it again when it dies. They know the application only
 * by its address and a machine account's token.
 */
export function startWorkerProcess({
  address,
  token,
  remoteEngine,
  logLevel,
  log,
}: {
  address: string
  token: string
  /** Where the tasks are; null: in the application's own engine. */
  remoteEngine: RemoteEngineConfig | null
  logLevel: string
  log: Logger
}): WorkerProcess {
  const script = join(import.meta.dirname, '..', 'workers', 'main.ts')
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = false

  const start = () => {
    child = fork(script, {
      env: {
        ...(remoteEngine ? engineAccess(remoteEngine) : { ENGINE_REST_URL: `${address}/engine-rest` }),
        API_URL: `${address}/api`,
        MACHINE_TOKEN: token,
        LOG_LEVEL: logLevel,
      },
    })
    child.once('exit', (code, signal) => {
      child = null
      if (stopped) return
      log.warn({ code, signal }, 'the worker process ended; it is started again')
      timer = setTimeout(start, RESTART_MS)
    })
  }
  start()

  return {
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      const running = child
      if (!running) return
      const ended = new Promise((done) => running.once('exit', done))
      running.kill('SIGTERM')
      const patience = setTimeout(() => running.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(patience)
    },
  }
}

function engineAccess({ url, credentials }: RemoteEngineConfig): Record<string, string> {
  if (!credentials) return { ENGINE_REST_URL: url }
  return 'token' in credentials
    ? { ENGINE_REST_URL: url, ENGINE_TOKEN: credentials.token }
    : { ENGINE_REST_URL: url, ENGINE_USER: credentials.user, ENGINE_PASSWORD: credentials.password }
}
