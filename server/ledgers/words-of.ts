/** A form's value in words: a table's rows by what they say first (a measure, a name), joined. */
export function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    return value
      .map(wordsOf)
      .filter((words) => words !== '')
      .join('；')
  }
  if (typeof value !== 'object') return String(value)
  const { measure, label, name } = value as Readonly<Record<string, unknown>>
  return wordsOf(measure ?? label ?? name ?? Object.values(value).find((one) => typeof one === 'string'))
}
