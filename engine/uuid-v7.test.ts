import { describe, expect, it } from '@jest/globals'
import { makeUuidV7 } from './uuid-v7.ts'

describe('makeUuidV7', () => {
  it('mints UUIDs of version 7 with the time in front', () => {
    const id = makeUuidV7(() => 0x0190_1234_5678)()

    expect(id).toMatch(/^01901234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('mints ids that sort as they were minted, also when the clock stands still or is set back', () => {
    let time = 1_700_000_000_000
    const mint = makeUuidV7(() => time)
    const ids = Array.from({ length: 3000 }, (_, i) => {
      if (i % 700 === 699) time += i % 2 === 0 ? 5 : -9
      return mint()
    })

    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
