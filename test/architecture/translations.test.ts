import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const place = join(import.meta.dirname, '../../web/i18n')
const areas = existsSync(join(place, 'zh-CN')) ? readdirSync(join(place, 'zh-CN')) : []

type Words = { [key: string]: string | Words }
const keysOf = (words: Words, above = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [`${above}${key}`] : keysOf(value, `${above}${key}.`)))
const read = (language: string, area: string) => JSON.parse(readFileSync(join(place, language, area), 'utf8')) as Words

describe('texts of the site', () => {
  it('are there', () => {
    expect(areas.length).toBeGreaterThan(0)
  })

  it('come in the same areas in both languages', () => {
    expect(readdirSync(join(place, 'en-US')).sort()).toEqual([...areas].sort())
  })

  it.each(areas)('have the same keys in both languages in %s', (area) => {
    expect(keysOf(read('en-US', area)).sort()).toEqual(keysOf(read('zh-CN', area)).sort())
  })
})
