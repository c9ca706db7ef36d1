import { precisionOf } from '../../../contracts/form-rules/index.ts'
import { defineFieldType } from '../field-type.ts'
import { onDemand } from '../on-demand.tsx'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'

const NumberBox = onDemand(async () => (await import('./NumberBox.tsx')).NumberBox)

export const number = defineFieldType<number>({
  type: 'Number',
  label: '数字与单位',
  group: 'basic',
  Input: ({ id, value, schema, required, invalid, describedBy, onChange, onBlur }) => (
    <NumberBox
      id={id}
      value={value ?? null}
      precision={precisionOf(schema['x-component-props'])}
      placeholder={propOf(schema, 'placeholder') ?? say('number.type')}
      suffix={schema['x-unit']}
      status={invalid ? 'warning' : undefined}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      onBlur={onBlur}
    />
  ),
  make: () => ({ type: 'number', title: '数字', 'x-component': 'Number' }),
})
