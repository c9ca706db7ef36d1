import { nullValue } from '../value.ts'
import type { BinaryOperator, Expression, Node } from './ast.ts'
import { ExpressionError, type ExpressionFailure, failureOf } from './failure.ts'
import { type Token, tokensOf } from './lexer.ts'

export type ParseResult = { readonly ok: true; readonly value: Expression } | { readonly ok: false; readonly failure: ExpressionFailure }

const MAX_DEPTH = 100
const CACHE_SIZE = 5_000
const cache = new Map<string, ParseResult>()

/** Reads `text ${a} ${b}` (also `#{…}`; `\${` is plain text). Parsing is pure, so results are remembered. */
export function parseExpression(text: string): ParseResult {
  const known = cache.get(text)
  if (known) return known
  const result = parse(text)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(text, result)
  return result
}

function parse(text: string): ParseResult {
  try {
    const parts = partsOf(text)
    return { ok: true, value: { text, parts, isLiteral: parts.every((part) => typeof part === 'string') } }
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, failure: failureOf(error, text) }
    throw error
  }
}

function partsOf(text: string): (string | Node)[] {
  const parts: (string | Node)[] = []
  let literal = ''
  for (let at = 0; at < text.length; ) {
    if (/^\\[$#]\{/.test(text.slice(at, at + 3))) {
      literal += text.slice(at + 1, at + 3)
      at += 3
    } else if (/^[$#]\{/.test(text.slice(at, at + 2))) {
      const { tokens, next } = tokensOf(text, at + 2)
      if (literal !== '') parts.push(literal)
      literal = ''
      parts.push(parseTokens(tokens))
      at = next
    } else {
      literal += text.charAt(at)
      at++
    }
  }
  if (literal !== '' || parts.length === 0) parts.push(literal)
  return parts
}

/** Binary operators from weak to strong. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']]

function parseTokens(tokens: readonly Token[]): Node {
  let position = 0
  let depth = 0
  const peek = (): Token => tokens[position] as Token
  const isSign = (text: string): boolean => peek().kind === 'sign' && peek().text === text
  const unexpected = (): ExpressionError =>
    new ExpressionError('syntax', peek().kind === 'end' ? "unexpected '}'" : `unexpected '${peek().text}'`, peek().at)
  const take = (): Token => tokens[position++] as Token
  const expectSign = (text: string): void => {
    if (!isSign(text)) throw unexpected()
    position++
  }

  const nested = <T>(read: () => T): T => {
    if (++depth > MAX_DEPTH) throw new ExpressionError('syntax', 'nested too deeply', peek().at)
    const result = read()
    depth--
    return result
  }

  const choice = (): Node =>
    nested(() => {
      const test = binary(0)
      if (!isSign('?')) return test
      const { at } = take()
      const then = choice()
      expectSign(':')
      return { kind: 'choice', test, then, otherwise: choice(), at }
    })

  const binary = (level: number): Node => {
    const operators = LEVELS[level]
    if (!operators) return unary()
    let left = binary(level + 1)
    for (;;) {
      const operator = operators.find(isSign)
      if (!operator) return left
      const { at } = take()
      left = { kind: 'binary', operator, left, right: binary(level + 1), at }
    }
  }

  const unary = (): Node => {
    const operator = (['-', '!', 'empty'] as const).find(isSign)
    if (!operator) return suffixes(primary())
    const { at } = take()
    return { kind: 'unary', operator, operand: nested(unary), at }
  }

  const suffixes = (start: Node): Node => {
    let target = start
    for (;;) {
      if (isSign('.')) {
        take()
        const name = take()
        if (name.kind !== 'name') throw new ExpressionError('syntax', `a name is expected, not '${name.text}'`, name.at)
        target = isSign('(')
          ? { kind: 'method', target, name: name.text, args: args(), at: name.at }
          : { kind: 'member', target, name: name.text, at: name.at }
      } else if (isSign('[')) {
        const { at } = take()
        target = { kind: 'index', target, index: choice(), at }
        expectSign(']')
      } else return target
    }
  }

  const args = (): Node[] => {
    expectSign('(')
    const found: Node[] = []
    if (!isSign(')')) {
      found.push(choice())
      while (isSign(',')) {
        take()
        found.push(choice())
      }
    }
    expectSign(')')
    return found
  }

  const primary = (): Node => {
    const token = peek()
    const { at } = token
    if (isSign('(')) {
      take()
      const inner = choice()
      expectSign(')')
      return inner
    }
    if (token.kind === 'sign' || token.kind === 'end') throw unexpected()
    position++
    if (token.kind === 'string') return { kind: 'literal', value: { t: 'String', v: token.text }, at }
    if (token.kind === 'integer') return { kind: 'literal', value: { t: 'Long', v: longOf(token) }, at }
    if (token.kind === 'float') return { kind: 'literal', value: { t: 'Double', v: Number(token.text) }, at }
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: { t: 'Boolean', v: token.text === 'true' }, at }
    if (token.text === 'null') return { kind: 'literal', value: nullValue, at }
    return isSign('(') ? { kind: 'call', name: token.text, args: args(), at } : { kind: 'name', name: token.text, at }
  }

  const root = choice()
  if (peek().kind !== 'end') throw unexpected()
  return root
}

function longOf(token: Token): bigint {
  const value = BigInt(token.text)
  if (value > 9_223_372_036_854_775_807n) throw new ExpressionError('syntax', `${token.text} is too large`, token.at)
  return value
}
