import { describe, expect, it } from '@jest/globals'
import type { FieldSchema, FormSchema } from '../../../contracts/form-definition.ts'
import { addField, type Command, changeField, type Design, deleteField, moveField, renameForm } from './commands.ts'
import { findField, listFields, ordered } from './form-tree.ts'
import { openHistory, reduceHistory } from './history.ts'

const text = (id: string): FieldSchema => ({ type: 'string', title: id, 'x-id': id, 'x-component': 'Text' })
const schema: FormSchema = {
  type: 'object',
  properties: {
    a: text('a'),
    group: { type: 'void', title: '组', 'x-id': 'group', 'x-component': 'Group', properties: { b: text('b'), c: text('c') } },
    rows: {
      type: 'array',
      title: '行',
      'x-id': 'rows',
      'x-component': 'Table',
      items: { type: 'object', 'x-id': 'rows-row', 'x-component': 'Group', properties: { d: text('d') } },
    },
  },
}
const design: Design = { title: '表', schema }
const order = (each: Design) => listFields(each.schema).map(({ key, parent }) => `${parent ?? ''}/${key}`)

const cases: [string, (design: Design) => Command | undefined, (design: Design) => unknown][] = [
  ['add a field into a group', () => addField({ parent: 'group', index: 1 }, 'n', text('own-1')), (each) => order(each).slice(2, 5)],
  ['add a column', () => addField({ parent: 'rows', index: 0 }, 'n', text('own-1')), (each) => order(each).slice(-2)],
  ['delete a field', (each) => deleteField(each, 'b'), order],
  ['delete a group with its fields', (each) => deleteField(each, 'group'), order],
  ['move down', (each) => moveField(each, 'a', { parent: null, index: 2 }), order],
  ['move into a group', (each) => moveField(each, 'a', { parent: 'group', index: 2 }), order],
  ['move out of a group', (each) => moveField(each, 'c', { parent: null, index: 0 }), order],
  ['change a setting', (each) => changeField(each, 'b', { required: true }), (each) => findField(each.schema, 'b')?.field.required],
  ['change a key', (each) => changeField(each, 'b', {}, 'renamed'), order],
  ['rename the form', (each) => renameForm(each, '新名'), (each) => each.title],
]

describe('the edits of the form designer', () => {
  describe.each(cases)('%s', (_name, make, look) => {
    const command = make(design)!
    const done = reduceHistory(openHistory(design), { kind: 'do', command })

    it('does it', () => {
      expect(look(done.design)).not.toEqual(look(design))
    })

    it('undoes it', () => {
      expect(reduceHistory(done, { kind: 'undo' }).design).toEqual(design)
    })

    it('redoes it', () => {
      const undone = reduceHistory(done, { kind: 'undo' })
      expect(reduceHistory(undone, { kind: 'redo' }).design).toEqual(done.design)
    })
  })

  it('never moves a group into itself', () => {
    expect(moveField(design, 'group', { parent: 'group', index: 0 })).toBeUndefined()
  })

  it('takes typing in one setting for one edit', () => {
    let history = openHistory(design)
    for (const title of ['部', '部位', '部位名'])
      history = reduceHistory(history, { kind: 'do', command: changeField(history.design, 'a', { title })! })
    expect(history.past).toHaveLength(1)
    expect(reduceHistory(history, { kind: 'undo' }).design).toEqual(design)
  })

  it('keeps the order that x-index gave', () => {
    const indexed: FormSchema = { type: 'object', properties: { z: { ...text('z'), 'x-index': 1 }, y: { ...text('y'), 'x-index': 0 } } }
    expect(Object.keys(ordered(indexed).properties)).toEqual(['y', 'z'])
  })
})
