import type { IncomingMessage } from 'node:http'
import type { ProcessEngine } from '../../process-engine.ts'
import type { EngineRuntime } from '../../runtime/engine-runtime.ts'
import { fromWireDate } from '../../wire/date-time.ts'
import type { KnownCaller } from '../access/caller.ts'
import type { KnownCallers } from '../access/known-caller.ts'
import type { BatchRunner } from '../batch/batch-runner.ts'
import { invalidRequest } from '../problem.ts'
import type { QueryRun } from '../query/resource-query.ts'

export type EmbeddedEngine = ProcessEngine & { readonly runtime: EngineRuntime }

/** A file or field of a multipart request, in the order in which they came. */
export interface FormPart {
  readonly name: string
  readonly filename: string | null
  readonly mimeType: string | null
  readonly content: Buffer
}

/** One request, read. */
export interface Call {
  readonly engine: EmbeddedEngine
  readonly runtime: EngineRuntime
  readonly batches: BatchRunner
  /** Values of the path's `:names`. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly form: readonly FormPart[]
  /** Who calls, and what is granted. */
  readonly caller: KnownCaller
  readonly callers: KnownCallers
  /** The caller's name, for history and `currentUser()`. */
  readonly userId: string | null
  /** Address of the API, for links. */
  readonly base: string
  readonly run: QueryRun
  readonly request: IncomingMessage
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal
}

export type Answer =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'json'; readonly status: number; readonly json: unknown; readonly contentType?: 'application/hal+json' }
  | { readonly kind: 'content'; readonly content: Uint8Array; readonly contentType: string; readonly filename?: string }
  | { readonly kind: 'text'; readonly text: string }

export const nothing: Answer = { kind: 'nothing' }
export const json = (value: unknown, status = 200): Extract<Answer, { kind: 'json' }> => ({ kind: 'json', status, json: value })
export const content = (bytes: Uint8Array, contentType: string, filename?: string): Answer => ({
  kind: 'content',
  content: bytes,
  contentType,
  ...(filename !== undefined && { filename }),
})

export type Body = Readonly<Record<string, unknown>>

/** The body as an object; an absent one is empty. */
export function bodyOf(call: Call): Body {
  const { body } = call
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) throw invalidRequest('the body must be a JSON object')
  return body as Body
}

/** A path parameter; the router has matched it. */
export const param = (call: Call, name: string): string => call.params[name] ?? ''

export function textOf(body: Body, name: string): string | null {
  const value = body[name]
  if (value === undefined || value === null) return null
  if (typeof value === 'object') throw invalidRequest(`${name} must be a text`)
  return String(value)
}

export function numberOf(body: Body, name: string): number | null {
  const value = body[name]
  if (value === undefined || value === null) return null
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw invalidRequest(`${name} must be a number`)
  return number
}

/** Epoch ms. */
export function dateOf(body: Body, name: string): number | null {
  const text = textOf(body, name)
  if (text === null) return null
  const instant = fromWireDate(text)
  if (instant === undefined) throw invalidRequest(`Cannot read ${name} '${text}'`)
  return instant
}

export function flagOf(body: Body, name: string): boolean {
  const value = body[name]
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean') throw invalidRequest(`${name} must be true or false`)
  return value
}

/** A list of objects; an absent one is empty. */
export function objectsOf(body: Body, name: string): readonly Body[] {
  const value = body[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'object' || item === null || Array.isArray(item)))
    throw invalidRequest(`${name} must be a list of objects`)
  return value as readonly Body[]
}

export function textsOf(body: Body, name: string): readonly string[] | null {
  const value = body[name]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) throw invalidRequest(`${name} must be a list`)
  return value.map(String)
}
