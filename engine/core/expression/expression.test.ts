// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are expressions of the models
import { describe, expect, it } from '@jest/globals'
import type { Value } from '../value.ts'
import { evaluateCondition, evaluateText } from './evaluate.ts'
import type { ExecutionHost, ExpressionScope } from './host.ts'
import { hostOf, type Operand } from './operand.ts'
import { parseExpression } from './parse.ts'

const NOW = Date.UTC(2026, 10, 25, 13, 31, 46)

function scopeOf(variables: Readonly<Record<string, Operand>> = {}): ExpressionScope {
  return { now: NOW, zone: 'UTC', resolve: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined) }
}

function resultOf(text: string, variables: Readonly<Record<string, Operand>> = {}): Value | string {
  const result = evaluateText(text, scopeOf(variables))
  return result.ok ? result.value : result.failure.code
}

const int = (v: number): Value => ({ t: 'Integer', v })
const long = (v: number): Value => ({ t: 'Long', v: BigInt(v) })
const double = (v: number): Value => ({ t: 'Double', v })
const text = (v: string): Value => ({ t: 'String', v })
const bool = (v: boolean): Value => ({ t: 'Boolean', v })
const none: Value = { t: 'Null', v: null }
const list: Value = {
  t: 'Object',
  v: '["a",{"foo":7},[1,2.5]]',
  info: { objectTypeName: 'java.util.ArrayList', serializationDataFormat: 'application/json' },
}

describe('arithmetic', () => {
  it.each<[string, Value | string]>([
    ['${a + 1}', long(6)],
    ['${a - 10}', long(-5)],
    ['${10 / 5}', double(2)],
    ['${7 div 2}', double(3.5)],
    ['${a % 3}', long(2)],
    ['${a mod 2}', long(1)],
    ['${-a}', int(-5)],
    ['${a + 1.5}', double(6.5)],
    ['${1 + 2 * 3}', long(7)],
    ['${(1 + 2) * 3}', long(9)],
    ['${a}', int(5)],
    ['${d * 2}', double(3)],
    ['${"1" + "2"}', long(3)],
    ['${42}', long(42)],
    ['${1e3}', double(1000)],
    ['${n + 1}', long(1)],
    ['${"a" + "b"}', 'wrong-type'],
    ['${a % 0}', 'arithmetic'],
    ['${a +}', 'syntax'],
    ['${9223372036854775807 + 1}', { t: 'Long', v: -9223372036854775808n }],
  ])('%s', (expression, expected) => {
    expect(resultOf(expression, { a: int(5), d: double(1.5), n: none })).toEqual(expected)
  })
})

describe('comparison and logic', () => {
  it.each<[string, boolean]>([
    ['${"1" == 1}', true],
    ['${one == 1.0}', true],
    ['${"true" == true}', true],
    ['${nothing == null}', true],
    ['${nothing == 0}', false],
    ['${nothing == ""}', false],
    ['${one != null}', true],
    ['${!"false"}', true],
    ['${"9" < 10}', true],
    ['${"b" > "a"}', true],
    ['${one ge 1 and one le 1}', true],
    ['${t || missing}', true],
    ['${f && missing}', false],
    ['${t or f and f}', true],
    ['${(t or f) and f}', false],
    ['${empty nothing}', true],
    ['${not empty "x"}', true],
    ['${empty list}', false],
  ])('%s is %s', (expression, expected) => {
    const result = evaluateCondition(expression, scopeOf({ one: int(1), nothing: none, t: bool(true), f: bool(false), list }))

    expect(result).toEqual({ ok: true, value: expected })
  })

  it('refuses a condition that is no Boolean', () => {
    expect(evaluateCondition('${c}', scopeOf({ c: text('true') }))).toMatchObject({ ok: false, failure: { code: 'wrong-type' } })
  })

  it('tells the place of an unknown name', () => {
    const result = evaluateText('${1 + missing}', scopeOf())

    expect(result).toMatchObject({ ok: false, failure: { code: 'unknown-name', position: 7, message: expect.stringContaining('missing') } })
  })
})

describe('texts', () => {
  it.each<[string, Value]>([
    ['${a}${b}', text('AnnBob')],
    ['Hello ${a}, you are ${n}!', text('Hello Ann, you are 7!')],
    ['just text', text('just text')],
    ['${n}', int(7)],
    ['[${nothing}]', text('[]')],
    ['${nothing}', none],
    ['\\${a}', text('${a}')],
    ['#{a}', text('Ann')],
    ['{a}', text('{a}')],
    ["${'it\\'s'}", text("it's")],
    ['${"say \\"x\\""}', text('say "x"')],
    ['d ${1e3} ${1e7} ${0.5}', text('d 1000.0 1.0E7 0.5')],
    ['${now()}!', text('Wed Nov 25 13:31:46 UTC 2026!')],
    ['', text('')],
  ])('%s', (expression, expected) => {
    expect(resultOf(expression, { a: text('Ann'), b: text('Bob'), n: int(7), nothing: none })).toEqual(expected)
  })

  it.each<[string, Value | string]>([
    ['${s.length()}', int(11)],
    ['${s.toLowerCase().startsWith("hello")}', bool(true)],
    ['${s.indexOf("W")}', int(6)],
    ['${s.substring(0, 5)}', text('Hello')],
    ['${s.replace("l", "L")}', text('HeLLo WorLd')],
    ['${"a,b,c".split(",")[1]}', text('b')],
    ['${"  x ".trim()}', text('x')],
    ['${n.toString()}', text('12')],
    ['${s.equalsIgnoreCase("hello world")}', bool(true)],
    ['${s.nosuchMethod()}', 'unknown-member'],
    ['${s.constructor}', 'unknown-member'],
    ['${s.__proto__}', 'unknown-member'],
    ['${nothing.length()}', 'unknown-member'],
    ['${s.split("(a+)+$")}', 'wrong-type'],
    ['${run()}', 'unknown-function'],
  ])('%s', (expression, expected) => {
    expect(resultOf(expression, { s: text('Hello World'), n: int(12), nothing: none })).toEqual(expected)
  })
})

describe('lists, maps, JSON and dates', () => {
  it.each<[string, Value]>([
    ['${list[1].foo}', int(7)],
    ['${list[2][1]}', double(2.5)],
    ['${list.size()}', int(3)],
    ['${list[9]}', none],
    ['${list}', list],
    [
      '${list[2]}',
      { t: 'Object', v: '[1,2.5]', info: { objectTypeName: 'java.util.ArrayList', serializationDataFormat: 'application/json' } },
    ],
    ['${json.prop("a").prop("b").numberValue()}', int(1)],
    ['${dateTime().plusMonths(1).toDate()}', { t: 'Date', v: Date.UTC(2026, 11, 25, 13, 31, 46) }],
    ['${dateTime().plusDays(1).toDate().after(now())}', bool(true)],
    ['${dateTime().getYear() > 2000}', bool(true)],
    ['${dateTime().withTimeAtStartOfDay()}', { t: 'Date', v: Date.UTC(2026, 10, 25) }],
  ])('%s', (expression, expected) => {
    expect(resultOf(expression, { list, json: { t: 'Json', v: '{"a":{"b":1}}' } })).toEqual(expected)
  })
})

describe('host objects', () => {
  it('reads and writes through the execution, and reaches nothing that is not listed', () => {
    const written: [string, Value][] = []
    const execution = {
      kind: 'execution',
      processBusinessKey: 'K',
      canceled: false,
      getVariable: (name: string) => (name === 'log' ? text('A') : undefined),
      variableNames: () => ['log'],
      setVariable: (name: string, value: Value) => written.push([name, value]),
    } as unknown as ExecutionHost
    const variables = { execution: hostOf(execution) }

    expect(resultOf('${execution.setVariable("log", execution.getVariable("log").concat("B"))}', variables)).toEqual(none)
    expect(resultOf('${execution.variables.log}', variables)).toEqual(text('A'))
    expect(resultOf('${execution.getProcessBusinessKey()}', variables)).toEqual(text('K'))
    expect(resultOf('${execution.isCanceled()}', variables)).toEqual(bool(false))
    expect(resultOf('${execution.kind}', variables)).toBe('unknown-member')
    expect(resultOf('${execution.nosuch}', variables)).toBe('unknown-member')
    expect(written).toEqual([['log', text('AB')]])
  })
})

describe('parsing', () => {
  it.each([
    '${',
    '${a',
    '${}',
    '${a b}',
    '${a.}',
    '${"x}',
    '${f(}',
    '${a ? b}',
    '${a[1}',
    '${"\\n"}',
    `\${${'('.repeat(200)}1${')'.repeat(200)}}`,
  ])('refuses %s', (source) => {
    expect(parseExpression(source)).toMatchObject({ ok: false, failure: { code: 'syntax' } })
  })
})
