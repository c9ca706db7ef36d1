import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { defineFieldType } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import { propOf } from './component-props.ts'

const WORDS: Record<number, string> = { 0: '今天' }

/** A day as `YYYY-MM-DD`, with buttons for the usual terms (今天, 3 天 …) counted from the county's today. */
export const date = defineFieldType<string>({
  type: 'Date',
  label: '日期',
  group: 'common',
  Input: ({ id, value, schema, required, invalid, describedBy, phone, onChange, onBlur }) => {
    const { today } = useSurroundings()
    const shortcuts = propOf(schema, 'shortcuts') ?? []
    return (
      <div className={shortcuts.length > 0 ? 'bf-date bf-date-shortcuts' : 'bf-date'}>
        {shortcuts.map((days) => {
          const day = dayjs(today).add(days, 'day').format('YYYY-MM-DD')
          return (
            <button key={days} type="button" className="bf-choice" aria-pressed={value === day} onClick={() => onChange(day)}>
              {WORDS[days] ?? `${days} 天`}
            </button>
          )
        })}
        <DatePicker
          id={id}
          className="bf-full bf-date-picker"
          value={value && dayjs(value).isValid() ? dayjs(value) : null}
          // The calendar opens in the county's month; its own 今天 would be the device's.
          defaultPickerValue={dayjs(today)}
          showNow={false}
          format="YYYY年M月D日"
          placeholder="年 / 月 / 日"
          inputReadOnly={phone}
          status={invalid ? 'warning' : undefined}
          aria-required={required}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : undefined)}
          onBlur={onBlur}
        />
      </div>
    )
  },
  make: () => ({ type: 'string', title: '日期', 'x-component': 'Date' }),
})
