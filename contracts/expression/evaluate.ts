import { FORM_FUNCTIONS } from './functions.ts'
import type { ExpressionScope } from './names.ts'
import { type BinaryOperator, type Expression, ExpressionError, parseExpression } from './parse.ts'
import { readMember } from './read-member.ts'

const TEMPLATE = /^\s*\{\{([\s\S]*)\}\}\s*$/

/** The text between `{{` and `}}`, or undefined if the value is no expression. */
export function expressionText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return TEMPLATE.exec(value)?.[1]?.trim()
}

/**
 * Evaluates a safe expression (without the braces). Missing data gives undefined, wrong types give what JavaScript gives for plain
 * data; it throws only ExpressionError, for a text outside of the subset.
 */
export function evaluateExpression(source: string, scope: ExpressionScope): unknown {
  return run(parseExpression(source), scope)
}

/** A literal as it is; a `{{ }}` text evaluated. Undefined when the text is outside of the subset: a form never breaks a page. */
export function evaluateTemplate(value: unknown, scope: ExpressionScope): unknown {
  const text = expressionText(value)
  if (text === undefined) return value
  try {
    return evaluateExpression(text, scope)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

function run(node: Expression, scope: ExpressionScope): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'root':
      return scope[node.name]
    case 'member':
      return readMember(run(node.object, scope), run(node.property, scope))
    case 'not':
      return !run(node.argument, scope)
    case 'minus':
      return -numeric(run(node.argument, scope))
    case 'plus':
      return numeric(run(node.argument, scope))
    case 'binary':
      return binary(node.operator, node, scope)
    case 'choice':
      return run(node.test, scope) ? run(node.yes, scope) : run(node.no, scope)
    case 'list':
      return node.elements.map((element) => run(element, scope))
    case 'call':
      return FORM_FUNCTIONS[node.name]?.(...node.args.map((argument) => run(argument, scope)))
  }
}

function binary(operator: BinaryOperator, node: { left: Expression; right: Expression }, scope: ExpressionScope): unknown {
  const left = run(node.left, scope)
  if (operator === '&&') return left ? run(node.right, scope) : left
  if (operator === '||') return left ? left : run(node.right, scope)
  if (operator === '??') return left ?? run(node.right, scope)
  const right = run(node.right, scope)
  switch (operator) {
    case '+':
      return typeof left === 'string' || typeof right === 'string' ? words(left) + words(right) : numeric(left) + numeric(right)
    case '-':
      return numeric(left) - numeric(right)
    case '*':
      return numeric(left) * numeric(right)
    case '/':
      return numeric(left) / numeric(right)
    case '%':
      return numeric(left) % numeric(right)
    case '==':
    case '===':
      return same(left, right)
    case '!=':
    case '!==':
      return !same(left, right)
    default:
      return compare(operator, left, right)
  }
}

/** Primitives by identity, with null and undefined alike: an absent field is neither here nor there. */
function same(left: unknown, right: unknown): boolean {
  return (left ?? undefined) === (right ?? undefined)
}

/** Texts by code unit (dates as texts compare rightly), numbers as numbers; a missing side makes the answer undefined. */
function compare(operator: '<' | '>' | '<=' | '>=', left: unknown, right: unknown): boolean | undefined {
  if (left === undefined || left === null || left === '' || right === undefined || right === null || right === '') return undefined
  const both = typeof left === 'string' && typeof right === 'string'
  const a = both ? left : numeric(left)
  const b = both ? right : numeric(right)
  switch (operator) {
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    case '>=':
      return a >= b
  }
}

function numeric(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' && value.trim() !== '') return Number(value)
  return value === null || value === undefined || value === '' ? 0 : Number.NaN
}

function words(value: unknown): string {
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value)
}
