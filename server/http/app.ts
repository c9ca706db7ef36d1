import express, { type ErrorRequestHandler, type Express, json, type Request, type Response, type Router } from 'express'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Identity } from '../identity/index.ts'
import type { NewId } from '../new-id.ts'
import { makeApiRouter } from './api-router.ts'
import { makeOpenApi } from './open-api.ts'
import { problemOf, Refusal, refusalOf } from './problem.ts'
import type { Route } from './route.ts'
import { secureHeaders } from './secure-headers.ts'
import { siteRouter } from './site.ts'

export interface AppParts {
  readonly config: Config
  readonly identity: Identity
  readonly newId: NewId
  readonly log: Logger
  readonly routes: readonly Route[]
  /** The engine's REST API, mounted below /engine-rest: it lets machine accounts in; absent with a remote engine. */
  readonly engineRest: Router | null
}

/** The express application: headers, request ids, /api, /engine-rest, the site. It listens nowhere yet. */
export function makeApp(parts: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', parts.config.trustedProxies)
  app.use(secureHeaders(parts.config))
  app.use((request, response, next) => {
    response.locals.requestId = parts.newId()
    response.setHeader('x-request-id', response.locals.requestId)
    const startedAt = performance.now()
    response.on('finish', () =>
      parts.log.debug(
        {
          requestId: response.locals.requestId,
          method: request.method,
          path: request.path,
          status: response.statusCode,
          ms: Math.round(performance.now() - startedAt),
        },
        'request',
      ),
    )
    next()
  })
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }))
  app.get('/api/openapi.json', (_request, response) => void response.json(makeOpenApi(parts.routes)))
  app.use('/api', json({ limit: '3mb' }), makeApiRouter(parts))
  if (parts.engineRest) app.use('/engine-rest', parts.engineRest)
  app.use(siteRouter(parts.config.siteDir))
  app.use(problemReply(parts.log))
  return app
}

function problemReply(log: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    if (response.headersSent) return next(error)
    const refusal = refusalOf(error)
    if (!refusal)
      log.error({ err: error, requestId: response.locals.requestId, method: request.method, path: request.path }, 'request failed')
    const problem = problemOf(refusal ?? new Refusal('internal', { data: { requestId: response.locals.requestId } }))
    if (refusal?.code === 'account-locked' && typeof problem.data?.retryAfterSeconds === 'number')
      response.setHeader('Retry-After', String(problem.data.retryAfterSeconds))
    response.status(problem.status).type('application/problem+json').end(JSON.stringify(problem))
  }
}
