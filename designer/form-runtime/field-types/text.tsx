import { Input } from 'antd'
import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'

export const text = defineFieldType<string>({
  type: 'Text',
  label: '单行文字',
  group: 'common',
  Input: ({ id, value, schema, required, invalid, describedBy, onChange, onBlur }) => (
    <Input
      id={id}
      value={value ?? ''}
      placeholder={propOf(schema, 'placeholder') ?? say('text.type')}
      maxLength={schema.maxLength}
      status={invalid ? 'warning' : undefined}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      inputMode={schema.format === 'phone' ? 'tel' : schema.format === 'email' ? 'email' : schema.format === 'url' ? 'url' : undefined}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  ),
  make: () => ({ type: 'string', title: '单行文字', maxLength: 200, 'x-component': 'Text' }),
})
