/** Ids of files below these keys, wherever they stand in the data, in order and each once. */
export function fileIdsBelow(data: unknown, keys: readonly string[]): readonly string[] {
  const ids = new Set<string>()
  const visit = (value: unknown, isWanted: boolean): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value) visit(item, isWanted)
      return
    }
    const entries = Object.entries(value)
    const { id } = value as { id?: unknown }
    if (isWanted && typeof id === 'string') ids.add(id)
    for (const [key, inner] of entries) visit(inner, keys.includes(key))
  }
  visit(data, false)
  return [...ids]
}
