import { describe, expect, it } from '@jest/globals'
import { moneyInWords } from './money-in-words.ts'

describe('money in words', () => {
  it.each([
    [0, '零元整'],
    [0.6, '陆仟元整'],
    [1, '壹万元整'],
    [12.35, '壹拾贰万叁仟伍佰元整'],
    [10.05, '壹拾万零伍佰元整'],
    [100, '壹佰万元整'],
    [100.01, '壹佰万零壹佰元整'],
    [1000.5, '壹仟万伍仟元整'],
    [10000, '壹亿元整'],
    [0.0001, '壹元整'],
    [0.00015, '壹元伍角'],
    [-1, ''],
    [Number.NaN, ''],
  ])('writes %d 万元 as %s', (wan, words) => {
    expect(moneyInWords(wan)).toBe(words)
  })
})
