import { DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import type { FieldSchema, FormResources } from '../../../contracts/form-definition.ts'
import type { Condition, Operator, Scalar } from './sentence.ts'

/** Whether a condition or a result has been given its value. */
export function hasValue(value: Condition['value']): boolean {
  return value !== null && value !== '' && (!Array.isArray(value) || value.length > 0)
}

/** The value of a condition or of 默认填, chosen as its field is filled in. */
export function ValueInput({
  field,
  operator,
  value,
  resources,
  label,
  onChange,
}: {
  field: FieldSchema | undefined
  operator: Operator
  value: Condition['value']
  resources: FormResources
  label: string
  onChange(value: Condition['value']): void
}) {
  const options = field?.enum ?? (field?.['x-catalog'] ? resources.catalogs[field['x-catalog']] : undefined)
  if (field?.type === 'boolean')
    return (
      <Select
        size="small"
        className="fd-tok-select"
        aria-label={label}
        value={typeof value === 'boolean' ? String(value) : null}
        placeholder="值"
        options={[
          { value: 'true', label: '是' },
          { value: 'false', label: '否' },
        ]}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  if (options) {
    const list = options.map((option) => ({ value: option.value as string | number, label: option.label }))
    if (operator === 'in')
      return (
        <Select
          size="small"
          mode="multiple"
          className="fd-tok-select fd-tok-wide"
          aria-label={label}
          placeholder="值"
          popupMatchSelectWidth={false}
          value={(Array.isArray(value) ? value : []) as (string | number)[]}
          options={list}
          onChange={(next) => onChange(next as Scalar[])}
        />
      )
    return (
      <Select
        size="small"
        className="fd-tok-select"
        aria-label={label}
        placeholder="值"
        popupMatchSelectWidth={false}
        value={(value as string | number | null) ?? null}
        options={list}
        onChange={(next) => onChange((next as Scalar | null) ?? null)}
      />
    )
  }
  if (field && ['Date', 'DateTime'].includes(field['x-component']))
    return (
      <DatePicker
        size="small"
        aria-label={label}
        format="YYYY年M月D日"
        value={typeof value === 'string' && value !== '' ? dayjs(value) : null}
        onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
      />
    )
  if (field?.type === 'number')
    return (
      <InputNumber
        size="small"
        aria-label={label}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? null)}
      />
    )
  return (
    <Input
      size="small"
      className="fd-tok-text"
      aria-label={label}
      placeholder="值"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
