import { ExpressionError } from './failure.ts'

const LONGEST_TEXT = 10_000
const OPEN_ENDED = 2

const atom = String.raw`(?:\\[dDwWsS.^$|?*+()[\]{}\\/-]|\[\^?(?:\\.|[^\]\\])+\]|[^\\^$|?*+()[\]{}])`
const shape = new RegExp(String.raw`^\^?(?:${atom}(?:[*+?]\??|\{\d{1,3}(?:,\d{0,3})?\})?)*\$?$`, 'u')

/**
 * A Java pattern of `matches`, `replaceAll`, `replaceFirst` and `split`: atoms and character classes with repetitions, but no groups,
 * no alternatives, and at most two repetitions without end, so that no text can hang the server.
 */
export function patternOf(pattern: string, text: string, flags = ''): RegExp {
  const openEnded = pattern.match(/[*+]|\{\d+,\}/g)?.length ?? 0
  if (!shape.test(pattern) || openEnded > OPEN_ENDED || text.length > LONGEST_TEXT)
    throw new ExpressionError('wrong-type', `the pattern '${pattern}' is not supported: no groups, no alternatives, few repetitions`)
  try {
    return new RegExp(pattern, flags)
  } catch {
    throw new ExpressionError('wrong-type', `'${pattern}' is no pattern`)
  }
}
