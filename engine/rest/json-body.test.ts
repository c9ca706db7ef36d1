import { describe, expect, it } from '@jest/globals'
import { readJson } from './json-body.ts'

describe('readJson', () => {
  it('keeps every digit of a long', () => {
    expect(readJson('{"a":9007199254740993,"b":[-9223372036854775808],"c":9007199254740991}')).toEqual({
      a: 9007199254740993n,
      b: [-9223372036854775808n],
      c: 9007199254740991,
    })
  })

  it('leaves digits within texts and fractions alone', () => {
    expect(readJson('{"a":"90071992547409931","b":"say \\"90071992547409931\\"","c":1234567890123456.5,"d":1e3}')).toEqual({
      a: '90071992547409931',
      b: 'say "90071992547409931"',
      c: 1234567890123456.5,
      d: 1000,
    })
  })

  it('throws on what is no JSON', () => {
    expect(() => readJson('{"a":90071992547409931')).toThrow(SyntaxError)
  })
})
