import { CalendarOutlined } from '@ant-design/icons'
import type { MouseEvent } from 'react'
import { dayInWords } from '../../../contracts/form-rules/index.ts'
import { onDemand } from '../on-demand.tsx'
import { isEnglish, say } from '../words/say.ts'
import type { CalendarProps } from './Calendar.tsx'

const Calendar = onDemand(async () => (await import('./Calendar.tsx')).Calendar, 'desktop')
const NATIVE = { day: 'date', minute: 'datetime-local' } as const
const EMPTY = { day: 'date.emptyDay', minute: 'date.emptyMinute' } as const

/** A day or a minute: by the calendar on the desktop, by the wheel that the phone itself has. */
export function DayInput({ phone, ...props }: CalendarProps & { readonly phone: boolean }) {
  if (!phone) return <Calendar {...props} />
  const { id, value, required, invalid, describedBy, onChange, onBlur, to } = props
  return (
    <span className="bf-native" data-invalid={invalid || undefined}>
      {/* The phone would write the day in its own language; the input lies above, unseen, and takes the tap. */}
      <span aria-hidden="true" data-empty={!value || undefined}>
        {value ? inWords(value) : say(EMPTY[to])}
      </span>
      <CalendarOutlined aria-hidden="true" />
      <input
        id={id}
        type={NATIVE[to]}
        value={value ?? ''}
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onClick={openWheel}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        onBlur={onBlur}
      />
    </span>
  )
}

const inWords = (value: string) => `${isEnglish() ? value.slice(0, 10) : dayInWords(value)} ${value.slice(11)}`.trim()

function openWheel({ currentTarget }: MouseEvent<HTMLInputElement>): void {
  // Where a click alone opens nothing; older browsers do not have it and need it not.
  if ('showPicker' in currentTarget) currentTarget.showPicker()
}
