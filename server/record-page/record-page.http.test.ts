import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { recordPage } from '../../contracts/api/records.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { openTestApplication, type TestApplication } from '../../test/server/application.ts'

describe.each(testDatabases('record_page_http', migrations))('the record page on $name', ({ open }) => {
  let server: TestApplication
  let drop: () => Promise<void>
  let number: string

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    server = await openTestApplication(opened.database, {
      counties: ['140525', '141023'],
      accounts: ['E05.safety', 'E06.safety', 'county.head', 'town1.staff'],
    })
    const { records, organisation } = server.features
    const [finder] = await organisation.people.holdersOf('140525', 'ENT_SAFETY_STAFF', { enterpriseId: '140525-E05' })
    number = await records.numbers.next('140525', 'hazard')
    await records.store.create({
      countyCode: '140525',
      number,
      kind: 'hazard',
      title: '边坡有浮石',
      status: 'SIGNED',
      side: 'enterprise',
      level: 'SUSPECTED_MAJOR',
      enterpriseId: '140525-E05',
      townId: '140525-town1',
      data: {
        description: '边坡有浮石',
        foundBy: finder?.personId,
        judgeBasis: 'NCM-OP-02',
        location: '东帮',
        beforePics: [{ id: 'of-nobody' }],
      },
      createdBy: finder?.personId ?? '',
    })
  })
  afterAll(async () => {
    await server.close()
    await drop()
  })

  const read = async (account: string, county?: string) =>
    (await server.signIn(account, county)).call('GET', `/api/records/${encodeURIComponent(number)}`)

  it('puts together what is known, in the shape of its contract', async () => {
    const { status, body } = await read('E05.safety')
    const page = recordPage.parse(body)

    expect(status).toBe(200)
    expect(page).toMatchObject({ number, statusLabel: '已签字', level: 'SUSPECTED_MAJOR', beforePhotos: [], waitingFor: null })
    expect(page.facts).toContainEqual({ label: '企业', value: '示例丹霞石灰岩矿' })
    expect(page.facts.find((fact) => fact.label === '判定依据')?.value).toContain('坡')
    expect(page.stations[0]).toMatchObject({ name: '发现', state: 'done', who: '常示宁' })
    expect(page.forms.map((form) => form.code)).toEqual(['F02'])
  })

  it('is found by its town and county, and by nobody of another mine or county', async () => {
    expect((await read('town1.staff')).status).toBe(200)
    expect((await read('county.head')).status).toBe(200)
    expect((await read('E06.safety')).body).toMatchObject({ status: 404, code: 'not-found' })
    expect((await read('county.head', '141023')).body).toMatchObject({ status: 404, code: 'not-found' })
  })
})
