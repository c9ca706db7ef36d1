import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type Client, openTestApplication, type TestApplication } from '../../test/server/application.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

describe.each(testDatabases('attachments_http', migrations))('attachments on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>
  let safety: Client
  let principal: Client
  let stranger: Client

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    server = await openTestApplication(opened.database, { accounts: ['E05.safety', 'E05.principal', 'E01.safety'] })
    safety = await server.signIn('E05.safety')
    principal = await server.signIn('E05.principal')
    stranger = await server.signIn('E01.safety', '141023')
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  const upload = (
    client: Client,
    { name = '现场.png', type = 'image/png', bytes = PNG as Uint8Array<ArrayBuffer>, clientId = crypto.randomUUID() as string } = {},
  ) => {
    const form = new FormData()
    form.append('file', new Blob([bytes], { type }), name)
    form.append('clientId', clientId)
    form.append('takenAt', '1702860000000')
    return client.call('POST', '/api/attachments', form)
  }
  const incoming = () => {
    const folder = join(server.config.dataDir, 'attachments', 'incoming')
    return existsSync(folder) ? readdirSync(folder) : []
  }

  it('keeps a photo and serves it as what it is, never as a page', async () => {
    const { status, body } = await upload(safety, { name: '../../etc/边坡\u202e.png' })
    const served = await fetch(`${server.origin}/api/attachments/${(body as { id: string }).id}`, { headers: { cookie: safety.cookie } })

    expect(status).toBe(201)
    expect(body).toMatchObject({ name: '边坡.png', mime: 'image/png', size: PNG.length, takenAt: 1_702_860_000_000 })
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG)
    expect(served.headers.get('content-type')).toBe('image/png')
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
    expect(served.headers.get('content-security-policy')).toContain('sandbox')
    expect(served.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent('边坡.png')}`)
  })

  it('gives the same attachment for the same client id, also when sent twice at once', async () => {
    const clientId = crypto.randomUUID()

    const answers = await Promise.all([1, 2, 3].map(() => upload(safety, { clientId })))

    expect(new Set(answers.map((it) => (it.body as { id: string }).id)).size).toBe(1)
    expect(incoming()).toEqual([])
  })

  it('refuses a page that calls itself a photo, a photo that calls itself a document, and types that are not on the list', async () => {
    const html = new TextEncoder().encode('<html><script>alert(1)</script></html>')
    const elf = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x3e, 0])

    const asPhoto = await upload(safety, { bytes: html })
    const asDocument = await upload(safety, { name: '报告.pdf', type: 'application/pdf' })
    const program = await upload(safety, { name: 'tool.bin', type: 'application/octet-stream', bytes: elf })

    expect([asPhoto, asDocument, program].map((it) => [it.status, (it.body as { code: string }).code])).toEqual([
      [415, 'file-type-mismatch'],
      [415, 'file-type-mismatch'],
      [415, 'unsupported-file'],
    ])
    expect(incoming()).toEqual([])
  })

  it('refuses more than 20 MB, an empty file, a missing file and a missing client id', async () => {
    const large = await upload(safety, { bytes: new Uint8Array(20 * 1024 * 1024 + 1) })
    const empty = await upload(safety, { bytes: new Uint8Array() })
    const anonymous = await upload(safety, { clientId: '' })
    const none = await safety.call('POST', '/api/attachments', new FormData())
    const notAForm = await safety.call('POST', '/api/attachments', { file: 'x' })

    expect([large, empty, anonymous, none, notAForm].map((it) => it.status)).toEqual([413, 415, 400, 400, 400])
    expect(incoming()).toEqual([])
  })

  it('is found by its sender only until it is tied to a record, then by whoever sees that', async () => {
    const { body } = await upload(safety)
    const { id } = body as { id: string }
    const read = (client: Client) => client.call('GET', `/api/attachments/${id}`).then((it) => it.status)
    const { records, identity, organisation } = server.features
    const [holding] = await organisation.people.holdersOf('140525', 'ENT_SAFETY_STAFF', { enterpriseId: '140525-E05' })
    const actor = await identity.actorOf('140525', holding?.personId ?? '')
    const record = await records.store.create({
      countyCode: '140525',
      number: await records.numbers.next('140525', 'hazard'),
      kind: 'hazard',
      title: '边坡有浮石',
      status: 'SUBMITTED',
      side: 'enterprise',
      enterpriseId: '140525-E05',
      townId: '140525-town1',
      data: {},
      createdBy: actor.personId,
    })

    expect([await read(safety), await read(principal), await read(stranger)]).toEqual([200, 404, 404])
    await records.attachments.bind(actor, [id], record.id)
    expect([await read(safety), await read(principal), await read(stranger)]).toEqual([200, 200, 404])
  })

  it("does not let a form pull in a stranger's file", async () => {
    const { body } = await upload(stranger)
    const { records, identity, organisation } = server.features
    const [holding] = await organisation.people.holdersOf('140525', 'ENT_SAFETY_STAFF', { enterpriseId: '140525-E05' })
    const actor = await identity.actorOf('140525', holding?.personId ?? '')

    await expect(records.attachments.bind(actor, [(body as { id: string }).id], 'any')).rejects.toMatchObject({ code: 'not-found' })
  })
})
