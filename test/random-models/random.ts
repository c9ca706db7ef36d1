/** A small seeded generator (mulberry32): the same seed gives the same model and the same play on every engine. */
export interface Random {
  /** 0 … bound − 1. */
  below(bound: number): number
  chance(percent: number): boolean
  pick<T>(items: readonly T[]): T
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return { below, chance: (percent) => below(100) < percent, pick: (items) => items[below(items.length)]! }
}
