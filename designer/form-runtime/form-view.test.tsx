/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { FieldSchema, FormSchema } from '../../contracts/form-definition.ts'
import type { Values } from '../../contracts/form-rules/index.ts'
import { FormView, type FormViewProps } from './FormView.tsx'

const text = (id: string, more: Partial<FieldSchema> = {}): FieldSchema => ({
  type: 'string',
  title: id,
  'x-id': id,
  'x-component': 'Text',
  ...more,
})
const schema: FormSchema = {
  type: 'object',
  properties: {
    kind: {
      type: 'string',
      title: '类别',
      required: true,
      'x-id': 'kind',
      'x-component': 'Radio',
      enum: [
        { label: '甲', value: 'A' },
        { label: '乙', value: 'B' },
      ],
    },
    why: text('why', {
      title: '原因',
      'x-reactions': [
        {
          dependencies: ['kind'],
          when: "{{$deps[0] === 'B'}}",
          fulfill: { state: { visible: true, required: true } },
          otherwise: { state: { visible: false } },
        },
      ],
    }),
    rows: {
      type: 'array',
      title: '明细',
      'x-id': 'rows',
      'x-component': 'Table',
      items: {
        type: 'object',
        'x-id': 'row',
        'x-component': 'Group',
        properties: { amount: { type: 'number', title: '数量', 'x-id': 'amount', 'x-component': 'Number' } },
      },
    },
    total: { type: 'number', title: '合计', 'x-id': 'total', 'x-component': 'Calculated', 'x-formula': "{{sum($values.rows, 'amount')}}" },
  },
}

let root: Root | undefined
let host: HTMLElement

// antd in jsdom is slow, and this file must pass on a machine that does other things too.
jest.setTimeout(90_000)

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  window.matchMedia = ((query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  })) as unknown as typeof window.matchMedia
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
})
afterEach(async () => {
  await act(async () => root?.unmount())
  host.remove()
})

async function show(props: Partial<FormViewProps> = {}): Promise<HTMLElement> {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
  await act(async () =>
    root?.render(<FormView definition={{ key: 'k', title: '表', schema }} values={{}} mode="fill" layout="desktop" {...props} />),
  )
  return host
}
const click = (element: Element | null | undefined) => act(async () => (element as HTMLElement).click())
const radio = (label: string) =>
  [...host.querySelectorAll('label.bf-radio')].find((each) => each.textContent === label)?.querySelector('input')

describe('FormView', () => {
  it('shows a field when a rule says so, and demands it', async () => {
    await show()
    expect(host.textContent).not.toContain('原因')

    await click(radio('乙'))

    expect(host.querySelector('[data-path="why"]')?.textContent).toContain('必填')
  })

  it('says what is missing, and sends nothing', async () => {
    const onSubmit = jest.fn()
    await show({ onSubmit })

    await click(host.querySelector('.bf-main'))

    expect(onSubmit).not.toHaveBeenCalled()
    expect(host.querySelector('[role="alert"]')?.textContent).toContain('请选择类别')
    expect(host.querySelector('[data-path="kind"] .bf-error')?.textContent).toContain('请选择类别')
  })

  it('sends the values with what the rules compute, without what they hide', async () => {
    const onSubmit = jest.fn<(values: Values) => void>()
    await show({ values: { kind: 'A', why: '不会发出去', rows: [{ amount: 2 }, { amount: 3 }] }, onSubmit })

    await click(host.querySelector('.bf-main'))

    expect(onSubmit).toHaveBeenCalledWith({ kind: 'A', why: null, rows: [{ amount: 2 }, { amount: 3 }], total: 5 })
  })

  it('adds and removes rows', async () => {
    const onChange = jest.fn<(values: Values) => void>()
    await show({ onChange })

    await click(host.querySelector('.bf-add'))
    await click(host.querySelector('.bf-add'))
    expect(host.querySelectorAll('.bf-table tbody tr')).toHaveLength(2)

    await click(host.querySelector('[aria-label="删除明细 1"]'))
    expect(host.querySelectorAll('.bf-table tbody tr')).toHaveLength(1)
    expect(onChange.mock.calls.at(-1)?.[0]['rows']).toHaveLength(1)
  })

  it('shows what it only reads as text, without inputs', async () => {
    await show({ mode: 'read', values: { kind: 'B', why: '看得见', total: 0 } })

    expect(host.textContent).toContain('看得见')
    expect(host.querySelectorAll('input, textarea, select, button')).toHaveLength(0)
  })

  it('keeps fields of others closed', async () => {
    await show({ values: { kind: 'B', why: '别人写的' }, permissions: { '*': 'edit', kind: 'read', why: 'hidden' } })

    expect(host.querySelectorAll('input[type="radio"]')).toHaveLength(0)
    expect(host.textContent).toContain('乙')
    expect(host.textContent).not.toContain('别人写的')
  })

  it('shows the errors of the server at their fields', async () => {
    await show({ values: { kind: 'A' }, errors: [{ field: 'kind', code: 'rule', message: '这一类今天不能选，请选乙' }] })

    expect(host.querySelector('[data-path="kind"] .bf-error')?.textContent).toContain('今天不能选')
  })

  it('asks for two numbers at once by a matrix, and takes them back', async () => {
    const axis = (id: string): FieldSchema => ({
      type: 'number',
      title: id,
      enum: [
        { value: 1, label: `${id}少` },
        { value: 5, label: `${id}多` },
      ],
      'x-id': id,
      'x-component': 'Select',
    })
    const risk: FieldSchema = {
      type: 'object',
      title: '风险大小',
      'x-id': 'risk',
      'x-component': 'Group',
      'x-component-props': { matrix: true },
      properties: {
        often: axis('often'),
        bad: axis('bad'),
        score: {
          type: 'number',
          title: '分值',
          'x-id': 'score',
          'x-component': 'Calculated',
          'x-formula': '{{empty($values.risk.often) ? undefined : $values.risk.often * $values.risk.bad}}',
        },
      },
    }
    const onChange = jest.fn<(values: Values) => void>()
    await show({ definition: { key: 'k', title: '表', schema: { type: 'object', properties: { risk } } }, onChange })
    const cell = () => host.querySelector('[aria-label="often多，bad多，25 分，重大风险"]')

    await click(cell())
    expect(onChange.mock.lastCall?.[0]).toMatchObject({ risk: { often: 5, bad: 5, score: 25 } })
    expect(cell()?.getAttribute('aria-pressed')).toBe('true')
    expect(host.querySelector('[role="status"]')?.textContent).toBe('重大风险　25 分')

    await click(cell())
    expect(host.querySelector('[aria-pressed="true"]')).toBeNull()
  })

  it.each<[string, unknown]>([
    ['another component', { type: 'object', properties: { a: { ...text('a'), 'x-component': 'Script' } } }],
    ['an expression in a title', { type: 'object', properties: { a: text('{{ 1 }}') } }],
  ])('does not open a form with %s', async (_name, bad) => {
    await show({ definition: { key: 'k', title: '表', schema: bad } })

    expect(host.textContent).toContain('定义有问题')
  })
})
