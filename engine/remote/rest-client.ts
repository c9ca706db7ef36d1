import { EngineError } from '../process-engine.ts'
import { toJsonText } from '../wire/json-text.ts'

/** How the other engine is reached and who we are there. */
export interface RestClientOptions {
  /** Base of its REST API, e.g. `http://127.0.0.1:8080/engine-rest`. */
  readonly url: string
  readonly credentials?: { readonly user: string; readonly password: string } | { readonly token: string }
  /** Least that an answer may take before it counts as lost, in ms. */
  readonly timeoutMs?: number
}

export interface RestClient {
  get<T>(path: string, query?: Readonly<Record<string, string | number | boolean | null | undefined>>): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>
  upload<T>(path: string, form: FormData): Promise<T>
  /** As `get`, but null where the server answers 404. */
  find<T>(path: string): Promise<T | null>
}

interface CamundaError {
  readonly type?: string
  readonly message?: string
  readonly details?: Readonly<Record<string, { readonly errors: readonly CamundaFinding[]; readonly warnings: readonly CamundaFinding[] }>>
}

interface CamundaFinding {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly mainElementId?: string
  readonly elementIds?: readonly string[]
}

/** Statuses of a server, or of a proxy before it, that is not there, not ready, or does not let us in yet. */
const OUTAGE = [401, 403, 429, 502, 503, 504]

/** Whether an error says that the other server was not reached, so that the same call may succeed later. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Unanswered || (error instanceof EngineError && OUTAGE.includes(Number(error.data.status)))

const unanswered = (method: string, path: string) => (cause: unknown) => {
  throw new Unanswered(`${method} ${path} of the engine was not answered`, { cause })
}

/** No answer came: what was asked may have been done or not. */
class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

/** What the other server's exceptions mean here. */
const codes: Readonly<Record<string, string>> = {
  MismatchingMessageCorrelationException: 'message-mismatch',
  ParseException: 'parse-failed',
  SuspendedEntityInteractionException: 'instance-suspended',
  NotFoundException: 'not-found',
  NullValueException: 'null-argument',
}

/** JSON over HTTP to a Camunda-7-compatible server; its refusals become `EngineError`, its absence an error with the cause. */
export function makeRestClient({ url, credentials, timeoutMs = 30_000 }: RestClientOptions): RestClient {
  const base = url.replace(/\/$/, '')
  const authorization =
    credentials && ('token' in credentials ? `Bearer ${credentials.token}` : `Basic ${btoa(`${credentials.user}:${credentials.password}`)}`)

  const request = async (method: string, path: string, body?: BodyInit, type?: string): Promise<Response> =>
    fetch(base + path, {
      method,
      body,
      headers: { accept: 'application/json', ...(type && { 'content-type': type }), ...(authorization && { authorization }) },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(unanswered(method, path))

  const read = async <T>(method: string, path: string, response: Response): Promise<T> => {
    const text = await response.text().catch(unanswered(method, path))
    const json: unknown = text === '' ? undefined : parse(text)
    if (response.ok) return json as T
    throw refusal(method, path, response.status, (json ?? {}) as CamundaError)
  }

  return {
    get: async (path, query = {}) => {
      const search = new URLSearchParams(
        Object.entries(query).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, String(value)]])),
      )
      const target = search.size > 0 ? `${path}?${search}` : path
      return read('GET', target, await request('GET', target))
    },
    send: async (method, path, body) =>
      read(
        method,
        path,
        await request(method, path, body === undefined ? undefined : toJsonText(body), body === undefined ? undefined : 'application/json'),
      ),
    upload: async (path, form) => read('POST', path, await request('POST', path, form)),
    find: async <T>(path: string) => {
      const response = await request('GET', path)
      if (response.status === 404) return null
      return read<T>('GET', path, response)
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { message: text.slice(0, 500) }
  }
}

function refusal(method: string, path: string, status: number, error: CamundaError): EngineError {
  const findings = Object.entries(error.details ?? {}).flatMap(([resource, { errors, warnings }]) =>
    [
      ...errors.map((finding) => ({ finding, severity: 'error' as const })),
      ...warnings.map((finding) => ({ finding, severity: 'warning' as const })),
    ].map(({ finding, severity }) => ({
      severity,
      code: 'remote',
      message: finding.message,
      resource,
      elementIds: finding.elementIds ?? (finding.mainElementId ? [finding.mainElementId] : []),
      line: finding.line,
      column: finding.column,
    })),
  )
  const mismatch = /cannot correlate message/i.test(error.message ?? '')
  const code = mismatch ? 'message-mismatch' : (codes[error.type ?? ''] ?? (status === 404 ? 'not-found' : 'remote-refused'))
  return new EngineError(code, `${method} ${path} answered ${status}: ${error.message ?? ''}`, { status, type: error.type }, findings)
}
