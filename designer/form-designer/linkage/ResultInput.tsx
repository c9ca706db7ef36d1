import { Select } from 'antd'
import { useState } from 'react'
import type { FieldSchema, FormResources } from '../../../contracts/form-definition.ts'
import type { Results, Scalar } from './sentence.ts'
import { hasValue, ValueInput } from './ValueInput.tsx'

const ACTIONS = [
  ['show', '显示', { visible: true }],
  ['show-required', '显示并必填', { visible: true, required: true }],
  ['hide', '隐藏并清空', { visible: false }],
  ['required', '必填', { required: true }],
  ['optional', '选填', { required: false }],
  ['readOnly', '只读', { readOnly: true }],
  ['editable', '可改', { readOnly: false }],
  ['value', '默认填', {}],
] as const

/** What a sentence does to its field. */
export function ResultInput({
  results,
  target,
  resources,
  label,
  onChange,
}: {
  results: Results
  target: FieldSchema | undefined
  resources: FormResources
  label: string
  onChange(results: Results): void
}) {
  const current =
    results.value !== undefined ? 'value' : (ACTIONS.find(([, , each]) => JSON.stringify(each) === JSON.stringify(results))?.[0] ?? null)
  const [choosingValue, setChoosingValue] = useState(results.value !== undefined)
  return (
    <>
      <Select
        size="small"
        className="fd-tok-select fd-tok-act"
        aria-label={label}
        placeholder="做什么"
        popupMatchSelectWidth={false}
        value={choosingValue ? 'value' : current}
        options={ACTIONS.filter(([key]) => key !== 'value' || target?.type !== 'void').map(([value, text]) => ({ value, label: text }))}
        onChange={(key) => {
          const action = ACTIONS.find(([each]) => each === key)
          setChoosingValue(key === 'value')
          onChange(key === 'value' ? {} : { ...(action?.[2] ?? {}) })
        }}
      />
      {choosingValue && (
        <ValueInput
          field={target}
          operator="is"
          value={results.value ?? null}
          resources={resources}
          label={`${label}的值`}
          onChange={(value) => onChange(hasValue(value) ? { value: value as Scalar } : {})}
        />
      )}
    </>
  )
}
