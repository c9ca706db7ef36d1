import type { Random } from './random.ts'

/** What can be caught at the edge of an activity. */
export interface Boundary {
  readonly id: string
  readonly event: 'timer' | 'message' | 'signal' | 'escalation' | 'error'
  readonly interrupting: boolean
  readonly after: Block
}

/** A block-structured piece of a process: one way in, one way out, or an end of its own. */
export type Block =
  | {
      readonly kind: 'user' | 'external' | 'receive' | 'pass'
      readonly id: string
      readonly multi?: MultiInstance
      readonly boundaries: readonly Boundary[]
    }
  | { readonly kind: 'catch'; readonly id: string; readonly event: 'timer' | 'message' | 'signal' }
  | { readonly kind: 'throw'; readonly id: string; readonly event: 'signal' | 'escalation' }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'exclusive' | 'inclusive' | 'parallel'; readonly id: string; readonly branches: readonly Block[] }
  | {
      readonly kind: 'event-based'
      readonly id: string
      readonly branches: readonly { readonly id: string; readonly event: 'timer' | 'message' | 'signal'; readonly after: Block }[]
    }
  | {
      readonly kind: 'subprocess'
      readonly id: string
      readonly body: Block
      readonly end: 'none' | 'terminate' | 'error' | 'escalation'
      readonly multi?: MultiInstance
      readonly boundaries: readonly Boundary[]
      readonly eventSubprocess?: EventSubprocess
    }
  | { readonly kind: 'call'; readonly id: string; readonly called: Block; readonly boundaries: readonly Boundary[] }
  | { readonly kind: 'loop'; readonly id: string; readonly body: Block }

export interface MultiInstance {
  readonly sequential: boolean
  readonly count: number
  /** Ends when so many are done. */
  readonly enough?: number
}

export interface EventSubprocess {
  readonly id: string
  readonly event: 'message' | 'signal' | 'timer'
  readonly interrupting: boolean
  readonly body: Block
}

/** Makes a block of about `size` activities. Ids are `a1`, `a2`, … in the order of their making. */
export function randomBlock(random: Random, size: number): Block {
  let made = 0
  const id = (letter: string) => `${letter}${++made}`

  const multi = (): MultiInstance | undefined =>
    random.chance(15) ? { sequential: random.chance(50), count: 1 + random.below(3), enough: random.chance(30) ? 1 : undefined } : undefined

  const boundaries = (events: readonly Boundary['event'][], depth: number): Boundary[] =>
    random.chance(25)
      ? [{ id: id('b'), event: random.pick(events), interrupting: random.chance(60), after: make(1, depth + 1) }].map((boundary) =>
          boundary.event === 'error' ? { ...boundary, interrupting: true } : boundary,
        )
      : []

  const leaf = (depth: number): Block => {
    const kind = random.below(12)
    if (kind < 6) return { kind: 'user', id: id('u'), multi: multi(), boundaries: boundaries(['timer', 'message', 'signal'], depth) }
    if (kind < 7) return { kind: 'external', id: id('x'), multi: undefined, boundaries: boundaries(['error', 'message', 'timer'], depth) }
    if (kind < 8) return { kind: 'receive', id: id('r'), multi: undefined, boundaries: [] }
    if (kind < 9) return { kind: 'pass', id: id('p'), boundaries: [] }
    if (kind < 11) return { kind: 'catch', id: id('c'), event: random.pick(['timer', 'message', 'signal'] as const) }
    return { kind: 'throw', id: id('t'), event: random.pick(['signal', 'escalation'] as const) }
  }

  const make = (budget: number, depth: number): Block => {
    if (budget <= 1 || depth > 5) return leaf(depth)
    const branches = (count: number) => Array.from({ length: count }, () => make(Math.max(1, Math.floor((budget - 1) / count)), depth + 1))
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
        return { kind: 'sequence', blocks: branches(2 + random.below(2)) }
      case 3:
        return { kind: 'exclusive', id: id('g'), branches: branches(2) }
      case 4:
        return { kind: 'inclusive', id: id('g'), branches: branches(2 + random.below(2)) }
      case 5:
        return { kind: 'parallel', id: id('g'), branches: branches(2 + random.below(2)) }
      case 6:
        return {
          kind: 'event-based',
          id: id('g'),
          branches: (['message', 'timer', 'signal'] as const)
            .slice(0, 2 + random.below(2))
            .map((event) => ({ id: id('c'), event, after: make(1, depth + 1) })),
        }
      case 7:
        return {
          kind: 'call',
          id: id('k'),
          called: make(budget - 1, depth + 1),
          boundaries: boundaries(['message', 'timer', 'escalation'], depth),
        }
      case 8:
        return { kind: 'loop', id: id('l'), body: make(budget - 1, depth + 1) }
      default: {
        const end = random.pick(['none', 'none', 'terminate', 'error', 'escalation'] as const)
        return {
          kind: 'subprocess',
          id: id('s'),
          body: make(budget - 1, depth + 1),
          end,
          multi: multi(),
          boundaries:
            end === 'error'
              ? [{ id: id('b'), event: 'error', interrupting: true, after: make(1, depth + 1) }]
              : boundaries(['timer', 'message', 'signal', 'escalation'], depth),
          eventSubprocess: random.chance(20)
            ? {
                id: id('e'),
                event: random.pick(['message', 'signal', 'timer'] as const),
                interrupting: random.chance(50),
                body: make(1, depth + 1),
              }
            : undefined,
        }
      }
    }
  }

  return make(size, 0)
}
