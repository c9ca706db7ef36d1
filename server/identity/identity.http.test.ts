import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { callApi, openTestApplication, type TestApplication } from '../../test/server/application.ts'

const ACCOUNTS = ['E05.safety', 'E05.principal', 'county.vice', 'admin', 'E01.safety']

describe.each(testDatabases('identity_http', migrations))('identity on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    server = await openTestApplication(opened.database, { accounts: ACCOUNTS })
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  const logIn = (account: string, password: string, headers: Record<string, string> = {}) =>
    callApi(server.origin, 'POST', '/api/session', { county: '140525', account, password }, headers)

  it('says who I am, with the posts held and without a cookie that scripts can read', async () => {
    const answer = await logIn('county.vice', server.passwordOf('county.vice'))

    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(/^bihuan_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/)
    expect(answer.body).toMatchObject({
      person: { account: 'county.vice' },
      kind: 'official',
      mayAdminister: false,
      mayReport: true,
      positions: [{ key: 'BUREAU_VICE' }, { key: 'CAMPAIGN_OFFICE_HEAD' }],
      demo: { mayTurn: false },
    })
  })

  it('locks a name after five failures in 15 minutes and opens it when they are over, with the same words for unknown names', async () => {
    const tries = async (account: string) => {
      const answers = []
      for (let i = 0; i < 6; i++) answers.push(await logIn(account, 'wrong-password'))
      return answers
    }

    const known = await tries('E05.principal')
    const unknown = await tries('nobody.at.all')

    expect(known.map((it) => it.status)).toEqual([401, 401, 401, 401, 401, 429])
    expect(known.slice(0, 5).map((it) => (it.body as { data: { remaining: number } }).data.remaining)).toEqual([4, 3, 2, 1, 0])
    expect(unknown.map((it) => it.body)).toEqual(known.map((it) => it.body))
    expect(known[5]?.headers.get('retry-after')).toBe('900')
    expect((await logIn('E05.principal', server.passwordOf('E05.principal'))).status).toBe(429)
    await server.machine.turnTo(server.machine.now() + 15 * 60_000)
    expect((await logIn('E05.principal', server.passwordOf('E05.principal'))).status).toBe(200)
  })

  it('counts tries of the same moment like tries one after the other', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => logIn('E01.safety', 'wrong-password')))

    expect(answers.filter((it) => it.status === 401)).toHaveLength(5)
    expect(answers.filter((it) => it.status === 429)).toHaveLength(7)
  })

  it('refuses a write without the token of its session, or from a page of another site', async () => {
    const me = await server.signIn('admin')
    const other = await server.signIn('county.vice')
    const turn = { to: server.clock.now() + 1000 }

    const without = await callApi(server.origin, 'POST', '/api/demo/clock', turn, { cookie: me.cookie })
    const stolen = await callApi(server.origin, 'POST', '/api/demo/clock', turn, { cookie: me.cookie, 'x-csrf-token': other.csrfToken })
    const foreign = await me.call('POST', '/api/demo/clock', turn, { origin: 'http://elsewhere.example' })

    expect([without, stolen, foreign].map((it) => [it.status, (it.body as { code: string }).code])).toEqual(
      Array(3).fill([403, 'csrf-failed']),
    )
    expect((await me.call('POST', '/api/demo/clock', turn)).status).toBe(200)
  })

  it('gives a new session at login and ends the one that the browser brought along', async () => {
    const planted = await server.signIn('E05.safety')

    const answer = await logIn('county.vice', server.passwordOf('county.vice'), { cookie: planted.cookie })

    expect(answer.headers.get('set-cookie')).not.toContain(planted.cookie)
    expect((await callApi(server.origin, 'GET', '/api/session', undefined, { cookie: planted.cookie })).status).toBe(401)
  })

  it('ends the session at logout and after twelve hours without a call', async () => {
    const me = await server.signIn('E05.safety')
    const idle = await server.signIn('E05.safety')

    expect((await me.call('DELETE', '/api/session')).status).toBe(204)
    expect((await me.call('GET', '/api/session')).status).toBe(401)
    await server.machine.turnTo(server.machine.now() + 12 * 3_600_000 + 1)
    expect((await idle.call('GET', '/api/session')).status).toBe(401)
  })

  it('lets somebody with a reset password do nothing but change it, and refuses a weak one', async () => {
    const { accounts } = server.features.identity
    const account = await accounts.byName('140525', 'E05.safety')
    const password = await accounts.resetPassword(account?.id ?? '')
    const answer = await logIn('E05.safety', password)
    const headers = {
      cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
      'x-csrf-token': (answer.body as { csrfToken: string }).csrfToken,
    }
    const change = (next: string) => callApi(server.origin, 'PUT', '/api/session/password', { current: password, next }, headers)

    expect((await callApi(server.origin, 'GET', '/api/people', undefined, headers)).body).toMatchObject({
      status: 403,
      code: 'must-change-password',
    })
    expect((await change('aaaaaaaaaaaa')).body).toMatchObject({ status: 422, code: 'weak-password' })
    expect((await change('E05.safety-2023')).body).toMatchObject({ status: 422, code: 'weak-password' })
    expect((await change('a long enough one')).status).toBe(204)
    expect((await callApi(server.origin, 'GET', '/api/people', undefined, headers)).status).toBe(200)
  })

  it('turns the clock forward for an administrator only, and never back', async () => {
    const admin = await server.signIn('admin')
    const officer = await server.signIn('county.vice')
    const now = server.clock.now()

    expect((await officer.call('POST', '/api/demo/clock', { to: now + 1000 })).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await admin.call('POST', '/api/demo/clock', { to: now + 86_400_000 })).body).toEqual({ now: now + 86_400_000 })
    expect((await admin.call('POST', '/api/demo/clock', { to: now })).body).toMatchObject({ status: 409, code: 'clock-not-forward' })
  })

  it('admits machine accounts by basic and bearer token, and nobody else', async () => {
    const { identity } = server.features
    const token = await identity.issueMachineToken('worker')
    const basic = (name: string) => `Basic ${Buffer.from(`${name}:${token}`).toString('base64')}`

    expect(await identity.machineAccountOf(basic('worker'))).toMatchObject({ id: 'worker', tenants: 'all', isAdmin: false })
    expect((await identity.machineAccountOf(`Bearer ${token}`))?.id).toBe('worker')
    for (const wrong of [undefined, '', 'Bearer', 'Bearer x', basic('other'), `Digest ${token}`])
      expect(await identity.machineAccountOf(wrong)).toBeNull()
  })

  it('lets an administrator make accounts of the own county for programs, with grants, and end them', async () => {
    const admin = await server.signIn('admin')
    const officer = await server.signIn('county.vice')
    const wanted = { name: 'lab', grants: ['READ_INSTANCE,UPDATE_INSTANCE:PROCESS_DEFINITION:lab'] }
    const engine = (path: string, token: string) => callApi(server.origin, 'GET', path, undefined, { authorization: `Bearer ${token}` })

    expect((await officer.call('POST', '/api/admin/machine-accounts', wanted)).body).toMatchObject({ status: 403, code: 'forbidden' })
    const wrong = await admin.call('POST', '/api/admin/machine-accounts', { ...wanted, grants: ['FLY:TASK'] })
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ field: 'grants.0' }] })
    const issued = await admin.call('POST', '/api/admin/machine-accounts', wanted)
    const { name, token } = issued.body as { name: string; token: string }
    expect([issued.status, name]).toEqual([201, '140525/lab'])

    expect((await engine('/engine-rest/process-instance/count', token)).body).toEqual({ count: 0 })
    expect((await engine('/engine-rest/metrics/job-failed/sum', token)).body).toMatchObject({ type: 'AuthorizationException' })
    const work = await callApi(server.origin, 'POST', '/api/machine/topics/serial-number', {}, { authorization: `Bearer ${token}` })
    expect(work.body).toMatchObject({ status: 403 })
    expect((await admin.call('GET', '/api/admin/machine-accounts')).body).toMatchObject({ accounts: [{ name, grants: wanted.grants }] })

    expect((await admin.call('DELETE', '/api/admin/machine-accounts/lab')).status).toBe(204)
    expect((await engine('/engine-rest/version', token)).status).toBe(401)
  })

  it('refuses what is not JSON, has wrong types or is far too large, each with its problem', async () => {
    const send = (body: string) => callApi(server.origin, 'POST', '/api/session', body, { 'content-type': 'application/json' })

    expect((await send('{"county":')).body).toMatchObject({ status: 400, code: 'malformed-json' })
    expect((await send('{"county":1,"account":"a"}')).body).toMatchObject({
      status: 400,
      code: 'invalid-request',
      errors: [{ field: 'county' }, { field: 'password' }],
    })
    expect((await send(JSON.stringify({ county: '140525', account: 'a', password: 'x'.repeat(201) }))).status).toBe(400)
    expect((await send(`"${'x'.repeat(4 * 1024 * 1024)}"`)).body).toMatchObject({ status: 413, code: 'too-large' })
  })
})
