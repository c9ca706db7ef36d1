import { DatePicker, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import type { ProcedureEdit } from '../../../contracts/api/admin.ts'
import type { SeatSetting } from '../../../contracts/bpmn-extension.ts'
import { say } from '../words/say.ts'
import { SeatEditor } from './SeatEditor.tsx'
import { Setting } from './Setting.tsx'

export interface SlotSettingsProps {
  procedure: ProcedureEdit
  slots: Readonly<Record<string, unknown>>
  onSlots(slots: Record<string, unknown>): void
}

/** The county's settings of the whole procedure, shown while no node is chosen. */
export function SlotSettings({ procedure, slots, onSlots }: SlotSettingsProps) {
  const put = (key: string, value: unknown) => onSlots({ ...slots, [key]: value })

  return (
    <>
      {procedure.slotDefinitions.map((slot) => {
        const value = slots[slot.key]
        return (
          <Setting key={slot.key} label={slot.title} help={slot.basis}>
            {(slot.type === 'chain' || slot.type === 'members') && (
              <SeatEditor
                seats={(value as SeatSetting[] | undefined) ?? []}
                positions={procedure.positions}
                onChange={(seats) => put(slot.key, seats)}
              />
            )}
            {slot.type === 'days' && (
              <span className="pd-row">
                <InputNumber
                  min={0}
                  max={365}
                  precision={0}
                  value={(value as number | undefined) ?? null}
                  aria-label={slot.title}
                  onChange={(days) => put(slot.key, days ?? undefined)}
                />
                {say('slots.days')}
              </span>
            )}
            {slot.type === 'date' && (
              <DatePicker
                value={value ? dayjs(value as string) : null}
                aria-label={slot.title}
                onChange={(date) => put(slot.key, date ? date.format('YYYY-MM-DD') : undefined)}
              />
            )}
            {slot.type === 'choice' && (
              <Select
                style={{ width: '100%' }}
                value={value as string | undefined}
                aria-label={slot.title}
                options={slot.options}
                onChange={(choice) => put(slot.key, choice)}
              />
            )}
          </Setting>
        )
      })}
    </>
  )
}
