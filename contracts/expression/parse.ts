import jsep from 'jsep'
import { FORM_FUNCTIONS } from './functions.ts'
import { FORBIDDEN_MEMBERS, ROOT_NAMES, type RootName } from './names.ts'

/** A checked expression tree: nothing in it can reach a function, a prototype or the environment. */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null | undefined }
  | { kind: 'root'; name: RootName }
  | { kind: 'member'; object: Expression; property: Expression }
  | { kind: 'not' | 'minus' | 'plus'; argument: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'choice'; test: Expression; yes: Expression; no: Expression }
  | { kind: 'list'; elements: Expression[] }
  | { kind: 'call'; name: string; args: Expression[] }

export const BINARY_OPERATORS = ['+', '-', '*', '/', '%', '==', '!=', '===', '!==', '<', '>', '<=', '>=', '&&', '||', '??'] as const
export type BinaryOperator = (typeof BINARY_OPERATORS)[number]

/** Thrown for a text outside of the safe subset; the message is for administrators, in Chinese. */
export class ExpressionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ExpressionError'
  }
}

const MAX_LENGTH = 2000
const MAX_DEPTH = 40
const MAX_CACHE = 5000
const cache = new Map<string, Expression>()
const UNARY: Record<string, 'not' | 'minus' | 'plus' | undefined> = { '!': 'not', '-': 'minus', '+': 'plus' }

/** Parses and checks once, then answers from a cache. Throws ExpressionError. */
export function parseExpression(source: string): Expression {
  const known = cache.get(source)
  if (known) return known
  if (source.length > MAX_LENGTH) throw new ExpressionError(`表达式太长，最多 ${MAX_LENGTH} 个字符`)
  let tree: jsep.Expression
  try {
    tree = jsep(source)
  } catch (error) {
    throw new ExpressionError(`表达式写错了：${error instanceof Error ? error.message : String(error)}`)
  }
  const checked = narrow(tree, 0)
  if (cache.size >= MAX_CACHE) cache.clear()
  cache.set(source, checked)
  return checked
}

function narrow(node: jsep.Expression, depth: number): Expression {
  if (depth > MAX_DEPTH) throw new ExpressionError('表达式套得太深')
  const go = (child: unknown): Expression => narrow(child as jsep.Expression, depth + 1)
  switch (node.type) {
    case 'Literal': {
      const value = node.value
      if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return { kind: 'literal', value }
      throw new ExpressionError('这种常量不能用')
    }
    case 'Identifier': {
      const name = String(node.name)
      if (name === 'undefined') return { kind: 'literal', value: undefined }
      if (!(ROOT_NAMES as readonly string[]).includes(name)) throw new ExpressionError(`不认识的名字：${name}`)
      return { kind: 'root', name: name as RootName }
    }
    case 'MemberExpression': {
      const object = go(node.object)
      if (node.computed) return { kind: 'member', object, property: go(node.property) }
      const name = String((node.property as { name?: unknown }).name)
      if (FORBIDDEN_MEMBERS.has(name)) throw new ExpressionError(`不能读取 ${name}`)
      return { kind: 'member', object, property: { kind: 'literal', value: name } }
    }
    case 'UnaryExpression': {
      const kind = UNARY[String(node.operator)]
      if (!kind) throw new ExpressionError(`不能用的运算：${String(node.operator)}`)
      return { kind, argument: go(node.argument) }
    }
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const operator = String(node.operator)
      if (!(BINARY_OPERATORS as readonly string[]).includes(operator)) throw new ExpressionError(`不能用的运算：${operator}`)
      return { kind: 'binary', operator: operator as BinaryOperator, left: go(node.left), right: go(node.right) }
    }
    case 'ConditionalExpression':
      return { kind: 'choice', test: go(node.test), yes: go(node.consequent), no: go(node.alternate) }
    case 'ArrayExpression':
      return { kind: 'list', elements: (node.elements as unknown[]).map(go) }
    case 'CallExpression': {
      const callee = node.callee as jsep.Expression
      const name = callee.type === 'Identifier' ? String(callee.name) : ''
      if (!Object.hasOwn(FORM_FUNCTIONS, name)) throw new ExpressionError(`不认识的函数：${name || '（不是函数名）'}`)
      return { kind: 'call', name, args: (node.arguments as unknown[]).map(go) }
    }
    default:
      throw new ExpressionError('这种写法不能用')
  }
}
