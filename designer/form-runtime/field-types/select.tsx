import { AutoComplete, Select } from 'antd'
import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'

type Value = string | number | (string | number)[]

/** A list to choose from; `allowOther` takes words of one's own too, an array several. */
export const select = defineFieldType<Value>({
  type: 'Select',
  label: '下拉',
  group: 'basic',
  Input: ({ id, value, schema, required, invalid, describedBy, onChange, onBlur }) => {
    const options = (schema.enum ?? []).filter((option) => option.disabled !== true)
    const shared = {
      id,
      className: 'bf-full',
      status: invalid ? ('warning' as const) : undefined,
      placeholder: propOf(schema, 'placeholder') ?? say('pick.choose'),
      'aria-required': required,
      'aria-invalid': invalid,
      'aria-describedby': describedBy,
      onBlur,
    }
    if (propOf(schema, 'allowOther')) {
      const known = options.find((option) => option.value === value)
      return (
        <AutoComplete
          {...shared}
          allowClear
          value={known?.label ?? (typeof value === 'string' ? value : '')}
          options={options.map((option) => ({ value: option.label, label: <OptionRow label={option.label} hint={option.description} /> }))}
          showSearch={{ filterOption: (input, option) => String(option?.value ?? '').includes(input) }}
          onChange={(words) =>
            onChange((options.find((option) => option.label === words)?.value as string | undefined) ?? (words || undefined))
          }
        />
      )
    }
    return (
      <Select
        {...shared}
        allowClear={!required}
        mode={schema.type === 'array' ? 'multiple' : undefined}
        value={value ?? (schema.type === 'array' ? [] : null)}
        showSearch={options.length > 8 ? { optionFilterProp: 'title' } : false}
        options={options.map((option) => ({
          value: option.value as string | number,
          title: option.label,
          label: option.description ? <OptionRow label={option.label} hint={option.description} /> : option.label,
        }))}
        onChange={(next) => onChange((next as Value | null) ?? undefined)}
      />
    )
  },
  make: () => ({
    type: 'string',
    title: '下拉',
    enum: [
      { label: '选项一', value: 'ONE' },
      { label: '选项二', value: 'TWO' },
    ],
    'x-component': 'Select',
  }),
})

export function OptionRow({ label, hint }: { label: string; hint?: string | undefined }) {
  return (
    <span className="bf-option">
      {label}
      {hint && <small>{hint}</small>}
    </span>
  )
}
