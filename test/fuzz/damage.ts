import type { Random } from '../random-models/random.ts'

const PIECES = [
  '',
  '<',
  '>',
  '"',
  "'",
  '&',
  '&lt;',
  '</subProcess>',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '${',
  '#{',
  '}',
  '{',
  '[',
  ']',
  '(',
  ')',
  ',',
  ';',
  '/',
  '\\',
  '\u0000',
  '\ufeff',
  '\ud800',
  '危',
  '🧨',
  '0',
  '-1',
  '1e999',
  '9'.repeat(40),
  'null',
  'true',
  'NaN',
  '__proto__',
  'constructor',
  ' ',
  '\n',
  '%00',
  '%',
  '..',
  'u1',
  'process_end',
  '*',
  '+',
  '?',
  '|',
  '^',
  '$',
  '=',
  '!',
  '&&',
  'PT',
  'R',
  'a'.repeat(300),
  '(('.repeat(60),
  '[['.repeat(60),
] as const

/** Cuts, doubles, swaps and overwrites pieces of a text. */
export function damage(text: string, random: Random, turns = 1 + random.below(4)): string {
  let result = text
  for (let turn = 0; turn < turns; turn += 1) {
    const at = random.below(result.length + 1)
    const length = random.below(30)
    const piece = result.slice(at, at + length)
    const by = random.chance(20)
      ? piece + piece
      : random.chance(15)
        ? result.slice(random.below(result.length + 1)).slice(0, 40)
        : random.pick(PIECES)
    result = result.slice(0, at) + by + result.slice(at + (random.chance(70) ? length : 0))
  }
  return result
}

/** A value that nobody expects where it stands. */
export function oddValue(random: Random, depth = 0): unknown {
  const odd: readonly (() => unknown)[] = [
    () => null,
    () => '',
    () => random.pick(PIECES),
    () => random.below(1_000) - 500,
    () => 1e308 * 10,
    () => -0.5,
    () => Number.MAX_SAFE_INTEGER,
    () => true,
    () => [],
    () => ({}),
    () => 'x'.repeat(random.below(6_000)),
    () => '2023-01-01T00:00:00.000+0000',
    () => (depth > 3 ? 1 : [oddValue(random, depth + 1), oddValue(random, depth + 1)]),
    () => (depth > 3 ? 1 : { [String(random.pick(PIECES))]: oddValue(random, depth + 1), value: oddValue(random, depth + 1) }),
  ]
  return random.pick(odd)()
}
