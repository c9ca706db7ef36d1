/** Reads JSON; whole numbers of 16 and more digits become bigints, so that a Long keeps its last digits. */
export function readJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `{"${MARK}":"${token}"}`,
  )
  return JSON.parse(marked, (_key, value: unknown) => {
    const digits = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[MARK] : undefined
    if (typeof digits !== 'string') return value
    return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits)
  })
}

const MARK = '$$digits'
