import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type Client, openTestApplication, type TestApplication } from '../../test/server/application.ts'
import { makeWorld, playStep, step } from '../scenarios/index.ts'

interface Said {
  readonly status: number
  readonly code?: string
  readonly errors?: readonly { readonly field: string }[]
}

describe.each(testDatabases('bad_input_http', migrations))('bad input over HTTP on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>
  let safety: Client
  let principal: Client
  let seatId: string

  beforeAll(async () => {
    const { database, drop: dropDatabase } = await open()
    drop = dropDatabase
    server = await openTestApplication(database, {
      counties: ['140525', '141023'],
      accounts: ['E05.safety', 'E05.principal', 'E06.principal', 'E01.principal', 'county.vice', 'admin'],
    })
    const { people } = server.features.organisation
    const personIdByAlias = new Map<string, string>()
    for (const [alias, position] of [
      ['E05.safety', 'ENT_SAFETY_STAFF'],
      ['E05.worker', 'WORKSHOP_HEAD'],
    ] as const)
      personIdByAlias.set(alias, (await people.holdersOf('140525', position, { enterpriseId: '140525-E05' }))[0]?.personId ?? '')
    personIdByAlias.set('admin', (await people.holdersOf('140525', 'PROCESS_ADMIN'))[0]?.personId ?? '')
    const world = makeWorld({ database, application: server, clock: server.clock, countyCode: '140525', personIdByAlias })
    await playStep(
      world,
      step.parse({ as: 'E05.safety', start: 'hazard-self-check', name: 'check', form: { hazards: [{ location: '东帮' }] } }),
      1,
    )
    safety = await server.signIn('E05.safety')
    principal = await server.signIn('E05.principal')
    const inbox = (await principal.call('GET', '/api/inbox')).body as { items: { seatId: string }[] }
    seatId = inbox.items[0]?.seatId ?? ''
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  const said = async (answer: Promise<{ status: number; body: unknown }>): Promise<Said> => {
    const { status, body } = await answer
    return { ...(body as Said | undefined), status }
  }
  const start = (form: unknown) => said(safety.call('POST', '/api/start/hazard-self-check', { requestId: crypto.randomUUID(), form }))
  const decide = (client: Client, body: object) =>
    said(client.call('POST', `/api/seats/${seatId}/decide`, { requestId: crypto.randomUUID(), outcome: 'SIGN', ...body }))

  it('names the field of every value of the wrong type, missing or too long, and starts nothing', async () => {
    const before = (await server.features.records.store.listAll('140525')).length

    const wrong = await start({
      layer: 7,
      checkedAt: 'yesterday',
      items: 'none',
      hazards: [{ description: 3, level: 'GENERAL', dueDate: 12 }],
    })
    const long = await start({ hazards: [{ description: 'x'.repeat(100_000) }] })

    expect(wrong).toMatchObject({ status: 422, code: 'form-invalid' })
    const fields = wrong.errors?.map((error) => error.field) ?? []
    for (const field of ['layer', 'checkedAt', 'items', 'hazards.0.description', 'hazards.0.dueDate']) expect(fields).toContain(field)
    expect(long).toMatchObject({ status: 422, errors: [{ field: 'hazards.0.description' }] })
    expect((await server.features.records.store.listAll('140525')).length).toBe(before)
  })

  it('takes no key that the form does not have, and none that would reach a prototype', async () => {
    await start(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"layer":"PLANT","surprise":1}'))

    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('refuses forms that are no objects, and bodies that are far too deep or too long, without falling over', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`

    expect(await start([])).toMatchObject({ status: 400, code: 'invalid-request' })
    expect(await start('text')).toMatchObject({ status: 400, code: 'invalid-request' })
    const answer = await safety.call('POST', '/api/start/hazard-self-check', `{"requestId":"aaaaaaaa","form":${deep}}`, {
      'content-type': 'application/json',
    })
    expect([400, 422]).toContain(answer.status)
    expect((await safety.call('GET', '/api/inbox')).status).toBe(200)
  })

  it('does not find a seat of another mine or county, nor one that is no id at all', async () => {
    const neighbour = await server.signIn('E06.principal')
    const stranger = await server.signIn('E01.principal', '141023')

    for (const client of [neighbour, stranger]) {
      expect((await client.call('GET', `/api/seats/${seatId}`)).status).toBe(404)
      expect(['not-found', 'not-your-seat']).toContain((await decide(client, {})).code)
    }
    for (const id of ['nothing', '%00', "' or 1=1 --", 'x'.repeat(3000)])
      expect((await principal.call('GET', `/api/seats/${encodeURIComponent(id)}`)).status).toBe(404)
  })

  it('refuses an outcome that the node does not have, a missing signature, one that is no picture, and fields that are not his', async () => {
    const drawn = { image: `data:image/png;base64,${Buffer.from('<svg onload=alert(1)>').toString('base64')}`, strokes: 5 }

    expect(await decide(principal, { outcome: 'CLOSE' })).toMatchObject({ status: 422, code: 'unknown-outcome' })
    expect(await decide(principal, {})).toMatchObject({ status: 422, code: 'signature-required' })
    expect((await decide(principal, { signature: { image: 'javascript:alert(1)', strokes: 5 } })).status).toBe(400)
    expect((await decide(principal, { signature: { ...drawn, strokes: 1 } })).status).toBe(400)
    expect([400, 422]).toContain((await decide(principal, { signature: drawn })).status)
  })

  it('refuses bad queries and unknown procedures, forms, reports and ledgers', async () => {
    const admin = await server.signIn('admin')
    const officer = await server.signIn('county.vice')

    expect((await safety.call('GET', '/api/inbox?tab=everything')).status).toBe(400)
    expect((await safety.call('GET', '/api/inbox?cursor=-1e99')).status).toBeLessThan(500)
    expect((await safety.call('GET', '/api/start/no-such-procedure')).status).toBe(404)
    expect((await officer.call('GET', '/api/reports/nothing')).status).toBe(404)
    expect((await officer.call('GET', '/api/ledgers/nothing')).status).toBe(404)
    expect((await admin.call('GET', '/api/admin/forms/nothing')).status).toBe(404)
    expect((await admin.call('GET', '/api/admin/procedures/nothing')).status).toBe(404)
    expect((await officer.call('GET', '/api/ledgers/major-hazards?cursor=%27%3B--&level=%00&q=%25')).status).toBeLessThan(500)
  })

  it('refuses a broken BPMN file with its line and element, and stores nothing', async () => {
    const admin = await server.signIn('admin')
    const { xml } = (await admin.call('GET', '/api/admin/procedures/major-hazard-confirm')).body as { xml: string }
    const check = async (broken: string) =>
      (await admin.call('POST', '/api/admin/procedures/major-hazard-confirm/check', { xml: broken, slots: {} })).body as {
        findings?: { kind: string; line: number }[]
        status?: number
      }

    const noXml = await check('<bpmn:definitions')
    const noTarget = await check(xml.replace(/targetRef="[^"]+"/, 'targetRef="nowhere"'))

    for (const { findings } of [noXml, noTarget]) expect(findings?.some((finding) => finding.kind === 'error')).toBe(true)
    expect(noTarget.findings?.find((finding) => finding.kind === 'error')?.line).toBeGreaterThan(0)
  })
})
