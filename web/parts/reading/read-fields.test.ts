import { describe, expect, it } from '@jest/globals'
import type { FormView } from '../../../contracts/api/inbox.ts'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { fieldsOf, photosOf } from './read-fields.ts'

const field = (component: FieldSchema['x-component'], more: Partial<FieldSchema> = {}): FieldSchema => ({
  type: 'string',
  title: component,
  'x-id': component,
  'x-component': component,
  ...more,
})
const photo = { id: 'a1', name: '边坡.jpg', mime: 'image/jpeg', size: 10 }

const form = (
  properties: Record<string, FieldSchema>,
  values: Record<string, unknown>,
  permissions: FormView['permissions'] = {},
): FormView => ({
  key: 'f',
  code: 'F02',
  title: '隐患登记表',
  version: 1,
  schema: { type: 'object', properties },
  values,
  permissions,
  sources: {},
})

describe('fieldsOf', () => {
  it('opens containers, in the order of the form', () => {
    const fields = fieldsOf(
      form(
        {
          late: field('Text', { 'x-index': 2 }),
          group: field('Group', { type: 'void', 'x-index': 1, properties: { early: field('Text') } }),
        },
        { late: 'b', early: 'a' },
      ),
    )

    expect(fields.map(({ path, value }) => [path, value])).toEqual([
      ['early', 'a'],
      ['late', 'b'],
    ])
  })

  it('gives a field below an object its whole path', () => {
    const fields = fieldsOf(
      form(
        { five: field('Group', { type: 'object', properties: { fundWan: field('Money', { type: 'number' }) } }) },
        { five: { fundWan: 3 } },
      ),
    )

    expect(fields.map(({ path }) => path)).toEqual(['five.fundWan'])
  })

  it('leaves out what is empty, hidden or technical', () => {
    const fields = fieldsOf(
      form(
        { empty: field('Text'), secret: field('Text'), clientId: field('Text', { 'x-technical': true }) },
        { empty: '', secret: 'x', clientId: 'y' },
        { secret: 'hidden' },
      ),
    )

    expect(fields).toEqual([])
  })
})

describe('photosOf', () => {
  it('finds the photos of each field that has some', () => {
    expect(
      photosOf(
        form(
          { beforePics: field('Photo', { type: 'array' }), afterPics: field('Photo', { type: 'array' }) },
          { beforePics: [photo], afterPics: [] },
        ),
      ),
    ).toEqual([{ path: 'beforePics', title: 'Photo', photos: [photo] }])
  })
})
