import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type NextFunction, type Request, type Response, Router } from 'express'
import { ruleOf } from './access/authorised-by.ts'
import type { Caller } from './access/caller.ts'
import { KnownCallers } from './access/known-caller.ts'
import type { Rule } from './access/rule.ts'
import { BatchRunner } from './batch/batch-runner.ts'
import type { Answer, Call, EmbeddedEngine } from './http/call.ts'
import { halAnswer, prefersHal } from './http/hal.ts'
import type { Operation } from './http/operation.ts'
import { readBody } from './http/read-body.ts'
import { makeRouteTree, type RouteTree } from './http/route-tree.ts'
import { sendAnswer, sendJson } from './http/send.ts'
import { refuseLongTexts } from './long-texts.ts'
import { operations } from './operations.ts'
import { answerOf, invalidRequest, Problem } from './problem.ts'
import { loggedAs } from './user-operation/logged-operations.ts'
import { prepareLog, writeLog } from './user-operation/write-log.ts'

export interface EngineRestOptions {
  readonly engine: EmbeddedEngine
  /** Whose request it is; null: nobody's, which is a 401. An API that is open on purpose answers `everybody`. */
  readonly callerOf: (request: IncomingMessage) => Promise<Caller | null>
  /** Told of errors that nobody expected. */
  readonly report?: (error: unknown) => void
}

/** Camunda 7's REST API over the embedded engine, to be mounted at `/engine-rest`. */
export function makeEngineRest(options: EngineRestOptions): Router {
  const parts = partsOf(options)
  const router = Router()
  router.use((request: Request, response: Response, _next: NextFunction) => {
    void serve(parts, request, response)
  })
  return router
}

/**
 * The same without express, for a server that serves nothing else: `url` is what follows `base`. Express would cost as much as a
 * small command itself.
 */
export function makeEngineRestListener(options: EngineRestOptions, base: string): RequestListener {
  const parts = partsOf(options)
  return (request, response) => {
    const url = request.url ?? '/'
    const within = url.startsWith(base) && (url.length === base.length || url[base.length] === '/' || url[base.length] === '?')
    const rest = Object.assign(request, { url: within ? url.slice(base.length) : '/', protocol: 'http', baseUrl: base })
    if (within) void serve(parts, rest, response)
    else sendJson(response, 404, { type: 'NotFoundException', message: `HTTP 404 Not Found: ${url}`, code: null })
  }
}

/** What a request must bring, from express or from a bare server. */
type RestRequest = IncomingMessage & { url: string; readonly protocol: string; readonly baseUrl: string }

interface Parts {
  readonly tree: RouteTree
  readonly rules: ReadonlyMap<Operation, Rule>
  readonly callers: KnownCallers
  readonly batches: BatchRunner
  readonly options: EngineRestOptions
}

function partsOf(options: EngineRestOptions): Parts {
  const batches = new BatchRunner(options.engine.runtime, options.report ?? (() => undefined))
  batches.wake()
  const rules = new Map(operations.map((one) => [one, one.authorisedBy ?? ruleOf(one.method, one.path)]))
  return { tree: makeRouteTree(operations), rules, callers: new KnownCallers(), batches, options }
}

async function serve(parts: Parts, request: RestRequest, response: ServerResponse): Promise<void> {
  const { tree, rules, options } = parts
  const report = options.report ?? (() => undefined)
  let operation: Operation | undefined
  try {
    const caller = await options.callerOf(request)
    if (!caller) {
      response.setHeader('www-authenticate', 'Basic realm="engine-rest", charset="UTF-8"')
      throw new Problem(401, 'AuthenticationException', 'An account is needed: Basic name:secret, or Bearer token')
    }
    const { path, query } = targetOf(request)
    const match = tree.match(request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'), path)
    if (match.kind === 'none') throw new Problem(404, 'NotFoundException', `HTTP 404 Not Found: ${path}`)
    if (match.kind === 'wrong-method') {
      response.setHeader('allow', match.allowed.join(', '))
      throw new Problem(405, 'NotAllowedException', 'HTTP 405 Method Not Allowed')
    }
    operation = match.operation
    const { accept } = request.headers
    const types = operation.produces ? TYPES[operation.produces] : operation.hal ? HAL_OR_JSON : JSON_TYPES
    if (!operation.binary && !accepts(accept, types)) throw new Problem(406, 'NotAcceptableException', 'HTTP 406 Not Acceptable')
    const call = await callOf(parts, caller, request, response, match.params, query)
    if (!call.caller.isAdmin) await rules.get(operation)?.check(call)
    const isLogged = call.caller.id !== null && call.runtime.context.store.keepsHistory('detail')
    const logged = isLogged ? loggedAs(operation.method, operation.path) : undefined
    const prepared = logged && (await prepareLog(call, logged))
    const plain = await operation.run(call)
    const wantsHal = operation.hal && plain.kind === 'json' && prefersHal(accept)
    const answer = wantsHal && operation.hal ? halAnswer(await operation.hal(call, plain.json)) : plain
    if (logged && prepared) await writeLog(call, logged, prepared, answer)
    if (!response.writableEnded && !response.destroyed) sendAnswer(response, answer satisfies Answer)
  } catch (error) {
    if (response.writableEnded || response.headersSent) return
    const { status, body } = answerOf(error, operation?.wrapping, report)
    sendJson(response, status, body)
  }
}

/** `/engine/{name}/…` names the engine; there is one, `default`. */
function targetOf(request: RestRequest): { path: string; query: URLSearchParams } {
  const mark = request.url.indexOf('?')
  const path = (mark < 0 ? request.url : request.url.slice(0, mark)).replace(/\/+$/, '')
  const query = new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1))
  const named = /^\/engine\/([^/]+)(\/.*)$/.exec(path)
  if (!named) return { path, query }
  if (named[1] !== 'default') throw invalidRequest(`Process engine with name ${named[1]} does not exist`)
  return { path: named[2] ?? '', query }
}

async function callOf(
  { options, batches, callers }: Parts,
  of: Caller,
  request: RestRequest,
  response: ServerResponse,
  params: Call['params'],
  query: URLSearchParams,
): Promise<Call> {
  const { engine } = options
  const { runtime } = engine
  const read = runtime.query()
  const now = runtime.context.now()
  const caller = await callers.know(of, read, now)
  const { body, form } = request.method === 'GET' || request.method === 'HEAD' ? { body: undefined, form: [] } : await readBody(request)
  if (runtime.context.settings.compat.shortTexts) refuseLongTexts(body, params.varName)
  let abort: AbortController | null = null
  return {
    engine,
    runtime,
    batches,
    params,
    query,
    body,
    form,
    caller,
    callers,
    userId: caller.id,
    base: `${request.protocol}://${request.headers.host ?? ''}${request.baseUrl}`,
    run: { dialect: runtime.database.dialect, now, userId: caller.id, caller, query: read },
    request,
    get gone() {
      if (!abort) {
        const made = new AbortController()
        abort = made
        if (response.destroyed) made.abort()
        response.on('close', () => made.abort())
      }
      return abort.signal
    },
  }
}

const JSON_TYPES = /\*\/\*|application\/(\*|json)/i
const HAL_OR_JSON = /\*\/\*|application\/(\*|json|hal\+json)/i
const TYPES = { 'text/plain': /\*\/\*|text\/(\*|plain)/i, 'application/xhtml+xml': /\*\/\*|application\/(\*|xhtml\+xml)/i } as const

const accepts = (accept: string | undefined, types: RegExp): boolean => accept === undefined || accept === '' || types.test(accept)
