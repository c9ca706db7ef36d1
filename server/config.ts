import { resolve } from 'node:path'
import { z } from 'zod'

const flag = (byDefault: boolean) =>
  z
    .enum(['on', 'off'])
    .default(byDefault ? 'on' : 'off')
    .transform((value) => value === 'on')

const environment = z.object({
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  /** `off` in a real installation: no demonstration county, no clock to turn. */
  DEMONSTRATION: flag(true),
  /** `on` behind TLS: session cookies are sent over TLS only. */
  SECURE_COOKIES: flag(false),
  /** Number of proxies in front that may set X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** `http://…/engine-rest` of a Camunda-7-compatible server; without it the engine runs in this process. */
  ENGINE_URL: z.url({ protocol: /^https?$/ }).optional(),
  ENGINE_USER: z.string().optional(),
  ENGINE_PASSWORD: z.string().optional(),
  ENGINE_TOKEN: z.string().optional(),
  /** Where that server's clock can be set, as the demonstration's is turned; without it the demonstration runs in real time. */
  ENGINE_CLOCK_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('Bihuan <bihuan@localhost>'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** How another server's engine is reached. */
export interface RemoteEngineConfig {
  readonly url: string
  readonly credentials?: { readonly user: string; readonly password: string } | { readonly token: string }
  readonly clockUrl: string | null
}

/** What the installation is told from outside; read and checked once, here. */
export interface Config {
  readonly dataDir: string
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  readonly demonstration: boolean
  readonly secureCookies: boolean
  readonly trustedProxies: number
  /** The engine of another server; null: in this process. */
  readonly remoteEngine: RemoteEngineConfig | null
  readonly smtpUrl: string | null
  readonly mailFrom: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Folder of the built site; served when it is there. */
  readonly siteDir: string
}

/** Reads the configuration from environment variables. Throws with every bad one named. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  const result = environment.safeParse(env)
  if (!result.success)
    throw new Error(`bad configuration: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`)
  const read = result.data
  const dataDir = resolve(root, read.DATA_DIR)
  return {
    dataDir,
    databaseUrl: read.DATABASE_URL ?? `sqlite:${resolve(dataDir, 'bihuan.db')}`,
    host: read.HOST,
    port: read.PORT,
    demonstration: read.DEMONSTRATION,
    secureCookies: read.SECURE_COOKIES,
    trustedProxies: read.TRUSTED_PROXIES,
    remoteEngine: remoteEngineOf(read),
    smtpUrl: read.SMTP_URL ?? null,
    mailFrom: read.MAIL_FROM,
    logLevel: read.LOG_LEVEL,
    siteDir: resolve(root, 'dist/web'),
  }
}

function remoteEngineOf(read: z.infer<typeof environment>): RemoteEngineConfig | null {
  const { ENGINE_URL: url, ENGINE_USER: user, ENGINE_PASSWORD: password, ENGINE_TOKEN: token } = read
  if (url === undefined) return null
  const credentials = token !== undefined ? { token } : user !== undefined && password !== undefined ? { user, password } : undefined
  return { url, clockUrl: read.ENGINE_CLOCK_URL ?? null, ...(credentials && { credentials }) }
}
