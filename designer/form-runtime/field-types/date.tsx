import { defineFieldType } from '../field-type.ts'
import { useSurroundings } from '../model/form-context.ts'
import { say } from '../words/say.ts'
import { propOf } from './component-props.ts'
import { DayInput } from './DayInput.tsx'

const DAY_MS = 86_400_000
const daysAfter = (day: string, count: number) => new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)

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
          const day = daysAfter(today, days)
          return (
            <button key={days} type="button" className="bf-choice" aria-pressed={value === day} onClick={() => onChange(day)}>
              {days === 0 ? say('date.today') : say('date.days', { count: days })}
            </button>
          )
        })}
        <DayInput to="day" {...{ id, value, required, invalid, describedBy, phone, onChange, onBlur }} />
      </div>
    )
  },
  make: () => ({ type: 'string', title: '日期', 'x-component': 'Date' }),
})
