import { describe, expect, it } from '@jest/globals'
import type { RecordRow } from '../records/index.ts'
import { applyRecordSettings, type DeclarationScope, declaredFacts, isOn, matches } from './declarations.ts'
import { makeRecordChanges } from './record-changes.ts'

const row = (part: Partial<RecordRow> = {}): RecordRow => ({
  id: 'r1',
  countyCode: '140525',
  number: '泽州-2023-0001',
  kind: 'hazard',
  title: '坡面开裂',
  status: 'CONFIRMING',
  flags: [],
  level: 'SUSPECTED_MAJOR',
  side: 'enterprise',
  isShared: false,
  enterpriseId: 'e1',
  townId: 't1',
  campaignId: null,
  dueAt: null,
  originalDueAt: null,
  data: { description: '坡面开裂', five: { fundWan: 12.5 } },
  createdBy: 'p1',
  createdAt: 0,
  updatedAt: 0,
  rowVersion: 1,
  ...part,
})

const scope = (part: Partial<DeclarationScope> = {}): DeclarationScope => ({
  outcome: 'CONFIRM',
  isSeat: false,
  step: 2,
  now: 1000,
  personId: 'p2',
  opinion: '属实',
  form: { a: { b: 7 } },
  variables: {},
  ...part,
})

function targetsOf(record: RecordRow) {
  const changes = makeRecordChanges({} as never)
  changes.load(record)
  return { changes, idsOf: (target: string) => (target === 'self' ? [record.id] : []) }
}

describe('isOn', () => {
  it('tells a vote from a decision, and leaves 退回 out of `*`', () => {
    expect(isOn('CONFIRM', scope())).toBe(true)
    expect(isOn('*', scope())).toBe(true)
    expect(isOn('seat:*', scope())).toBe(false)
    expect(isOn('seat:CONFIRM', scope({ isSeat: true }))).toBe(true)
    expect(isOn('CONFIRM', scope({ isSeat: true }))).toBe(false)
    expect(isOn('*', scope({ outcome: 'RETURN' }))).toBe(false)
    expect(isOn('RETURN', scope({ outcome: 'RETURN' }))).toBe(true)
  })
})

describe('matches', () => {
  it('compares status, level and data by path', () => {
    expect(matches(row(), { status: 'CONFIRMING', level: 'SUSPECTED_MAJOR', 'five.fundWan': 12.5 })).toBe(true)
    expect(matches(row(), { onSpot: false })).toBe(false)
  })
})

describe('applyRecordSettings', () => {
  it('sets status, level, flags and values in order, each source by its sign', () => {
    const targets = targetsOf(row({ flags: ['returned'] }))
    const settings: Parameters<typeof applyRecordSettings>[0]['record'] = [
      {
        on: 'CONFIRM',
        of: 'self' as const,
        where: {},
        status: 'CONFIRMED',
        flags: ['extended', '-returned'],
        set: {
          level: '=MAJOR',
          confirmedAt: '@now',
          by: '@person',
          words: '@opinion',
          'deep.er': 'a.b',
          missing: 'no.such',
          number: '$documentNo',
        },
      },
      { on: 'DOWNGRADE', of: 'self' as const, where: {}, status: 'VOID', flags: [], set: {} },
    ]

    applyRecordSettings({ record: settings }, scope({ variables: { documentNo: { t: 'String', v: '1号' } } }), targets)

    const after = targets.changes.get('r1')
    expect(after).toMatchObject({ status: 'CONFIRMED', level: 'MAJOR', flags: ['extended'] })
    expect(after.data).toMatchObject({ confirmedAt: 1000, by: 'p2', words: '属实', deep: { er: 7 }, number: '1号' })
    expect(after.data).not.toHaveProperty('missing')
  })
})

describe('declaredFacts', () => {
  it('keeps the moment of the record, and reads attributes from it', () => {
    const facts = declaredFacts(
      {
        facts: [
          {
            on: 'seat:*',
            of: 'self',
            where: {},
            type: 'hazard.level-decided',
            attributes: { step: '@step', result: '@outcome', fundWan: 'five.fundWan', fixed: '=true' },
          },
        ],
      },
      scope({ isSeat: true }),
      targetsOf(row()),
      {
        instanceId: 'i',
        nodeId: 'confirm',
        runId: 'run',
        occurrence: 'seat-2',
        names: () => ({ enterpriseName: '示例矿', townName: '周村镇', industry: 'NCM.OPEN_PIT' }),
      },
    )

    expect(facts).toEqual([
      expect.objectContaining({
        type: 'hazard.level-decided',
        hazardNo: '泽州-2023-0001',
        countedAt: 1000,
        occurrence: 'seat-2',
        attributes: expect.objectContaining({
          step: 2,
          result: 'CONFIRM',
          fundWan: 12.5,
          fixed: true,
          level: 'SUSPECTED_MAJOR',
          enterpriseName: '示例矿',
        }),
      }),
    ])
  })

  it('declares nothing for records that the condition leaves out', () => {
    const declared = { facts: [{ on: '*', of: 'self' as const, where: { status: 'CLOSED' }, type: 'hazard.closed', attributes: {} }] }

    expect(
      declaredFacts(declared, scope(), targetsOf(row()), {
        instanceId: 'i',
        nodeId: 'n',
        runId: 'r',
        names: () => ({ enterpriseName: '', townName: '', industry: '' }),
      }),
    ).toEqual([])
  })
})
