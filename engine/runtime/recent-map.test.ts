import { describe, expect, it } from '@jest/globals'
import { RecentMap } from './recent-map.ts'

describe('a map of recent entries', () => {
  it('forgets what was used longest ago when there are too many', () => {
    const map = new RecentMap<number>(2)
    map.set('a', 1)
    map.set('b', 2)
    map.get('a')

    map.set('c', 3)

    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 3])
  })

  it('keeps the others when an entry is written again', () => {
    const map = new RecentMap<number>(2)
    map.set('a', 1)
    map.set('b', 2)

    map.set('a', 3)

    expect(['a', 'b'].map((key) => map.get(key))).toEqual([3, 2])
  })
})
