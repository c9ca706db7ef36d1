import { pino } from 'pino'
import { readWorkerConfig } from './config.ts'
import { runWorkers } from './run-workers.ts'

const config = readWorkerConfig(process.env)
const log = pino({ name: 'workers', level: config.LOG_LEVEL })
const workers = runWorkers(config, log)
log.info({ engine: config.ENGINE_REST_URL, workerId: config.WORKER_ID }, 'workers are waiting for tasks')

let stopping = false
const stop = async () => {
  if (stopping) process.exit(1)
  stopping = true
  await workers.stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
// Ends with the server that started it.
process.on('disconnect', () => void stop())
