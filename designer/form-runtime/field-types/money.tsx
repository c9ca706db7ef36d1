import { InputNumber } from 'antd'
import { moneyInWords } from '../../../contracts/form-rules/index.ts'
import { defineFieldType } from '../field-type.ts'

/** 万元 with two decimals, the amount in capital figures under it. */
export const money = defineFieldType<number>({
  type: 'Money',
  label: '金额',
  group: 'basic',
  Input: ({ id, value, schema, required, invalid, describedBy, onChange, onBlur }) => (
    <>
      <InputNumber
        id={id}
        className="bf-full"
        value={value ?? null}
        precision={2}
        min={0}
        placeholder="0.00"
        suffix={schema['x-unit'] ?? '万元'}
        controls={false}
        inputMode="decimal"
        status={invalid ? 'warning' : undefined}
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        onBlur={onBlur}
      />
      {typeof value === 'number' && <div className="bf-in-words">{moneyInWords(value)}</div>}
    </>
  ),
  make: () => ({ type: 'number', title: '金额', minimum: 0, 'x-unit': '万元', 'x-component': 'Money' }),
})
