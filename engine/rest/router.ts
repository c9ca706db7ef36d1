import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'
import { BatchRunner } from './batch/batch-runner.ts'
import type { Answer, Call, EmbeddedEngine } from './http/call.ts'
import type { Operation } from './http/operation.ts'
import { readBody } from './http/read-body.ts'
import { makeRouteTree, type RouteTree } from './http/route-tree.ts'
import { sendAnswer, sendJson } from './http/send.ts'
import { operations } from './operations.ts'
import { answerOf, invalidRequest, Problem } from './problem.ts'

export interface EngineRestOptions {
  readonly engine: EmbeddedEngine
  /** Lets machine accounts in, in front of everything; absent: everybody (loopback only). */
  readonly authenticate?: RequestHandler
  /** Who was let in, for history and `currentUser()`. */
  readonly userOf?: (request: Request) => string | null
  /** Told of errors that nobody expected. */
  readonly report?: (error: unknown) => void
}

/** Camunda 7's REST API over the embedded engine, to be mounted at `/engine-rest`. */
export function makeEngineRest(options: EngineRestOptions): Router {
  const tree = makeRouteTree(operations)
  const batches = new BatchRunner(options.engine.runtime, options.report ?? (() => undefined))
  batches.wake()
  const router = Router()
  if (options.authenticate) router.use(options.authenticate)
  router.use((request: Request, response: Response, _next: NextFunction) => {
    void serve({ tree, batches, options }, request, response)
  })
  return router
}

/**
 * The same without express, for a server that serves nothing else: `url` is what follows `base`. Express would cost as much as a
 * small command itself.
 */
export function makeEngineRestListener(options: Omit<EngineRestOptions, 'authenticate' | 'userOf'>, base: string): RequestListener {
  const tree = makeRouteTree(operations)
  const batches = new BatchRunner(options.engine.runtime, options.report ?? (() => undefined))
  batches.wake()
  return (request, response) => {
    const url = request.url ?? '/'
    const within = url.startsWith(base) && (url.length === base.length || url[base.length] === '/' || url[base.length] === '?')
    const rest = Object.assign(request, { url: within ? url.slice(base.length) : '/', protocol: 'http', baseUrl: base })
    if (within) void serve({ tree, batches, options }, rest, response)
    else sendJson(response, 404, { type: 'NotFoundException', message: `HTTP 404 Not Found: ${url}`, code: null })
  }
}

/** What a request must bring, from express or from a bare server. */
type RestRequest = IncomingMessage & { url: string; readonly protocol: string; readonly baseUrl: string }

interface Parts {
  readonly tree: RouteTree
  readonly batches: BatchRunner
  readonly options: EngineRestOptions
}

async function serve(parts: Parts, request: RestRequest, response: ServerResponse): Promise<void> {
  const { tree, options } = parts
  const report = options.report ?? (() => undefined)
  let operation: Operation | undefined
  try {
    const { path, query } = targetOf(request)
    const match = tree.match(request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'), path)
    if (match.kind === 'none') throw new Problem(404, 'NotFoundException', `HTTP 404 Not Found: ${path}`)
    if (match.kind === 'wrong-method') {
      response.setHeader('allow', match.allowed.join(', '))
      throw new Problem(405, 'NotAllowedException', 'HTTP 405 Method Not Allowed')
    }
    operation = match.operation
    if (!operation.binary && !acceptsJson(request.headers.accept))
      throw new Problem(406, 'NotAcceptableException', 'HTTP 406 Not Acceptable')
    const answer = await operation.run(await callOf(parts, request, response, match.params, query))
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
  { options, batches }: Parts,
  request: RestRequest,
  response: ServerResponse,
  params: Call['params'],
  query: URLSearchParams,
): Promise<Call> {
  const { engine } = options
  const { runtime } = engine
  const { body, form } = request.method === 'GET' || request.method === 'HEAD' ? { body: undefined, form: [] } : await readBody(request)
  const userId = options.userOf?.(request as Request) ?? null
  const read = runtime.query()
  let abort: AbortController | null = null
  return {
    engine,
    runtime,
    batches,
    params,
    query,
    body,
    form,
    userId,
    base: `${request.protocol}://${request.headers.host ?? ''}${request.baseUrl}`,
    run: { dialect: runtime.database.dialect, now: runtime.context.now(), userId, query: read },
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

const acceptsJson = (accept: string | undefined): boolean =>
  accept === undefined || accept === '' || /\*\/\*|application\/(\*|json|hal\+json)/i.test(accept)
