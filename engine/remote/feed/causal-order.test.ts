import { describe, expect, it } from '@jest/globals'
import { inCausalOrder, type Moved } from './causal-order.ts'

const activity = (id: string, startedAt: number | null, endedAt: number | null, parentId = 'process'): Moved => ({
  id,
  parentId,
  startedAt,
  endedAt,
})
const told = (...activities: Moved[]) =>
  inCausalOrder(activities).map(({ kind, activity: { id } }) => `${id}${kind === 'started' ? '+' : '-'}`)

describe('inCausalOrder', () => {
  it('goes by time where the times differ', () => {
    expect(told(activity('b', 2, 4), activity('a', 1, 3))).toEqual(['a+', 'b+', 'a-', 'b-'])
  })

  it('ends an activity before the next of the same millisecond starts', () => {
    expect(told(activity('start', 5, 5), activity('gateway', 5, 5), activity('task', 5, null))).toEqual([
      'start+',
      'start-',
      'gateway+',
      'gateway-',
      'task+',
    ])
  })

  it('ends first what began in an earlier millisecond', () => {
    expect(told(activity('task', 1, 5), activity('end', 5, 5))).toEqual(['task+', 'task-', 'end+', 'end-'])
  })

  it('keeps a scope open until everything in it has ended', () => {
    const scope = activity('scope', 1, 5)
    const inner = activity('inner', 5, 5, 'scope')
    const deep = activity('deep', 5, 5, 'inner')

    expect(told(scope, inner, deep, activity('after', 5, null))).toEqual([
      'scope+',
      'inner+',
      'deep+',
      'deep-',
      'inner-',
      'scope-',
      'after+',
    ])
  })

  it('tells the news of an activity whose start is no news', () => {
    expect(told(activity('task', null, 7))).toEqual(['task-'])
  })
})
