import { describe, expect, it } from '@jest/globals'
import { english } from './en-US.ts'
import { chinese } from './zh-CN.ts'

describe('words of the form runtime', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  })

  it('fill in the same names in both languages', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

    for (const [key, text] of Object.entries(chinese))
      expect([key, names(english[key as keyof typeof english])]).toEqual([key, names(text)])
  })
})
