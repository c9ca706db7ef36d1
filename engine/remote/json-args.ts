/** Arguments of a call as JSON text that keeps what typed values may hold: 64-bit integers and bytes. */
export function toArgsText(args: readonly unknown[]): string {
  return JSON.stringify(args, (_, value: unknown) => {
    if (typeof value === 'bigint') return { $long: String(value) }
    if (value instanceof Uint8Array) return { $bytes: btoa(String.fromCharCode(...value)) }
    return value
  })
}

export function fromArgsText(text: string): unknown[] {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    if ('$long' in value && typeof value.$long === 'string') return BigInt(value.$long)
    if ('$bytes' in value && typeof value.$bytes === 'string') return Uint8Array.from(atob(value.$bytes), (char) => char.charCodeAt(0))
    return value
  })
}
