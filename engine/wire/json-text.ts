/** JSON of a value that may hold bigints (Long): they are printed as JSON numbers, digit by digit, which `JSON.stringify` cannot. */
export function toJsonText(value: unknown): string {
  if (!holdsBigint(value)) return JSON.stringify(value)
  return write(value) ?? 'null'
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true
  if (value === null || typeof value !== 'object') return false
  return Array.isArray(value) ? value.some(holdsBigint) : Object.values(value).some(holdsBigint)
}

function write(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return JSON.stringify(value)
  const members = Object.entries(value).flatMap(([key, member]) => {
    const text = write(member)
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`]
  })
  return `{${members.join(',')}}`
}
