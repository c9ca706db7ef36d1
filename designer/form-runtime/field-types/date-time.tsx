import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { defineFieldType } from '../field-type.ts'

/** A minute of the county's local time as `YYYY-MM-DDTHH:mm`. */
export const dateTime = defineFieldType<string>({
  type: 'DateTime',
  label: '日期和时间',
  group: 'basic',
  Input: ({ id, value, required, invalid, describedBy, phone, onChange, onBlur }) => (
    <DatePicker
      id={id}
      className="bf-full"
      showTime={{ format: 'HH:mm' }}
      value={value && dayjs(value).isValid() ? dayjs(value) : null}
      // The calendar's own 此刻 would be the device's, not the county's.
      showNow={false}
      format="YYYY年M月D日 HH:mm"
      placeholder="年 / 月 / 日 时:分"
      inputReadOnly={phone}
      status={invalid ? 'warning' : undefined}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DDTHH:mm') : undefined)}
      onBlur={onBlur}
    />
  ),
  make: () => ({ type: 'string', title: '日期和时间', 'x-component': 'DateTime' }),
})
