import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { FieldInputProps } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import { isEnglish, say } from '../words/say.ts'

/** How a day, or a minute of it, is kept and read. */
const KEPT = { day: 'YYYY-MM-DD', minute: 'YYYY-MM-DDTHH:mm' } as const
const SHOWN = { day: 'YYYY年M月D日', minute: 'YYYY年M月D日 HH:mm' } as const
const SHOWN_IN_ENGLISH = { day: 'YYYY-MM-DD', minute: 'YYYY-MM-DD HH:mm' } as const
const EMPTY = { day: 'date.emptyDay', minute: 'date.emptyMinute' } as const

export interface CalendarProps
  extends Pick<FieldInputProps<string>, 'id' | 'value' | 'required' | 'invalid' | 'describedBy' | 'onChange' | 'onBlur'> {
  readonly to: keyof typeof KEPT
}

/** The desktop's calendar. */
export function Calendar({ id, value, required, invalid, describedBy, onChange, onBlur, to }: CalendarProps) {
  const { today } = useSurroundings()
  dayjs.locale(isEnglish() ? 'en' : 'zh-cn')
  return (
    <DatePicker
      id={id}
      className="bf-full bf-date-picker"
      {...(to === 'minute' ? { showTime: { format: 'HH:mm' } } : {})}
      value={value && dayjs(value).isValid() ? dayjs(value) : null}
      // The calendar opens in the county's month; its own 今天 and 此刻 would be the device's.
      defaultPickerValue={dayjs(today)}
      showNow={false}
      format={(isEnglish() ? SHOWN_IN_ENGLISH : SHOWN)[to]}
      placeholder={say(EMPTY[to])}
      status={invalid ? 'warning' : undefined}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(next) => onChange(next ? next.format(KEPT[to]) : undefined)}
      onBlur={onBlur}
    />
  )
}
