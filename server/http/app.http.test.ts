import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { callApi, openTestApplication, type TestApplication } from '../../test/server/application.ts'

describe.each(testDatabases('app_http', migrations).slice(0, 1))('http on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    server = await openTestApplication(opened.database, {
      accounts: ['E05.safety', 'E01.safety', 'county.section', 'town1.staff', 'admin'],
    })
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  it('forbids scripts from elsewhere and from text on every answer', async () => {
    const { headers } = await callApi(server.origin, 'GET', '/api/counties')

    expect(headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(headers.get('content-security-policy')).not.toContain('unsafe-eval')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('answers an unknown path, a path without a session and a forbidden one with a problem', async () => {
    const safety = await server.signIn('E05.safety')

    const unknown = await callApi(server.origin, 'GET', '/api/nowhere')
    expect(unknown.headers.get('content-type')).toBe('application/problem+json')
    expect(unknown.body).toMatchObject({ status: 404, code: 'not-found', type: 'https://bihuan.example/problems/not-found' })
    expect((await callApi(server.origin, 'GET', '/api/people')).body).toMatchObject({ status: 401, code: 'not-signed-in' })
    expect((await safety.call('POST', '/api/demo/clock', { to: 1 })).body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it("shows an enterprise its own people and the officials, and nothing of its neighbour's", async () => {
    const safety = await server.signIn('E05.safety')
    const town = await server.signIn('town1.staff')

    const people = (await safety.call('GET', '/api/people?position=ENT_PRINCIPAL')).body as { name: string }[]
    const mines = (await safety.call('GET', '/api/enterprises')).body as { id: string }[]
    const ofTown = (await town.call('GET', '/api/enterprises')).body as { id: string }[]

    expect(people.map((it) => it.name)).toEqual(['靳示国'])
    expect(mines.map((it) => it.id)).toEqual(['140525-E05'])
    expect(ofTown.map((it) => it.id)).toEqual(['140525-E01', '140525-E05', '140525-E06', '140525-E07'])
  })

  it('does not find what lies in another county', async () => {
    const stranger = await server.signIn('E01.safety', '141023')

    expect((await stranger.call('GET', '/api/people?enterprise=140525-E05')).body).toEqual([])
    expect(((await stranger.call('GET', '/api/enterprises')).body as unknown[]).length).toBe(1)
    expect((await stranger.call('GET', '/api/attachments/019a0000-0000-7000-8000-000000000000')).status).toBe(404)
  })

  it('tells open pages what changed', async () => {
    const admin = await server.signIn('admin')
    const stop = new AbortController()
    const answer = await fetch(`${server.origin}/api/events`, { headers: { cookie: admin.cookie }, signal: stop.signal })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()

    await admin.call('POST', '/api/demo/clock', { to: server.clock.now() + 60_000 })

    let text = ''
    while (!text.includes('event: clock')) text += (await reader?.read())?.value ?? ''
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(text).toContain(`data: {"kind":"clock","now":${server.clock.now()}}`)
    stop.abort()
  })

  it('tells of a record to those alone who may see it', async () => {
    const { records, events } = server.features
    const number = await records.numbers.next('140525', 'hazard')
    await records.store.create({
      countyCode: '140525',
      number,
      kind: 'hazard',
      title: '边坡有浮石',
      status: 'SUBMITTED',
      side: 'enterprise',
      enterpriseId: '140525-E05',
      townId: '140525-town1',
      data: {},
      createdBy: 'somebody',
    })
    const heard = async (account: string, county?: string) => {
      const { cookie } = await server.signIn(account, county)
      const stop = new AbortController()
      const answer = await fetch(`${server.origin}/api/events`, { headers: { cookie }, signal: stop.signal })
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
      events.publish('everybody', { kind: 'record', countyCode: '140525', number })
      events.publish('everybody', { kind: 'clock', now: 1 })
      // Queries answer in turn: when these have, the rule of sight has been asked.
      for (let i = 0; i < 3; i++) await records.store.listAll('140525')
      events.publish('everybody', { kind: 'clock', now: 2 })
      let text = ''
      while (!text.includes('"now":2')) text += (await reader?.read())?.value ?? ''
      stop.abort()
      return text.includes(number)
    }

    expect(await heard('E05.safety')).toBe(true)
    expect(await heard('town1.staff')).toBe(false)
    expect(await heard('E01.safety', '141023')).toBe(false)
  })

  it('describes every route in its OpenAPI document', async () => {
    const { body } = await callApi(server.origin, 'GET', '/api/openapi.json')
    const { openapi, paths } = body as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string; responses: object }>>
    }
    const operations = Object.values(paths).flatMap((path) => Object.values(path))

    expect(openapi).toBe('3.1.0')
    expect(paths['/api/session']).toHaveProperty('post.requestBody.content.application/json.schema.properties.account')
    expect(paths['/api/attachments/{id}']).toHaveProperty('get')
    expect(new Set(operations.map((it) => it.operationId)).size).toBe(operations.length)
  })
})
