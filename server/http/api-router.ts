import { type Request, type Response, Router } from 'express'
import type { Config } from '../config.ts'
import { CSRF_HEADER, type Identity, isWorker, type SignedIn, sessionTokenOf } from '../identity/index.ts'
import { parse } from './parse.ts'
import { Refusal } from './problem.ts'
import type { Call, Route } from './route.ts'

/** Serves the declared routes: session, CSRF, permission, contract, use case, answer. In this order, the same for all. */
export function makeApiRouter({ identity, routes }: { identity: Identity; routes: readonly Route[]; config: Config }): Router {
  const router = Router({ caseSensitive: true })
  for (const route of routes) {
    router[route.method](route.path, async (request, response) => {
      response.setHeader('Cache-Control', 'no-store')
      const signedIn = await admit(identity, route, request)
      const call: Call = {
        actor: signedIn?.actor ?? NOBODY,
        may: (permission) => signedIn?.permissions.has(permission) ?? false,
        params: onlyText(request.params),
        query: route.query ? parse(route.query, request.query) : request.query,
        body: route.body ? parse(route.body, request.body) : request.body,
        requestId: response.locals.requestId,
        request,
        response,
      }
      const answer = await route.handle(call)
      if (!route.stream) reply(response, route, answer)
    })
  }
  router.use(() => {
    throw new Refusal('not-found')
  })
  return router
}

const NOBODY = { personId: '', countyCode: '', kind: 'enterprise' } as const

async function admit(identity: Identity, route: Route, request: Request): Promise<SignedIn | null> {
  if (request.method !== 'GET' && !isSameOrigin(request)) throw new Refusal('csrf-failed')
  if (route.access === 'public') return null
  if (route.access === 'machine') {
    const account = await identity.machineAccountOf(request.headers.authorization)
    if (!account) throw new Refusal('not-signed-in')
    if (!isWorker(account)) throw new Refusal('forbidden')
    return null
  }
  const signedIn = await identity.signedIn(sessionTokenOf(request.headers.cookie))
  if (!signedIn) throw new Refusal('not-signed-in')
  if (route.method !== 'get' && !identity.isCsrfToken(signedIn, request.headers[CSRF_HEADER])) throw new Refusal('csrf-failed')
  if (signedIn.mustChangePassword && !route.beforePasswordChange) throw new Refusal('must-change-password')
  if (route.access !== 'session' && !signedIn.permissions.has(route.access)) throw new Refusal('forbidden')
  return signedIn
}

/** A browser names the page's origin on writes; another site's is refused even before the token is looked at. */
function isSameOrigin(request: Request): boolean {
  const origin = request.headers.origin
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function onlyText(params: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, Array.isArray(value) ? value.join('/') : (value ?? '')]))
}

function reply(response: Response, route: Route, answer: unknown): void {
  if (answer === undefined) response.status(route.status ?? 204).end()
  else response.status(route.status ?? 200).json(answer)
}
