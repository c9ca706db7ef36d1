import { FIELD_VALUES } from '../../../contracts/form-rules/index.ts'
import { defineFieldType } from '../field-type.ts'

export const calculated = defineFieldType<unknown>({
  type: 'Calculated',
  label: '计算',
  group: 'derived',
  Text: ({ value, schema }) => (
    <span className="bf-text bf-number">{FIELD_VALUES.Calculated.toText(value, schema, () => undefined) || '—'}</span>
  ),
  make: () => ({ type: 'number', title: '合计', 'x-formula': '{{0}}', 'x-component': 'Calculated' }),
})
