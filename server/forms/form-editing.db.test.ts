import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FormSchema } from '../../contracts/form-definition.ts'
import type { Database } from '../../database/database.ts'
import { testDatabases } from '../../database/test-database.ts'
import { migrations } from '../../migrations/index.ts'
import { makeAudit } from '../audit/index.ts'
import { type Forms, makeForms, readShippedForms } from './index.ts'

const actor = { personId: 'admin', countyCode: '140525', kind: 'admin' } as const
const shipped = readShippedForms('forms')
const base = () => structuredClone(shipped.forms.get('hazardRecord')!.schema) as FormSchema

describe.each(testDatabases('form_editing', migrations))('editing of forms on $name', ({ open }) => {
  let database: Database
  let drop: () => Promise<void>
  let forms: Forms
  beforeAll(async () => {
    ;({ database, drop } = await open())
    const clock = { now: () => 1_700_000_000_000 }
    forms = makeForms({
      database,
      clock,
      shipped,
      audit: makeAudit({ database, clock }),
      users: async () => [],
      namesOf: async () => new Map([['admin', '管理员']]),
    })
  })
  afterAll(() => drop())

  it('publishes a new version; what runs stays on its own', async () => {
    const schema = base()
    schema.properties['slopePoint'] = {
      type: 'string',
      title: '边坡监测点编号',
      'x-id': 'own-slope',
      'x-component': 'Text',
      'x-reactions': [
        {
          dependencies: ['category'],
          when: "{{$deps[0] === 'SLOPE'}}",
          fulfill: { state: { visible: true, required: true } },
          otherwise: { state: { visible: false } },
          origin: 'county',
        },
      ],
    }
    const pinned = await forms.latestVersions(actor.countyCode)

    const saved = await forms.editing.saveDraft(actor, 'hazardRecord', { title: '隐患登记表', schema, revision: 0 })
    const checked = await forms.editing.check(actor.countyCode, 'hazardRecord', schema)
    const published = await forms.editing.publish(actor, 'hazardRecord', '加边坡监测点', saved.revision)

    expect(checked).toEqual({ findings: [], differences: ['新增字段“边坡监测点编号”'] })
    expect(published.version).toBe(2)
    const sheet = await forms.effectiveForm('selfCheckSheet', 'latest', actor.countyCode)
    const old = await forms.effectiveForm('selfCheckSheet', pinned['selfCheckSheet'] ?? 0, actor.countyCode, pinned)
    expect(JSON.stringify(sheet?.schema)).toContain('slopePoint')
    expect(JSON.stringify(old?.schema)).not.toContain('slopePoint')
    expect((await forms.effectiveForm('hazardRecord', 'latest', '140524'))?.version).toBe(1)
    const edit = await forms.editing.open(actor.countyCode, 'hazardRecord')
    expect(edit).toMatchObject({ draft: null, revision: 0, versions: [{ version: 2, by: '管理员', note: '加边坡监测点' }, { version: 1 }] })
  })

  it('refuses an attacking schema with its place, at save', async () => {
    const schema = JSON.parse(JSON.stringify(base()).replace('"title":"隐患等级"', '"title":"{{ alert(1) }}"'))
    await expect(forms.editing.saveDraft(actor, 'hazardRecord', { title: 'x', schema, revision: 0 })).rejects.toMatchObject({
      code: 'form-invalid',
    })
    const polluting = {
      type: 'object',
      properties: {
        a: {
          type: 'string',
          title: 'a',
          'x-id': 'a',
          'x-component': 'Text',
          'x-reactions': [{ fulfill: { state: { 'componentProps.__proto__.x': 1 } } }],
        },
      },
    }
    await expect(forms.editing.saveDraft(actor, 'hazardRecord', { title: 'x', schema: polluting, revision: 0 })).rejects.toMatchObject({
      code: 'form-invalid',
    })
  })

  it('tells whoever saves over the work of another', async () => {
    const first = await forms.editing.saveDraft(actor, 'confirmOpinion', {
      title: '意见单',
      schema: shipped.forms.get('confirmOpinion')!.schema,
      revision: 0,
    })
    await expect(
      forms.editing.saveDraft(actor, 'confirmOpinion', {
        title: '意见单',
        schema: shipped.forms.get('confirmOpinion')!.schema,
        revision: 0,
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(
      (
        await forms.editing.saveDraft(actor, 'confirmOpinion', {
          title: '意见单',
          schema: shipped.forms.get('confirmOpinion')!.schema,
          revision: first.revision,
        })
      ).revision,
    ).toBe(2)
    await forms.editing.dropDraft(actor, 'confirmOpinion')
  })

  it('does not publish what the lint forbids', async () => {
    const schema = base()
    delete schema.properties['source']
    const saved = await forms.editing.saveDraft(actor, 'hazardRecord', { title: '隐患登记表', schema, revision: 0 })
    await expect(forms.editing.publish(actor, 'hazardRecord', '去掉来源', saved.revision)).rejects.toMatchObject({
      code: 'form-invalid',
      errors: [{ message: '“来源”是省级字段，不能删除' }],
    })
    await forms.editing.dropDraft(actor, 'hazardRecord')
  })

  it('does not load a version that another hand made unsafe', async () => {
    await database.transaction((tx) =>
      tx.query(
        'insert into form_version (county_code, form_key, version, title, schema_json, hash, note, published_by, published_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
          '140999',
          'dualReport',
          7,
          'x',
          '{"type":"object","properties":{"a":{"type":"string","x-id":"a","x-component":"Script"}}}',
          'h',
          '',
          'x',
          1,
        ],
      ),
    )
    await expect(forms.effectiveForm('dualReport', 7, '140999')).rejects.toThrow('allow-list')
  })
})
