import { z } from 'zod'

const environment = z.object({
  /** `http://host:port/engine-rest` of the embedded engine or of another Camunda-7-compatible server. */
  ENGINE_REST_URL: z.url(),
  /** `http://host:port/api` of the application. */
  API_URL: z.url(),
  /** Token of a machine account of the application; also sent to its own engine. */
  MACHINE_TOKEN: z.string().min(16),
  /** Credentials of another engine, when it is not the application's own. */
  ENGINE_USER: z.string().optional(),
  ENGINE_PASSWORD: z.string().optional(),
  ENGINE_TOKEN: z.string().optional(),
  WORKER_ID: z.string().min(1).default(`bihuan-worker-${process.pid}`),
  LOCK_MS: z.coerce.number().int().min(1_000).max(3_600_000).default(30_000),
  POLL_MS: z.coerce.number().int().min(1_000).max(1_800_000).default(20_000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type WorkerConfig = z.infer<typeof environment>

/** Reads the configuration of the worker process. Throws with every bad variable named. */
export function readWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const result = environment.safeParse(env)
  if (!result.success)
    throw new Error(`bad configuration: ${result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`)
  return result.data
}
