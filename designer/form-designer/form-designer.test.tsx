/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { FormSchema } from '../../contracts/form-definition.ts'

// The designer takes the runtime by its door, which brings its styles; styles are nothing here.
jest.unstable_mockModule('../form-runtime/form-runtime.css', () => ({}))
const { FormDesigner } = await import('./FormDesigner.tsx')

const schema: FormSchema = {
  type: 'object',
  properties: {
    place: { type: 'string', title: '部位', required: true, 'x-id': 'p', 'x-component': 'Text', 'x-lock': 'tighten' },
    note: { type: 'string', title: '说明', 'x-id': 'n', 'x-component': 'TextArea' },
  },
}
let root: Root | undefined
let host: HTMLElement

// antd in jsdom is slow, and this file must pass on a machine that does other things too.
jest.setTimeout(90_000)

beforeAll(() => {
  const { error } = console
  // jsdom lays nothing out, so a text area that grows with its text measures nothing.
  jest.spyOn(console, 'error').mockImplementation((...args) => void (String(args[0]).includes('invalid value for the') || error(...args)))
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
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(async () => {
  await act(async () => root?.unmount())
  host.remove()
})

async function open() {
  const onSave = jest.fn(async (draft: { revision: number }) => ({ revision: draft.revision + 1, savedAt: 1 }))
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
  const published = { key: 'k', code: 'F99', title: '样表', version: 1, schemaVersion: 1, status: 'published', basis: [], schema }
  await act(async () =>
    root?.render(
      <FormDesigner
        edit={{
          published,
          draft: null,
          versions: [],
          fieldsReadByProcedures: [],
          revision: 0,
          draftSavedAt: null,
          draftSavedBy: null,
          resources: { forms: {}, catalogs: {}, sheets: {} },
        }}
        onSave={onSave}
        onPublish={async () => undefined}
        onDiscard={() => undefined}
        onReload={() => undefined}
        onBack={() => undefined}
      />,
    ),
  )
  return { onSave }
}
const press = (key: string, more: KeyboardEventInit = {}) =>
  act(async () => void window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })))
const outline = () => [...host.querySelectorAll('[role="treeitem"]')].map((each) => each.textContent?.replace(/\*|本县/g, ''))
const choose = (title: string) =>
  act(async () =>
    ([...host.querySelectorAll('[role="treeitem"]')].find((each) => each.textContent?.startsWith(title)) as HTMLElement).click(),
  )

describe('the form designer', () => {
  it('adds a component after the selected field, and takes it back', async () => {
    await open()
    await choose('部位')

    await act(async () => (host.querySelector('[data-palette="Date"]') as HTMLElement).click())
    expect(outline()).toEqual(['部位', '日期', '说明'])

    await press('z', { ctrlKey: true })
    expect(outline()).toEqual(['部位', '说明'])
    await press('z', { ctrlKey: true, shiftKey: true })
    expect(outline()).toEqual(['部位', '日期', '说明'])
  })

  it('moves, duplicates and deletes by keys', async () => {
    await open()
    await choose('说明')

    await press('ArrowUp', { altKey: true })
    expect(outline()).toEqual(['说明', '部位'])
    await press('d', { ctrlKey: true })
    expect(outline()).toEqual(['说明', '说明 副本', '部位'])
    await press('Delete')
    expect(outline()).toEqual(['说明', '部位'])
  })

  it('never deletes what the province locked', async () => {
    await open()
    await choose('部位')

    await press('Delete')

    expect(outline()).toEqual(['部位', '说明'])
  })

  it('saves the draft at Ctrl S, with the revision that it knows', async () => {
    const { onSave } = await open()
    await choose('说明')
    await press('d', { ctrlKey: true })

    await press('s', { ctrlKey: true })

    expect(onSave).toHaveBeenCalledTimes(1)
    expect(onSave.mock.calls[0]?.[0]).toMatchObject({ title: '样表', revision: 0 })
  })
})
