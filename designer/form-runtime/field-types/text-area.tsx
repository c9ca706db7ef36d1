import { Input } from 'antd'
import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'

export const textArea = defineFieldType<string>({
  type: 'TextArea',
  label: '多行文字',
  group: 'basic',
  wide: true,
  Input: ({ id, value, schema, required, invalid, describedBy, onChange, onBlur }) => (
    <Input.TextArea
      id={id}
      value={value ?? ''}
      placeholder={propOf(schema, 'placeholder') ?? say('text.type')}
      autoSize={{ minRows: propOf(schema, 'rows') ?? 2, maxRows: 12 }}
      status={invalid ? 'warning' : undefined}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  ),
  Text: ({ value }) => <span className="bf-text bf-multiline">{value || '—'}</span>,
  make: () => ({ type: 'string', title: '多行文字', maxLength: 1000, 'x-component': 'TextArea', 'x-component-props': { rows: 3 } }),
})
