import { z } from 'zod'
import { changePassword, county, logIn, type Me, me, turnClock } from '../../contracts/api/session.ts'
import type { Audit } from '../audit/index.ts'
import { Refusal } from '../http/problem.ts'
import { type Call, type Route, route } from '../http/route.ts'
import type { Clock, Organisation, TurnableClock } from '../organisation/index.ts'
import { positionTitle } from '../organisation/index.ts'
import type { Accounts } from './accounts.ts'
import { sessionCookie, sessionTokenOf } from './cookie.ts'
import type { Session, Sessions } from './sessions.ts'
import type { SignedIn } from './signed-in.ts'

interface Deps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly audit: Audit
  readonly organisation: Organisation
  readonly machine: Clock
  readonly secureCookies: boolean
  readonly demonstration: TurnableClock | null
  readonly checkLogin: (countyCode: string, account: string, password: string) => Promise<string>
  readonly signedIn: (token: string | undefined) => Promise<SignedIn | null>
  readonly signedInOf: (session: Session) => Promise<SignedIn | null>
}

export function sessionRoutes(deps: Deps): readonly Route[] {
  const { accounts, sessions, audit, organisation, secureCookies } = deps
  const current = async (call: Call): Promise<SignedIn> => {
    const found = await deps.signedIn(sessionTokenOf(call.request.headers.cookie))
    if (!found) throw new Refusal('not-signed-in')
    return found
  }

  return [
    route({
      method: 'get',
      path: '/counties',
      summary: 'Counties of this installation, for the login page',
      access: 'public',
      answer: z.array(county),
      async handle() {
        const counties = await organisation.places.counties()
        return counties.map(({ code, name, shortName }) => ({ code, name, shortName }))
      },
    }),
    route({
      method: 'post',
      path: '/session',
      summary: 'Log in',
      access: 'public',
      body: logIn,
      answer: me,
      async handle({ body, request, response }) {
        const accountId = await deps.checkLogin(body.county, body.account, body.password)
        // Whatever session the browser brought along ends here: a planted one must not become that of the person.
        const planted = await deps.signedIn(sessionTokenOf(request.headers.cookie))
        if (planted) await sessions.close(planted.session.id)
        const session = await sessions.open(accountId)
        const signedIn = await deps.signedInOf(session)
        if (!signedIn) throw new Refusal('login-failed')
        await audit.append(signedIn.actor, { action: 'session.opened', subject: `account:${signedIn.account.name}` })
        response.setHeader('Set-Cookie', sessionCookie(session.token, secureCookies))
        return meOf(deps, signedIn)
      },
    }),
    route({
      method: 'get',
      path: '/session',
      summary: 'Who am I',
      access: 'session',
      beforePasswordChange: true,
      answer: me,
      handle: async (call) => meOf(deps, await current(call)),
    }),
    route({
      method: 'delete',
      path: '/session',
      summary: 'Log out',
      access: 'session',
      beforePasswordChange: true,
      async handle(call) {
        const signedIn = await current(call)
        await sessions.close(signedIn.session.id)
        await audit.append(signedIn.actor, { action: 'session.closed', subject: `account:${signedIn.account.name}` })
        call.response.setHeader('Set-Cookie', sessionCookie('', secureCookies))
      },
    }),
    route({
      method: 'put',
      path: '/session/password',
      summary: 'Change my password; ends my other sessions',
      access: 'session',
      beforePasswordChange: true,
      body: changePassword,
      async handle(call) {
        const signedIn = await current(call)
        await accounts.changePassword(signedIn.account.id, call.body.current, call.body.next)
        await sessions.closeAllOf(signedIn.account.id, signedIn.session.id)
        await audit.append(signedIn.actor, { action: 'password.changed', subject: `account:${signedIn.account.name}` })
      },
    }),
    ...(deps.demonstration ? [turnClockRoute(deps.demonstration, audit)] : []),
  ]
}

function turnClockRoute(clock: TurnableClock, audit: Audit): Route {
  return route({
    method: 'post',
    path: '/demo/clock',
    summary: "Turn the demonstration's clock forward",
    access: 'clock.turn',
    body: turnClock,
    answer: z.object({ now: z.number() }),
    async handle({ actor, body }) {
      const from = clock.now()
      if (body.to - from > 400 * 24 * 3_600_000)
        throw new Refusal('invalid-request', { errors: [{ field: 'to', code: 'too-far', message: '一次最多向前 400 天' }] })
      if (!(await clock.turnTo(body.to))) throw new Refusal('clock-not-forward')
      await audit.append(actor, { action: 'clock.turned', subject: 'clock', data: { from, to: body.to } })
      return { now: clock.now() }
    },
  })
}

async function meOf(
  { organisation, demonstration }: Deps,
  { session, account, actor, holdings, permissions, mustChangePassword }: SignedIn,
): Promise<Me> {
  const [person, county, towns] = await Promise.all([
    organisation.people.personById(actor.countyCode, actor.personId),
    organisation.places.county(actor.countyCode),
    organisation.places.towns(actor.countyCode),
  ])
  const enterpriseId = holdings.find((holding) => holding.enterpriseId !== null)?.enterpriseId
  const enterprise = enterpriseId ? await organisation.places.enterprise(actor.countyCode, enterpriseId) : null
  return {
    person: { id: actor.personId, name: person?.name ?? '', account: account.name },
    county: { code: actor.countyCode, name: county?.name ?? '', shortName: county?.shortName ?? '' },
    positions: holdings.map((it) => ({
      key: it.position,
      title: positionTitle(it.position),
      unitId: it.unitId ?? it.enterpriseId ?? '',
      unitName: it.placeName,
    })),
    enterprise: enterprise
      ? { id: enterprise.id, name: enterprise.name, townName: towns.find((town) => town.id === enterprise.townId)?.name ?? '' }
      : null,
    kind: actor.kind,
    mayAdminister: permissions.has('admin.operations'),
    mayReport: permissions.has('report.read'),
    mustChangePassword,
    demo: demonstration ? { now: demonstration.now(), mayTurn: permissions.has('clock.turn') } : null,
    csrfToken: session.csrfToken,
  }
}
