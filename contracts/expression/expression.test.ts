import { describe, expect, it } from '@jest/globals'
import { ExpressionError, evaluateExpression, evaluateTemplate, expressionPaths, parseExpression } from './index.ts'

describe('the expressions of forms', () => {
  const scope = {
    $values: { level: 'MAJOR', rows: [{ n: 2 }, { n: 3 }], date: '2023-11-20T17:00', empty: '' },
    $deps: ['GENERAL'],
    $today: '2023-12-18',
    $self: { value: 5 },
  }

  it.each([
    ["$deps[0] === 'GENERAL'", true],
    ["$values.level !== 'GENERAL' && $values.rows.length === 2", true],
    ["sum($values.rows, 'n')", 5],
    ["count($values.rows, 'n', 3)", 1],
    ["$self.value > 3 ? 'big' : 'small'", 'big'],
    ['day($values.date) <= $today', true],
    ['$values.missing.deeper', undefined],
    ['$values.missing > 1', undefined],
    ['$values.missing === undefined', true],
    ['empty($values.empty) || false', true],
    ["days('2023-12-01', '2023-12-31')", 30],
    ['-$self.value + 1.5 * 2', -2],
    ["includes(['A', 'B'], 'B')", true],
    ["concat('第', 3, '项')", '第3项'],
    ['$values.none ?? 7', 7],
  ])('%s comes to %p', (source, expected) => {
    expect(evaluateExpression(source, scope)).toEqual(expected)
  })

  it.each([
    'constructor.constructor("return process")()',
    '$values.constructor',
    '$values.__proto__.polluted',
    'this',
    'globalThis',
    '$form.submit()',
    '$values.rows.map(1)',
    '[].concat(1)',
    'a = 1',
    '$values; $values',
    'new Date()',
    '`x`',
    '(x) => x',
    'sum.constructor',
    `${'('.repeat(60)}1${')'.repeat(60)} + ${'!'.repeat(60)}1`,
    `'${'x'.repeat(2001)}'`,
  ])('refuses %s', (source) => {
    expect(() => parseExpression(source)).toThrow(ExpressionError)
  })

  it('reaches no prototype through a computed member', () => {
    expect(evaluateExpression("$values[concat('__pro', 'to__')]", scope)).toBeUndefined()
    expect(evaluateExpression("$values[concat('constr', 'uctor')]", scope)).toBeUndefined()
  })

  it('leaves a text without braces as it is, and gives nothing for a broken one', () => {
    expect(evaluateTemplate('隐患', scope)).toBe('隐患')
    expect(evaluateTemplate('{{ $self.value }}', scope)).toBe(5)
    expect(evaluateTemplate('{{ alert(1) }}', scope)).toBeUndefined()
  })

  it('names the paths that it reads', () => {
    expect(expressionPaths("$values.five.fundWan > 0 && $record.result === 'X' && count($values.rows) > 0")).toEqual([
      { root: '$values', path: 'five.fundWan' },
      { root: '$record', path: 'result' },
      { root: '$values', path: 'rows' },
    ])
  })
})
