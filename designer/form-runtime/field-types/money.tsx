import { moneyInWords } from '../../../contracts/form-rules/index.ts'
import { defineFieldType } from '../field-type.ts'
import { onDemand } from '../on-demand.tsx'

const NumberBox = onDemand(async () => (await import('./NumberBox.tsx')).NumberBox)

/** 万元 with two decimals, the amount in capital figures under it. */
export const money = defineFieldType<number>({
  type: 'Money',
  label: '金额',
  group: 'basic',
  Input: ({ id, value, schema, required, invalid, describedBy, onChange, onBlur }) => (
    <>
      <NumberBox
        id={id}
        value={value ?? null}
        precision={2}
        min={0}
        placeholder="0.00"
        suffix={schema['x-unit'] ?? '万元'}
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
