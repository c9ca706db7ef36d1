/** Runs `once` in `clients` loops for so long; how often it ran, and for how many seconds. */
export async function loops(clients: number, once: () => Promise<void>, seconds: number): Promise<{ count: number; elapsed: number }> {
  const begun = performance.now()
  const end = begun + seconds * 1000
  let count = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        await once()
        count++
      }
    }),
  )
  return { count, elapsed: (performance.now() - begun) / 1000 }
}

/** Runs `once` for each number below `count`, `clients` at a time. */
export async function each(count: number, clients: number, once: (i: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) await once(next++)
    }),
  )
  return (performance.now() - begun) / 1000
}

/** How long the middle one and the slowest of a hundred took. */
export function quantiles(times: number[]): { p50Ms: number; p99Ms: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}
