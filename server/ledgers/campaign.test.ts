import { describe, expect, it } from '@jest/globals'
import { readShippedForms } from '../forms/index.ts'
import { campaigns } from './campaign.ts'

describe('campaigns', () => {
  it('are called in the forms what they are called in the reports', () => {
    const options = readShippedForms('forms').catalogs['categories/campaigns'] ?? []

    expect(new Map(options.map(({ value, label }) => [value, label]))).toEqual(new Map(campaigns().map(({ id, title }) => [id, title])))
  })
})
