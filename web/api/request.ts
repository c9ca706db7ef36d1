import type { Problem } from '../../contracts/api/problem.ts'

/** A refusal of the server, or `network` when nobody answered. */
export class RequestError extends Error {
  readonly code: string
  readonly status: number
  readonly problem: Problem | null
  constructor(code: string, status: number, problem: Problem | null) {
    super(problem?.detail ?? problem?.title ?? code)
    this.name = 'RequestError'
    this.code = code
    this.status = status
    this.problem = problem
  }
}

let csrfToken = ''
export const setCsrfToken = (token: string) => {
  csrfToken = token
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson ? await response.json() : null
  if (response.ok) return body
  const problem = isJson ? (body as Problem) : null
  throw new RequestError(problem?.code ?? `http-${response.status}`, response.status, problem)
}

async function send(path: string, init: RequestInit): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, { credentials: 'same-origin', ...init })
  } catch (cause) {
    throw Object.assign(new RequestError('network', 0, null), { cause })
  }
  return answerOf(response)
}

/** GET below /api. */
export const get = async <T>(path: string, signal?: AbortSignal) => (await send(path, { signal: signal ?? null })) as T

/** A change below /api, with the session's CSRF token. */
export const change = async <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  (await send(path, {
    method,
    headers: { 'x-csrf-token': csrfToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  })) as T

/** A file as multipart. */
export const upload = async <T>(path: string, form: FormData) =>
  (await send(path, { method: 'POST', headers: { 'x-csrf-token': csrfToken }, body: form })) as T
