import { ExpressionError } from './failure.ts'

export type Token =
  | { readonly kind: 'integer' | 'float' | 'string' | 'name' | 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number }

const SIGNS = ['&&', '||', '==', '!=', '<=', '>=', '+', '-', '*', '/', '%', '<', '>', '!', '?', ':', '.', ',', '(', ')', '[', ']']
/** Words that are operators; the lexer gives them as the sign they stand for. */
const WORDS: Readonly<Record<string, string>> = {
  and: '&&',
  or: '||',
  not: '!',
  eq: '==',
  ne: '!=',
  lt: '<',
  gt: '>',
  le: '<=',
  ge: '>=',
  div: '/',
  mod: '%',
  empty: 'empty',
}
const NUMBER = /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy

/** Splits the inside of `${…}`, from `start` to its closing brace. Answers the tokens and the offset behind the brace. */
export function tokensOf(text: string, start: number): { readonly tokens: readonly Token[]; readonly next: number } {
  const tokens: Token[] = []
  let at = start
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++
    if (at >= text.length) throw new ExpressionError('syntax', "'}' is missing", at)
    const char = text.charAt(at)
    if (char === '}') return { tokens: [...tokens, { kind: 'end', text: '', at }], next: at + 1 }
    if (char === '"' || char === "'") {
      const { value, next } = readString(text, at)
      tokens.push({ kind: 'string', text: value, at })
      at = next
      continue
    }
    const number = match(NUMBER, text, at)
    if (number !== undefined) {
      tokens.push({ kind: /^\d+$/.test(number) ? 'integer' : 'float', text: number, at })
      at += number.length
      continue
    }
    const name = match(NAME, text, at)
    if (name !== undefined) {
      const sign = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined
      tokens.push(sign ? { kind: 'sign', text: sign, at } : { kind: 'name', text: name, at })
      at += name.length
      continue
    }
    const sign = SIGNS.find((candidate) => text.startsWith(candidate, at))
    if (!sign) throw new ExpressionError('syntax', `unexpected character '${char}'`, at)
    tokens.push({ kind: 'sign', text: sign, at })
    at += sign.length
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function readString(text: string, start: number): { value: string; next: number } {
  const quote = text.charAt(start)
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === quote) return { value, next: at + 1 }
    if (char !== '\\') {
      value += char
      continue
    }
    const escaped = text.charAt(++at)
    if (escaped !== '\\' && escaped !== '"' && escaped !== "'") throw new ExpressionError('syntax', `unknown escape '\\${escaped}'`, at)
    value += escaped
  }
  throw new ExpressionError('syntax', 'text without end', start)
}
