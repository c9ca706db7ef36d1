import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { type Application, composeApplication } from '../compose.ts'
import { readConfig } from '../config.ts'
import { uuidV7 } from '../new-id.ts'
import { setUpCounty, zezhou } from '../organisation/demonstration/index.ts'
import { manualClock } from '../organisation/index.ts'

const county = zezhou.code
const NINE = Date.parse('2023-11-20T09:00:00+08:00')

describe.each(testDatabases('procedures', migrations))('procedures on $name', ({ open }) => {
  let drop: () => Promise<void>
  let features: Application['features']
  let admin: { personId: string; countyCode: string; kind: 'admin' }
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-procedures-'))

  beforeAll(async () => {
    const opened = await open()
    drop = opened.drop
    const clock = manualClock(NINE)
    const config = { ...readConfig({}, dataDir), dataDir }
    ;({ features } = composeApplication({
      database: opened.database,
      clock,
      machine: clock,
      newId: uuidV7,
      config,
      log: pino({ level: 'silent' }),
      pump: false,
    }))
    const people = await setUpCounty({ database: opened.database, organisation: features.organisation }, zezhou)
    admin = { personId: people.get('admin') ?? '', countyCode: county, kind: 'admin' }
    await features.procedures.installShipped(county, admin.personId)
  }, 120_000)
  afterAll(async () => {
    await drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const current = async (id = 'major-hazard-confirm') => (await features.procedures.current(county, id)).version
  const check = async (xml: string, slots: Record<string, unknown> = {}) =>
    (await features.adminProcedures.check(county, 'major-hazard-confirm', { xml, slots })).findings

  it('installs every shipped package once', async () => {
    await features.procedures.installShipped(county, admin.personId)

    const { procedures } = await features.adminProcedures.list(county)

    expect(procedures).toHaveLength(13)
    expect(procedures.every((one) => one.version === 1 && one.running === 0)).toBe(true)
  })

  it('has nothing against a model as it ships', async () => {
    expect(await check((await current()).xml)).toEqual([])
  })

  it('forbids by law what the county may not design away', async () => {
    const { xml } = await current()
    const withoutMark = xml.replace('"statutory": "checks",\n  "onEmpty": "HOLD"', '"onEmpty": "HOLD"')
    const withoutSignature = xml
      .replaceAll('"code": "CONFIRM"', '"code": "CONFIRM_"')
      .replaceAll('"CONFIRM_"', '"CONFIRM"')
      .replace(/("label": "确认重大",\s*"kind": "approve",\s*)"signature": true/, '$1"signature": false')

    const findings = [
      ...(await check(withoutMark)),
      ...(await check(withoutSignature)),
      ...(await check(xml, { 'confirm.chain': [{ who: { kind: 'position', position: 'BUREAU_VICE', of: 'county' } }] })),
    ]

    expect(findings.filter((finding) => finding.kind === 'law').map((finding) => finding.elementId)).toEqual(
      expect.arrayContaining(['confirm']),
    )
    expect(findings.map((finding) => finding.message).join()).toMatch(/两级确认/)
  })

  it('names the line and the element of a broken model, and publishes nothing', async () => {
    const { xml, version } = await current()
    const broken = xml.replace('targetRef="decided"', 'targetRef="nowhere"')

    const findings = await check(broken)
    await features.adminProcedures.saveDraft(admin, 'major-hazard-confirm', { xml: broken, slots: {} })

    const error = findings.find((finding) => finding.kind === 'error')
    expect(error?.line).toBeGreaterThan(1)
    await expect(features.adminProcedures.publish(admin, 'major-hazard-confirm', '')).rejects.toMatchObject({ code: 'model-invalid' })
    expect((await current()).version).toBe(version)
  })

  it('tells of unknown forms, facts and positions', async () => {
    const { xml } = await current()
    const odd = xml
      .replace('"form": "majorHazardReport"', '"form": "noSuchForm"')
      .replace('"hazard.reported"', '"hazard.imagined"')
      .replace('"position": "SECTION_CHIEF"', '"position": "EMPEROR"')

    const messages = (await check(odd)).map((finding) => finding.message).join('\n')

    expect(messages).toMatch(/noSuchForm/)
    expect(messages).toMatch(/hazard\.imagined/)
    expect(messages).toMatch(/EMPEROR/)
  })

  it('publishes a draft as the next version of that procedure only', async () => {
    const { xml } = await current()
    await features.adminProcedures.saveDraft(admin, 'major-hazard-confirm', {
      xml: xml.replace('name="分级确认"', 'name="会审确认"'),
      slots: {},
    })

    const published = await features.adminProcedures.publish(admin, 'major-hazard-confirm', '改名')

    const edit = await features.adminProcedures.edit(county, 'major-hazard-confirm')
    expect(published).toEqual({ version: 2 })
    expect(edit).toMatchObject({ version: 2, draftXml: null, versions: [{ version: 2, note: '改名' }, { version: 1 }] })
    expect((await current('dual-report')).version).toBe(1)
  })

  it('refuses a slot that is no chain, and one that does not exist', async () => {
    const by = { personId: admin.personId, note: '' }

    await expect(features.procedures.configure(county, 'confirm.chain', [], by)).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(features.procedures.configure(county, 'no.such', 1, by)).rejects.toMatchObject({ code: 'not-found' })
  })
})
