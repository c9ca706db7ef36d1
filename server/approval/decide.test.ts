import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type DecisionPolicy, decide, type Vote } from './decide.ts'

const OUTCOMES = [
  { code: 'CONFIRM', kind: 'approve' },
  { code: 'DOWNGRADE', kind: 'reject' },
  { code: 'NOT_HAZARD', kind: 'reject' },
] as const

const policyOf = (mode: DecisionPolicy['mode'], rejectRule: DecisionPolicy['rejectRule'] = 'FIRST'): DecisionPolicy => ({
  mode,
  rejectRule,
  outcomes: OUTCOMES,
})
const votesOf = (...outcomes: (string | null)[]): Vote[] =>
  outcomes.map((outcome, index) => ({ ordinal: index + 1, state: outcome ? 'DONE' : 'OPEN', outcome }))

describe('decide', () => {
  it('decides a single seat by its vote', () => {
    expect(decide(policyOf('SINGLE'), votesOf(null))).toEqual({ kind: 'open', open: [1] })
    expect(decide(policyOf('SINGLE'), votesOf('DOWNGRADE'))).toEqual({ kind: 'decided', outcome: 'DOWNGRADE', by: 1 })
  })

  it('opens the seats of a chain one after another', () => {
    expect(decide(policyOf('SEQ'), votesOf(null, null))).toEqual({ kind: 'open', open: [1] })
    expect(decide(policyOf('SEQ'), votesOf('CONFIRM', null))).toEqual({ kind: 'open', open: [2] })
    expect(decide(policyOf('SEQ'), votesOf('CONFIRM', 'CONFIRM'))).toEqual({ kind: 'decided', outcome: 'CONFIRM', by: 2 })
  })

  it('ends a chain at the level that does not approve', () => {
    expect(decide(policyOf('SEQ'), votesOf('NOT_HAZARD', null))).toEqual({ kind: 'decided', outcome: 'NOT_HAZARD', by: 1 })
    expect(decide(policyOf('SEQ'), votesOf('CONFIRM', 'DOWNGRADE'))).toEqual({ kind: 'decided', outcome: 'DOWNGRADE', by: 2 })
  })

  it('waits for everybody before it rejects when the rule says so', () => {
    expect(decide(policyOf('ALL', 'AFTER_ALL'), votesOf('NOT_HAZARD', null, 'CONFIRM'))).toEqual({ kind: 'open', open: [2] })
    expect(decide(policyOf('ALL', 'AFTER_ALL'), votesOf('NOT_HAZARD', 'DOWNGRADE', 'CONFIRM'))).toMatchObject({ outcome: 'DOWNGRADE' })
    expect(decide(policyOf('ALL'), votesOf('DOWNGRADE', null, null))).toMatchObject({ outcome: 'DOWNGRADE' })
  })

  it('lets one of several decide', () => {
    expect(decide(policyOf('ANY'), votesOf(null, 'CONFIRM'))).toMatchObject({ kind: 'decided', outcome: 'CONFIRM' })
    expect(decide(policyOf('ANY', 'AFTER_ALL'), votesOf('DOWNGRADE', null))).toEqual({ kind: 'open', open: [2] })
    expect(decide(policyOf('ANY', 'AFTER_ALL'), votesOf('DOWNGRADE', 'DOWNGRADE'))).toMatchObject({ outcome: 'DOWNGRADE' })
  })

  it('leaves out skipped and removed seats', () => {
    const votes: Vote[] = [
      { ordinal: 1, state: 'REMOVED', outcome: null },
      { ordinal: 2, state: 'DONE', outcome: 'CONFIRM' },
    ]
    expect(decide(policyOf('ALL'), votes)).toMatchObject({ kind: 'decided', outcome: 'CONFIRM' })
  })

  const outcome = fc.constantFrom('CONFIRM', 'DOWNGRADE', 'NOT_HAZARD')
  const ballots = fc.array(outcome, { minLength: 1, maxLength: 6 }).chain((cast) =>
    fc.tuple(
      fc.constant(cast),
      fc.shuffledSubarray(
        cast.map((_, i) => i),
        { minLength: cast.length },
      ),
    ),
  )

  /** Lets the votes come in this order, each only while its seat is open, until the run is decided. */
  const play = (policy: DecisionPolicy, cast: readonly string[], order: readonly number[]) => {
    const votes: Vote[] = cast.map((_, index) => ({ ordinal: index + 1, state: 'OPEN', outcome: null }))
    for (const index of order) {
      votes[index] = { ordinal: index + 1, state: 'DONE', outcome: cast[index] ?? null }
      const result = decide(policy, votes)
      if (result.kind === 'decided') return result
    }
    return null
  }

  it('gives the same outcome in any order of arrival when everybody is heard', () => {
    fc.assert(
      fc.property(ballots, ([cast, order]) => {
        const policy = policyOf('ALL', 'AFTER_ALL')
        const inOrder = play(
          policy,
          cast,
          cast.map((_, i) => i),
        )
        expect(play(policy, cast, order)?.outcome).toBe(inOrder?.outcome)
      }),
    )
  })

  it('approves or rejects alike in any order of arrival, and always decides', () => {
    fc.assert(
      fc.property(ballots, fc.constantFrom<DecisionPolicy['mode']>('ALL', 'ANY'), ([cast, order], mode) => {
        const policy = policyOf(mode, mode === 'ANY' ? 'AFTER_ALL' : 'FIRST')
        const isApproved = (result: ReturnType<typeof play>) => result?.outcome === 'CONFIRM'
        const inOrder = play(
          policy,
          cast,
          cast.map((_, i) => i),
        )
        const shuffled = play(policy, cast, order)
        expect(shuffled).not.toBeNull()
        expect(isApproved(shuffled)).toBe(isApproved(inOrder))
      }),
    )
  })

  it('opens exactly one seat of a chain at a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 5 }), (seats, approved) => {
        const cast = Array.from({ length: seats }, (_, i) => (i < approved ? 'CONFIRM' : null))
        const result = decide(policyOf('SEQ'), votesOf(...cast))
        expect(result.kind === 'decided' ? approved >= seats : result.open.length === 1).toBe(true)
      }),
    )
  })
})
