import type { BinaryOperator } from './ast.ts'
import { boolean, describe, double, isWhole, lift, long, toBoolean, toDouble, toLong, toText } from './coerce.ts'
import { ExpressionError } from './failure.ts'
import type { Operand } from './operand.ts'

/** Arithmetic by the rules of JUEL: sums of whole numbers are Long, quotients Double, null counts as 0. */
export function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Operand, right: Operand): Operand {
  if (left.t === 'Null' && right.t === 'Null') return long(0n)
  if (operator === '/') return double(toDouble(left) / toDouble(right))
  if (isFraction(left) || isFraction(right)) return double(computeDoubles(operator, toDouble(left), toDouble(right)))
  return long(computeLongs(operator, toLong(left), toLong(right)))
}

function computeDoubles(operator: '+' | '-' | '*' | '%', a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '%':
      return a % b
  }
}

function computeLongs(operator: '+' | '-' | '*' | '%', a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '%':
      if (b === 0n) throw new ExpressionError('arithmetic', 'division by zero')
      return a % b
  }
}

const isFraction = (operand: Operand): boolean => operand.t === 'Double' || (operand.t === 'String' && /[.eE]/.test(operand.v))

/** `-a` keeps the type of `a`. */
export function negative(operand: Operand): Operand {
  if (operand.t === 'Integer' || operand.t === 'Short' || operand.t === 'Double') return { t: operand.t, v: -operand.v || 0 }
  if (operand.t === 'String' && isFraction(operand)) return double(-toDouble(operand))
  return long(-toLong(operand))
}

export function isEmpty(operand: Operand): boolean {
  const lifted = lift(operand)
  if (lifted.t === 'Null') return true
  if (lifted.t === 'String') return lifted.v === ''
  if (lifted.t === 'List') return lifted.v.length === 0
  return lifted.t === 'Map' && lifted.v.size === 0
}

export function equals(left: Operand, right: Operand, zone: string): boolean {
  if (left.t === 'Null' || right.t === 'Null') return left.t === right.t
  if (left.t === 'Double' || right.t === 'Double') return toDouble(left) === toDouble(right)
  if (isWhole(left) || isWhole(right)) return toLong(left) === toLong(right)
  if (left.t === 'Boolean' || right.t === 'Boolean') return toBoolean(left) === toBoolean(right)
  if (left.t === 'String' || right.t === 'String') return toText(left, zone) === toText(right, zone)
  return sameThing(left, right)
}

/** `equals` of Java objects: same type and same content. */
export function sameThing(left: Operand, right: Operand): boolean {
  const a = lift(left)
  const b = lift(right)
  if (a.t === 'List' && b.t === 'List')
    return a.v.length === b.v.length && a.v.every((item, index) => sameThing(item, b.v[index] as Operand))
  if (a.t === 'Map' && b.t === 'Map') {
    const other = b.v
    return a.v.size === other.size && [...a.v].every(([key, item]) => sameThing(item, other.get(key) ?? { t: 'Null', v: null }))
  }
  return a.t === b.t && a.v === b.v
}

export function compare(operator: '<' | '>' | '<=' | '>=', left: Operand, right: Operand, zone: string): boolean {
  if (left.t === 'Null' || right.t === 'Null') return left.t === right.t && (operator === '<=' || operator === '>=')
  const order = orderOf(left, right, zone)
  switch (operator) {
    case '<':
      return order < 0
    case '>':
      return order > 0
    case '<=':
      return order <= 0
    case '>=':
      return order >= 0
  }
}

/** Negative, zero or positive; NaN when a number is none, so that every comparison fails. */
export function orderOf(left: Operand, right: Operand, zone: string): number {
  if (left.t === 'Double' || right.t === 'Double') return toDouble(left) - toDouble(right)
  if (isWhole(left) || isWhole(right)) return orderOfPrimitives(toLong(left), toLong(right))
  if (left.t === 'String' || right.t === 'String') return orderOfPrimitives(toText(left, zone), toText(right, zone))
  if (left.t === right.t && (left.t === 'Date' || left.t === 'DateTime' || left.t === 'Boolean')) return Number(left.v) - Number(right.v)
  throw new ExpressionError('wrong-type', `cannot compare ${describe(left)} with ${describe(right)}`)
}

const orderOfPrimitives = <T extends bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

/** All operators but `&&` and `||`, which the evaluator decides from the left. */
export function applyBinary(operator: Exclude<BinaryOperator, '&&' | '||'>, left: Operand, right: Operand, zone: string): Operand {
  switch (operator) {
    case '==':
      return boolean(equals(left, right, zone))
    case '!=':
      return boolean(!equals(left, right, zone))
    case '<':
    case '>':
    case '<=':
    case '>=':
      return boolean(compare(operator, left, right, zone))
    default:
      return arithmetic(operator, left, right)
  }
}
