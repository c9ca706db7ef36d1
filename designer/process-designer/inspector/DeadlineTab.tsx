import { InputNumber } from 'antd'
import type { SeatSetting } from '../../../contracts/bpmn-extension.ts'
import { say } from '../words/say.ts'
import { Setting } from './Setting.tsx'
import { slotOf } from './slot-of.ts'
import type { TabProps } from './TabProps.ts'

/** Working days of each seat; those of a county chain belong to the chain. */
export function DeadlineTab({ setting, procedure, slots, onChange, onSlots }: TabProps) {
  if (!setting) return null
  const slot = slotOf(setting, procedure)
  const seats = slot ? ((slots[slot.key] as SeatSetting[] | undefined) ?? []) : setting.seats
  const write = (next: SeatSetting[]) => (slot ? onSlots({ ...slots, [slot.key]: next }) : onChange({ ...setting, seats: next }))

  return (
    <Setting label={say('deadline.days')} help={say('deadline.help')}>
      {seats.map((seat, index) => {
        const label = say('deadline.seat', { n: index + 1, label: seat.label ?? '' }).trim()
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a seat is known by its place in the order
          <div key={index} className="pd-row" style={{ marginBottom: 8 }}>
            <span className="pd-grow">{label}</span>
            <InputNumber
              min={1}
              max={365}
              precision={0}
              value={seat.dueWorkingDays ?? null}
              aria-label={label}
              onChange={(days) => write(seats.map((old, i) => (i === index ? { ...old, dueWorkingDays: days ?? undefined } : old)))}
            />
            <span>{say('deadline.unit')}</span>
          </div>
        )
      })}
    </Setting>
  )
}
