import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import type { FieldSchema, Reaction } from '../../../contracts/form-definition.ts'
import { reactionOf, sentenceOf } from './sentence.ts'

const shown = { fulfill: { state: { visible: true, required: true } }, otherwise: { state: { visible: false } } }
const outcome = { results: { visible: true, required: true }, otherwise: { visible: false } }

describe('the sentences of linkages', () => {
  it.each<[string, Reaction, object]>([
    ['is', { dependencies: ['level'], when: "{{$deps[0] === 'MAJOR'}}", ...shown }, [{ field: 'level', operator: 'is', value: 'MAJOR' }]],
    [
      'and',
      { dependencies: ['level', 'foundAt'], when: "{{$deps[0] !== 'GENERAL' && day($deps[1]) <= '2023-12-31'}}", ...shown },
      [
        { field: 'level', operator: 'is-not', value: 'GENERAL' },
        { field: 'foundAt', operator: 'not-later', value: '2023-12-31' },
      ],
    ],
    [
      'one of',
      { dependencies: ['layer'], when: "{{$deps[0] === 'PRINCIPAL' || $deps[0] === 'GROUP'}}", ...shown },
      [{ field: 'layer', operator: 'in', value: ['PRINCIPAL', 'GROUP'] }],
    ],
    ['filled', { dependencies: ['other'], when: '{{!empty($deps[0])}}', ...shown }, [{ field: 'other', operator: 'filled', value: null }]],
    ['a switch', { dependencies: ['onSpot'], when: '{{$deps[0] === true}}', ...shown }, [{ field: 'onSpot', operator: 'is', value: true }]],
  ])('reads: %s', (_name, reaction, conditions) => {
    expect(sentenceOf(reaction)).toEqual({ conditions, ...outcome })
  })

  it.each<[string, Reaction]>([
    ['a sum', { dependencies: ['a'], when: '{{$deps[0] + 1 > 2}}', ...shown }],
    ['two fields with or', { dependencies: ['a', 'b'], when: '{{$deps[0] === 1 || $deps[1] === 1}}', ...shown }],
    ['a computed result', { dependencies: ['a'], when: '{{$deps[0] === 1}}', fulfill: { state: { value: '{{$deps[0]}}' } } }],
  ])('leaves to the expression box: %s', (_name, reaction) => {
    expect(sentenceOf(reaction)).toBeUndefined()
  })

  it('writes what it reads', () => {
    const sentence = {
      conditions: [
        { field: 'level', operator: 'is' as const, value: "O'K" },
        { field: 'category', operator: 'in' as const, value: ['SLOPE', 'DUMP'] },
        { field: 'foundAt', operator: 'not-later' as const, value: '2023-12-31' },
      ],
      ...outcome,
    }
    expect(sentenceOf(reactionOf(sentence, (field) => field === 'foundAt'))).toEqual(sentence)
  })

  it('reads every rule of the shipped hazard form that depends on fields', () => {
    const form = JSON.parse(readFileSync('forms/base/hazardRecord.json', 'utf8')) as { schema: { properties: Record<string, FieldSchema> } }
    const rules: Reaction[] = []
    const visit = (properties: Record<string, FieldSchema>) => {
      for (const field of Object.values(properties)) {
        rules.push(...(field['x-reactions'] ?? []).filter((rule) => rule.dependencies))
        if (field.properties) visit(field.properties)
      }
    }
    visit(form.schema.properties)
    expect(rules.length).toBeGreaterThan(5)
    expect(rules.filter((rule) => !sentenceOf(rule))).toEqual([])
  })
})
