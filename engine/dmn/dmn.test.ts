import { describe, expect, it } from '@jest/globals'
import type { Value, Variables } from '../core/value.ts'
import type { DecisionModel } from './decision-model.ts'
import { evaluateDecision } from './evaluate-decision.ts'
import { readDmn } from './read-dmn.ts'

const CLOCK = { now: Date.UTC(2026, 10, 25, 4), zone: 'Asia/Shanghai' }

interface Table {
  readonly hit?: string
  readonly inputs?: readonly (readonly [expression: string, typeRef?: string])[]
  readonly outputs: readonly (readonly [name: string, typeRef?: string, values?: string])[]
  readonly rules: readonly (readonly string[])[]
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const type = (typeRef?: string): string => (typeRef ? ` typeRef="${typeRef}"` : '')

function xmlOf(table: Table, extra = ''): string {
  const inputs = table.inputs ?? [['x', 'integer']]
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="Defs" namespace="test">${extra}
    <decision id="d" name="D">${extra ? '<informationRequirement><requiredDecision href="#r"/></informationRequirement>' : ''}
    <decisionTable id="t" ${table.hit ?? ''}>
    ${inputs.map(([text, typeRef], i) => `<input id="i${i}"><inputExpression${type(typeRef)}><text>${escapeXml(text)}</text></inputExpression></input>`).join('')}
    ${table.outputs.map(([name, typeRef, values], i) => `<output id="o${i}" name="${name}"${type(typeRef)}>${values ? `<outputValues><text>${escapeXml(values)}</text></outputValues>` : ''}</output>`).join('')}
    ${table.rules
      .map(
        (cells, r) =>
          `<rule id="r${r}">${cells.map((cell, c) => (c < inputs.length ? `<inputEntry><text>${escapeXml(cell)}</text></inputEntry>` : `<outputEntry><text>${escapeXml(cell)}</text></outputEntry>`)).join('')}</rule>`,
      )
      .join('')}
    </decisionTable></decision></definitions>`
}

async function modelOf(xml: string): Promise<DecisionModel> {
  const answer = await readDmn('test.dmn', xml, { camundaHitPolicies: false })
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

const int = (v: number): Value => ({ t: 'Integer', v })
const text = (v: string): Value => ({ t: 'String', v })

async function rowsOf(table: Table, variables: Variables, extra?: string): Promise<readonly Variables[] | string> {
  const answer = evaluateDecision(await modelOf(xmlOf(table, extra)), 'd', variables, CLOCK)
  return answer.ok ? answer.value.rows : `${answer.failure.code} ${answer.failure.rule ?? ''}`.trim()
}

const overlapping: readonly (readonly string[])[] = [
  ['< 10', '1'],
  ['[5..20]', '2'],
  ['> 5', '3'],
]

describe('hit policies', () => {
  it.each<[string, unknown]>([
    ['', 'hit-policy-violated 2'],
    ['hitPolicy="ANY"', 'hit-policy-violated 2'],
    ['hitPolicy="FIRST"', [{ out: int(1) }]],
    ['hitPolicy="RULE ORDER"', [{ out: int(1) }, { out: int(2) }, { out: int(3) }]],
    ['hitPolicy="COLLECT"', [{ out: int(1) }, { out: int(2) }, { out: int(3) }]],
    ['hitPolicy="PRIORITY"', [{ out: int(3) }]],
    ['hitPolicy="OUTPUT ORDER"', [{ out: int(3) }, { out: int(1) }, { out: int(2) }]],
    ['hitPolicy="COLLECT" aggregation="SUM"', [{ out: int(6) }]],
    ['hitPolicy="COLLECT" aggregation="MIN"', [{ out: int(1) }]],
    ['hitPolicy="COLLECT" aggregation="MAX"', [{ out: int(3) }]],
    ['hitPolicy="COLLECT" aggregation="COUNT"', [{ out: int(3) }]],
  ])('%s', async (hit, expected) => {
    const rows = await rowsOf({ hit, outputs: [['out', 'integer', '3, 1, 2']], rules: overlapping }, { x: int(7) })

    expect(rows).toEqual(expected)
  })

  it('gives nothing for a sum of nothing and zero for a count of nothing', async () => {
    const none = { t: 'Null', v: null } as const

    expect(
      await rowsOf({ hit: 'hitPolicy="COLLECT" aggregation="SUM"', outputs: [['out', 'integer']], rules: overlapping }, { x: none }),
    ).toEqual([])
    expect(
      await rowsOf({ hit: 'hitPolicy="COLLECT" aggregation="COUNT"', outputs: [['out', 'integer']], rules: overlapping }, { x: none }),
    ).toEqual([{ out: int(0) }])
  })

  it('refuses priorities when it has to be like Camunda', async () => {
    const xml = xmlOf({ hit: 'hitPolicy="PRIORITY"', outputs: [['out', 'integer']], rules: overlapping })

    expect(await readDmn('test.dmn', xml, { camundaHitPolicies: true })).toMatchObject({
      ok: false,
      failure: { code: 'unsupported', decisionId: 'd' },
    })
  })
})

describe('cells', () => {
  it.each<[string, Value, boolean]>([
    ['5', int(5), true],
    ['5.0', int(5), true],
    ['1,3,5', int(5), true],
    [']1..5[', int(5), false],
    ['(1..5]', int(5), true],
    ['not(1,2)', int(5), true],
    ['< 3, > 4', int(5), true],
    ['y', int(5), true],
    ['? > 4 and ? < 6', int(5), true],
    ['-', { t: 'Null', v: null }, true],
    ['< 5', { t: 'Null', v: null }, false],
    ['? > y', { t: 'Null', v: null }, false],
    ['5', text('5'), true],
  ])('%s', async (cell, input, accepted) => {
    const rows = await rowsOf({ outputs: [['out', 'integer']], rules: [[cell, '1']] }, { x: input, y: int(5) })

    expect(rows).toEqual(accepted ? [{ out: int(1) }] : [])
  })

  it('tells the rule whose output does not fit', async () => {
    expect(
      await rowsOf(
        {
          outputs: [['out', 'integer']],
          rules: [
            ['1', '1'],
            ['2', '"two"'],
          ],
        },
        { x: int(2) },
      ),
    ).toBe('output-failed 2')
  })

  it('tells the input that is no number', async () => {
    expect(await rowsOf({ outputs: [['out', 'integer']], rules: [['1', '1']] }, { x: text('five') })).toBe('input-failed')
  })

  it('compares dates in the engine time zone and asks the engine clock', async () => {
    const table: Table = { inputs: [['x', 'date']], outputs: [['out']], rules: [['< now()', 'x + duration("P1D")']] }

    expect(await rowsOf(table, { x: { t: 'Date', v: CLOCK.now - 1000 } })).toEqual([
      { out: { t: 'Date', v: CLOCK.now - 1000 + 86_400_000 } },
    ])
    expect(await rowsOf(table, { x: { t: 'Date', v: CLOCK.now + 1000 } })).toEqual([])
  })

  it('leaves empty outputs out and gives whole numbers without a type as Long', async () => {
    const table: Table = { outputs: [['a'], ['b']], rules: [['-', 'x + 1', '']] }

    expect(await rowsOf(table, { x: int(1) })).toEqual([{ a: { t: 'Long', v: 2n } }])
  })
})

describe('requirements', () => {
  const literal = `<decision id="r"><variable name="level" typeRef="string"/><literalExpression><text>if x > 5 then "high" else "low"</text></literalExpression></decision>`

  it('evaluates required decisions first and reports every evaluation', async () => {
    const model = await modelOf(
      xmlOf(
        {
          inputs: [['level', 'string']],
          outputs: [['out', 'integer']],
          rules: [
            ['"high"', '1'],
            ['"low"', '2'],
          ],
        },
        literal,
      ),
    )

    const answer = evaluateDecision(model, 'd', { x: int(7) }, CLOCK)

    expect(answer).toMatchObject({
      ok: true,
      value: { rows: [{ out: int(1) }], evaluations: [{ decisionId: 'r' }, { decisionId: 'd', inputs: [{ value: text('high') }] }] },
    })
  })

  it('reports matching rules by their place among those that match', async () => {
    const rules: [string, string][] = [
      ['> 9', '1'],
      ['> 1', '2'],
    ]
    const model = await modelOf(xmlOf({ hit: 'hitPolicy="COLLECT"', inputs: [['x', 'integer']], outputs: [['out', 'integer']], rules }))

    const answer = evaluateDecision(model, 'd', { x: int(7) }, CLOCK)

    expect(answer).toMatchObject({ ok: true, value: { evaluations: [{ outputs: [{ value: int(2), ruleOrder: 1 }] }] } })
  })

  it('refuses a graph that requires itself or what does not exist', async () => {
    const loop = literal.replace('<variable', '<informationRequirement><requiredDecision href="#d"/></informationRequirement><variable')

    const answer = await readDmn('test.dmn', xmlOf({ outputs: [['out']], rules: [] }, loop), { camundaHitPolicies: false })

    expect(answer).toMatchObject({ ok: false, failure: { code: 'requirement-loop' } })
  })

  it('refuses XML that is broken or declares a document type', async () => {
    expect(await readDmn('test.dmn', '<definitions', { camundaHitPolicies: false })).toMatchObject({
      ok: false,
      failure: { code: 'invalid-dmn' },
    })
    expect(await readDmn('test.dmn', '<!DOCTYPE a><a/>', { camundaHitPolicies: false })).toMatchObject({
      ok: false,
      failure: { code: 'invalid-dmn' },
    })
  })
})
