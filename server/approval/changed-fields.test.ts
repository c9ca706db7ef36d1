import { describe, expect, it } from '@jest/globals'
import type { FormSchema } from '../../contracts/form-definition.ts'
import { changedFields } from './changed-fields.ts'

const schema: FormSchema = {
  type: 'object',
  properties: {
    layer: {
      type: 'string',
      title: '检查层级',
      enum: [
        { value: 'PLANT', label: '厂矿' },
        { value: 'TEAM', label: '班组' },
      ],
      'x-id': 'a',
      'x-component': 'Select',
    },
    filledBy: { type: 'string', title: '填表人', 'x-id': 'b', 'x-component': 'Person', 'x-server': true },
    ownerId: { type: 'string', title: '责任人', 'x-id': 'c', 'x-component': 'Person' },
    five: {
      type: 'object',
      title: '五到位',
      'x-id': 'd',
      'x-component': 'Group',
      properties: { fundWan: { type: 'number', title: '资金', 'x-unit': '万元', 'x-id': 'e', 'x-component': 'Number' } },
    },
    rows: {
      type: 'array',
      title: '隐患',
      'x-id': 'f',
      'x-component': 'Table',
      items: {
        type: 'object',
        'x-id': 'g',
        'x-component': 'Group',
        properties: { location: { type: 'string', title: '部位', 'x-id': 'h', 'x-component': 'Text' } },
      },
    },
  },
}

describe('changedFields', () => {
  it('names fields, rows and people in the words of the form', () => {
    const before = { layer: 'PLANT', filledBy: 'p1', ownerId: 'p1', five: { fundWan: 3 }, rows: [{ location: '东帮' }] }
    const after = { layer: 'TEAM', filledBy: 'p2', ownerId: 'p2', five: { fundWan: 4 }, rows: [{ location: '西帮' }, { location: '道路' }] }
    const nameOf = (_: string, id: string) => (id === 'p1' ? '甲' : '乙')

    expect(changedFields(schema, before, after, nameOf)).toEqual([
      { field: '检查层级', before: '厂矿', after: '班组' },
      { field: '责任人', before: '甲', after: '乙' },
      { field: '五到位 · 资金', before: '3 万元', after: '4 万元' },
      { field: '隐患', before: '1 行', after: '2 行' },
      { field: '隐患 1 · 部位', before: '东帮', after: '西帮' },
      { field: '隐患 2 · 部位', before: '', after: '道路' },
    ])
  })

  it('finds nothing where nothing changed', () => {
    expect(changedFields(schema, { layer: 'PLANT' }, { layer: 'PLANT' }, () => undefined)).toEqual([])
  })
})
