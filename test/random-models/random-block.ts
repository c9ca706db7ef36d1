import type { Activity, Block, Body, Boundary, CaughtEvent, EndEvent, EventSubprocess, FreeNode, MultiInstance } from './block.ts'
import type { Random } from './random.ts'

const atTasks: readonly CaughtEvent[] = ['timer', 'message', 'signal', 'conditional', 'error', 'escalation']
const inScopes: readonly CaughtEvent[] = ['message', 'signal', 'timer', 'conditional', 'error', 'escalation']
const alwaysInterrupting: readonly CaughtEvent[] = ['error', 'cancel', 'compensation']

/** Makes the body of a process of about `size` activities. Ids are `u1`, `g2`, … in the order of their making. */
export function randomBody(random: Random, size: number): Body {
  let made = 0
  const id = (letter: string) => `${letter}${++made}`

  const multi = (): MultiInstance | undefined =>
    random.chance(15)
      ? {
          sequential: random.chance(50),
          count: random.below(4),
          ...(random.chance(30) && { enough: 1 + random.below(2) }),
          ...(random.chance(15) && { async: true }),
        }
      : undefined

  const boundary = (event: CaughtEvent, depth: number): Boundary => ({
    id: id('b'),
    event,
    interrupting: alwaysInterrupting.includes(event) || random.chance(60),
    after: random.chance(80) ? make(1, depth + 1, false) : null,
  })

  const boundaries = (events: readonly CaughtEvent[], depth: number): Boundary[] => {
    const first = random.pick(events)
    const second = random.pick(events)
    if (!random.chance(28)) return []
    return first !== second && random.chance(25) ? [boundary(first, depth), boundary(second, depth)] : [boundary(first, depth)]
  }

  const activity = (letter: string, events: readonly CaughtEvent[], depth: number): Activity => ({
    id: id(letter),
    boundaries: boundaries(events, depth),
    ...(random.chance(12) && { async: random.pick(['before', 'after'] as const) }),
    ...(random.chance(12) && { mapped: true }),
    ...(random.chance(40) && { logged: true }),
    ...(random.chance(15) && { handler: { id: id('h'), kind: random.chance(60) ? 'user' : 'pass' } as const }),
  })

  const leaf = (depth: number, mayEnd: boolean): Block => {
    const kind = random.below(20)
    if (kind < 8) return { kind: 'user', ...activity('u', atTasks, depth), multi: multi() }
    if (kind < 10) return { kind: 'external', ...activity('x', ['error', 'message', 'timer'], depth), multi: multi() }
    if (kind < 11) return { kind: 'receive', ...activity('r', ['timer', 'signal'], depth) }
    if (kind < 12) return { kind: 'pass', ...activity('p', ['message', 'conditional'], depth), multi: multi() }
    if (kind < 13) return { kind: 'script', ...activity('j', ['timer', 'conditional'], depth) }
    if (kind < 15) return { kind: 'catch', id: id('c'), event: random.pick(['timer', 'message', 'signal', 'conditional'] as const) }
    if (kind < 16) return { kind: 'link', id: id('n') }
    if (kind < 19 || !mayEnd)
      return { kind: 'throw', id: id('t'), event: random.pick(['signal', 'escalation', 'compensation', 'none'] as const) }
    return { kind: 'end', id: id('z'), event: random.pick(['none', 'terminate', 'error', 'escalation', 'signal', 'compensation'] as const) }
  }

  const eventSubprocesses = (inSubprocess: boolean, depth: number): EventSubprocess[] => {
    if (!random.chance(22)) return []
    const event = inSubprocess && random.chance(12) ? 'compensation' : random.pick(inScopes)
    return [
      {
        id: id('e'),
        event,
        interrupting: alwaysInterrupting.includes(event) || random.chance(50),
        body: make(1 + random.below(2), depth + 1, false),
      },
    ]
  }

  const body = (budget: number, depth: number, ends: readonly EndEvent[], embedded: boolean): Body => ({
    block: make(budget, depth + 1, true),
    end: random.pick(ends),
    eventSubprocesses: eventSubprocesses(embedded, depth + 1),
  })

  const scope = (kind: 'subprocess' | 'transaction' | 'call', budget: number, depth: number): Block => {
    const plain = ['none', 'none', 'terminate', 'error', 'escalation', 'compensation'] as const
    const content = body(budget - 1, depth, kind === 'transaction' ? ['cancel', 'cancel', ...plain] : plain, kind !== 'call')
    const own = activity(kind === 'call' ? 'k' : 's', inScopes, depth)
    // Two subscriptions to one signal in one scope are refused.
    const waitsForSignal = own.boundaries.some(({ event }) => event === 'signal')
    const eventSubprocesses = content.eventSubprocesses.filter(
      ({ event }) => !(waitsForSignal && event === 'signal') && !(own.handler && event === 'compensation'),
    )
    const needed: readonly CaughtEvent[] =
      kind === 'transaction' ? ['cancel'] : content.end === 'error' && random.chance(70) ? ['error'] : []
    const added = needed.filter((event) => !own.boundaries.some((each) => each.event === event)).map((event) => boundary(event, depth))
    return { kind, ...own, boundaries: [...own.boundaries, ...added], multi: multi(), body: { ...content, eventSubprocesses } }
  }

  const free = (): Block => {
    const count = 4 + random.below(4)
    const kinds = ['user', 'user', 'pass', 'exclusive', 'inclusive', 'parallel'] as const
    const plan = Array.from({ length: count }, () => ({ id: id('f'), kind: random.pick(kinds) }))
    const nodes = plan.map(({ id, kind }, index): FreeNode => {
      if (index === count - 1) return { id, kind: kind === 'user' ? 'user' : 'pass', to: [] }
      const targets = plan.flatMap((each, to) => (to > index || (to > 0 && each.kind === 'user' && to < count - 1) ? [to] : []))
      const to = new Set([index + 1])
      for (let more = random.below(3); more > 0; more--) to.add(random.pick(targets))
      return { id, kind, to: [...to].sort((a, b) => b - a) }
    })
    return { kind: 'free', id: id('y'), nodes }
  }

  const make = (budget: number, depth: number, mayEnd: boolean): Block => {
    if (budget <= 1 || depth > 5) return leaf(depth, mayEnd)
    const share = (count: number) => Math.max(1, Math.floor((budget - 1) / count))
    const branches = (count: number) => Array.from({ length: count }, () => make(share(count), depth + 1, mayEnd))
    switch (random.below(16)) {
      case 0:
      case 1:
      case 2:
      case 3: {
        const count = 2 + random.below(2)
        return {
          kind: 'sequence',
          blocks: Array.from({ length: count }, (_, index) => make(share(count), depth + 1, mayEnd && index === count - 1)),
        }
      }
      case 4:
        return { kind: 'exclusive', id: id('g'), branches: branches(2) }
      case 5:
        return { kind: 'inclusive', id: id('g'), branches: branches(2 + random.below(2)) }
      case 6:
        return { kind: 'parallel', id: id('g'), branches: branches(2 + random.below(2)) }
      case 7:
        return { kind: 'split', id: id('g'), branches: branches(2) }
      case 8:
        return {
          kind: 'event-based',
          id: id('g'),
          branches: (['message', 'timer', 'signal', 'conditional'] as const)
            .slice(0, 2 + random.below(3))
            .map((event) => ({ id: id('c'), event, after: make(1, depth + 1, mayEnd) })),
        }
      case 9:
      case 10:
        return scope('call', budget, depth)
      case 11:
        return scope('transaction', budget, depth)
      case 12:
        return { kind: 'loop', id: id('l'), body: make(budget - 1, depth + 1, false) }
      case 13:
        return free()
      default:
        return scope('subprocess', budget, depth)
    }
  }

  return body(size, -1, ['none', 'none', 'none', 'terminate', 'error', 'escalation', 'compensation'], false)
}
