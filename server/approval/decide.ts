import type { NodeSetting } from '../../contracts/bpmn-extension.ts'

/** What of a run's policy decides: its mode, its rule of rejection, and its outcomes in the order of their declaration. */
export type DecisionPolicy = Pick<NodeSetting, 'mode' | 'rejectRule'> & {
  readonly outcomes: readonly Pick<NodeSetting['outcomes'][number], 'code' | 'kind'>[]
}

export interface Vote {
  readonly ordinal: number
  /** SKIPPED and REMOVED seats have no say. */
  readonly state: 'WAITING' | 'OPEN' | 'DONE' | 'SKIPPED' | 'REMOVED'
  readonly outcome: string | null
}

export type Decision =
  | { readonly kind: 'open' /** Ordinals that may sit down now. */; readonly open: readonly number[] }
  | { readonly kind: 'decided'; readonly outcome: string /** The seat whose vote decided. */; readonly by: number }

/**
 * What the votes cast so far decide. Pure: approval.md §3 and first-loop.md B19. An outcome of kind `other` decides at once where it
 * is cast; with ALL and AFTER_ALL the rejecting outcome that is declared first wins.
 */
export function decide(policy: DecisionPolicy, votes: readonly Vote[]): Decision {
  const seats = [...votes].filter((vote) => vote.state !== 'SKIPPED' && vote.state !== 'REMOVED').sort((a, b) => a.ordinal - b.ordinal)
  const kindOf = (vote: Vote) => policy.outcomes.find((outcome) => outcome.code === vote.outcome)?.kind ?? 'reject'
  const done = seats.filter((seat) => seat.state === 'DONE' && seat.outcome !== null)
  const approvals = done.filter((seat) => kindOf(seat) === 'approve')
  const others = done.filter((seat) => kindOf(seat) !== 'approve')
  const last = done.at(-1)
  const everybody = done.length === seats.length
  if (seats.length === 0) return { kind: 'open', open: [] }
  switch (policy.mode) {
    case 'SINGLE':
      return last ? decided(last) : openAll(seats)
    case 'SEQ': {
      const [against] = others
      if (against) return decided(against)
      if (everybody && last) return decided(last)
      const next = seats.find((seat) => seat.state !== 'DONE')
      return { kind: 'open', open: next ? [next.ordinal] : [] }
    }
    case 'ANY': {
      const [approval] = approvals
      if (approval) return decided(approval)
      const at = declaredFirst(policy, others)
      if (at && (policy.rejectRule === 'FIRST' || everybody || kindOf(at) === 'other')) return decided(at)
      return openAll(seats)
    }
    case 'ALL': {
      const at = declaredFirst(policy, others)
      if (at && (policy.rejectRule === 'FIRST' || everybody)) return decided(at)
      const [approval] = approvals
      if (everybody && approval) return decided(declaredFirst(policy, approvals) ?? approval)
      return openAll(seats)
    }
  }
}

const decided = (vote: Vote): Decision => ({ kind: 'decided', outcome: vote.outcome ?? '', by: vote.ordinal })
const openAll = (seats: readonly Vote[]): Decision => ({
  kind: 'open',
  open: seats.filter((seat) => seat.state !== 'DONE').map((seat) => seat.ordinal),
})

function declaredFirst(policy: DecisionPolicy, votes: readonly Vote[]): Vote | undefined {
  for (const { code } of policy.outcomes) {
    const found = votes.find((vote) => vote.outcome === code)
    if (found) return found
  }
  return votes[0]
}
