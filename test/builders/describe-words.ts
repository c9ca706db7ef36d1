import { describe, expect, it } from '@jest/globals'

type Words = Readonly<Record<string, string>>

/** What must hold of the words of a page in its two languages. */
export function describeWords(name: string, english: Words, chinese: Words): void {
  describe(`words of ${name}`, () => {
    it('have the same keys in both languages', () => {
      expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
    })

    it('fill in the same names in both languages', () => {
      const names = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

      for (const [key, text] of Object.entries(chinese)) expect([key, names(english[key])]).toEqual([key, names(text)])
    })
  })
}
