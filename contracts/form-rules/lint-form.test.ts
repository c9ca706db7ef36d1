import { describe, expect, it } from '@jest/globals'
import type { FieldSchema, FormSchema } from '../form-definition.ts'
import { formDifferences, lintForm } from './index.ts'

const resources = { forms: {}, catalogs: {}, sheets: {} }
const text = (id: string, more: Partial<FieldSchema> = {}): FieldSchema => ({
  type: 'string',
  title: id,
  'x-id': id,
  'x-component': 'Text',
  ...more,
})
const form = (...fields: FieldSchema[]): FormSchema => ({
  type: 'object',
  properties: Object.fromEntries(fields.map((field) => [field['x-id'], field])),
})
const messages = (schema: unknown, more: Partial<Parameters<typeof lintForm>[1]> = {}) =>
  lintForm(schema, { resources, ...more }).map((finding) => finding.message)
const shownWhen = (dependency: string): Partial<FieldSchema> => ({
  'x-reactions': [
    {
      dependencies: [dependency],
      when: "{{$deps[0] === 'x'}}",
      fulfill: { state: { visible: true } },
      otherwise: { state: { visible: false } },
    },
  ],
})

describe('the lint of a form', () => {
  it('finds nothing in a sound form', () => {
    expect(messages(form(text('a'), text('b', shownWhen('a'))))).toEqual([])
  })

  it('names the way round of a cycle', () => {
    expect(messages(form(text('a', shownWhen('c')), text('b', shownWhen('a')), text('c', shownWhen('b'))))).toEqual([
      '联动转了圈：a → c → b → a，请去掉其中一条',
    ])
  })

  it('finds a rule that reads a field that is not there', () => {
    expect(messages(form(text('b', shownWhen('gone'))))).toEqual(['“b”的联动用到的字段 gone 不存在，请重新选'])
  })

  it('finds what is hidden and yet demanded', () => {
    expect(messages(form(text('a', { 'x-visible': false, required: true })))).toEqual(['“a”隐藏了却必填，谁也填不了'])
  })

  it('finds a field that a procedure reads and nobody has', () => {
    expect(messages(form(text('a')), { previous: form(text('a'), text('dueDate')), readByProcedures: ['dueDate'] })).toEqual([
      '流程要读字段 dueDate，表单里却没有，请不要删除它',
    ])
  })

  it('holds keys and locks against the version in force', () => {
    const previous = form(text('a', { required: true, minLength: 10, 'x-lock': 'tighten' }), text('b'))
    expect(messages(form(text('a', { required: false, minLength: 5, 'x-lock': 'tighten' }), text('b')), { previous })).toEqual([
      '“a”是法定必填，不能改成选填',
      '“a”只能收紧，不能放宽',
    ])
    expect(messages({ type: 'object', properties: { renamed: text('b'), a: previous.properties['a'] } }, { previous })).toEqual([
      '“b”的字段名从 b 变成了 renamed，已发布的字段名不能改',
    ])
    expect(messages(form(text('b')), { previous })).toEqual(['“a”是省级字段，不能删除'])
  })

  it('never lets a locked choice grow, nor open what nobody may choose', () => {
    const choice = (more: Partial<FieldSchema>): FieldSchema => ({
      ...text('level', { 'x-lock': 'tighten' }),
      'x-component': 'Radio',
      ...more,
    })
    const previous = form(
      choice({
        enum: [
          { label: '一般', value: 'GENERAL' },
          { label: '重大', value: 'MAJOR', disabled: true },
        ],
      }),
    )
    const opened = form(
      choice({
        enum: [
          { label: '一般', value: 'GENERAL' },
          { label: '重大', value: 'MAJOR' },
        ],
      }),
    )
    const grown = form(
      choice({
        enum: [
          { label: '一般', value: 'GENERAL' },
          { label: '特大', value: 'HUGE' },
        ],
      }),
    )
    const narrowed = form(choice({ enum: [{ label: '一般隐患', value: 'GENERAL' }] }))
    expect(messages(opened, { previous })).toEqual(['“level”只能收紧，不能放宽'])
    expect(messages(grown, { previous })).toEqual(['“level”只能收紧，不能放宽'])
    expect(messages(narrowed, { previous })).toEqual([])
  })

  it('never lets a county hide or free what the province demands, nor the group around it', () => {
    const group = (more: Partial<FieldSchema>): FieldSchema => ({
      type: 'void',
      title: '组',
      'x-id': 'g',
      'x-component': 'Group',
      properties: { a: text('a', { required: true, 'x-lock': 'tighten' }) },
      ...more,
    })
    const previous = form(text('b'), group({}))
    const said = '“组”里有法定内容，不能隐藏、改成选填或去掉原来的规则'
    expect(messages(form(text('b'), group(shownWhen('b'))), { previous })).toEqual([said])
    expect(messages(form(text('b'), group({ 'x-visible': false })), { previous })).toEqual([said])
    const own = form(text('b', { 'x-lock': 'tighten', ...shownWhen('c') }), text('c'))
    expect(messages(form(text('b', { 'x-lock': 'tighten' }), text('c')), { previous: own })).toEqual([
      '“b”里有法定内容，不能隐藏、改成选填或去掉原来的规则',
    ])
  })

  it.each<[string, unknown]>([
    ['no schema', null],
    ['another component', form({ ...text('a'), 'x-component': 'Script' as never })],
    ['a function string', form(text('a', { 'x-reactions': [{ run: 'alert(1)' } as never] }))],
    ['a target', form(text('a', { 'x-reactions': [{ target: 'b', fulfill: { state: { value: 1 } } } as never] }))],
    ['an unknown state', form(text('a', { 'x-reactions': [{ fulfill: { state: { 'componentProps.onClick': 'x' } as never } }] }))],
    ['an expression in a title', form(text('a', { title: '{{ 1 }}' }))],
    ['an expression in a placeholder', form(text('a', { 'x-component-props': { placeholder: '{{ $values }}' } }))],
    ['an unknown component property', form(text('a', { 'x-component-props': { dangerouslySetInnerHTML: 'x' } }))],
    ['a pattern', form(text('a', { pattern: '(a+)+$' } as never))],
    ['a formula outside of the subset', form(text('a', { 'x-formula': '{{ fetch("/x") }}' }))],
    ['a polluting key', JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}')],
    ['a key that is no name', { type: 'object', properties: { 'a.b': text('a') } }],
  ])('refuses %s', (_name, schema) => {
    expect(lintForm(schema, { resources }).some((finding) => finding.severity === 'error')).toBe(true)
  })
})

describe('the differences of two versions', () => {
  it('are sentences', () => {
    const before = form(text('a', { title: '部位' }), text('b', { title: '说明', maxLength: 100 }))
    const after = form(
      text('b', { title: '说明', required: true, maxLength: 200 }),
      text('a', { title: '位置', ...shownWhen('b') }),
      text('c', { title: '监测点', required: true }),
    )
    expect(formDifferences(before, after)).toEqual([
      '“说明”改为必填',
      '“说明”的最多字数从 100 改为 200',
      '“部位”改名为“位置”',
      '“位置”新增 1 条联动',
      '新增字段“监测点”，必填',
      '调整了字段顺序',
    ])
  })
})
