import { defineFieldType } from '../field-type.ts'
import { DayInput } from './DayInput.tsx'

/** A minute of the county's local time as `YYYY-MM-DDTHH:mm`. */
export const dateTime = defineFieldType<string>({
  type: 'DateTime',
  label: '日期和时间',
  group: 'basic',
  Input: ({ id, value, required, invalid, describedBy, phone, onChange, onBlur }) => (
    <DayInput to="minute" {...{ id, value, required, invalid, describedBy, phone, onChange, onBlur }} />
  ),
  make: () => ({ type: 'string', title: '日期和时间', 'x-component': 'DateTime' }),
})
