import { Select } from 'antd'
import type { SeatSetting } from '../../../contracts/bpmn-extension.ts'
import { say } from '../words/say.ts'
import { SeatEditor } from './SeatEditor.tsx'
import { Setting } from './Setting.tsx'
import { slotOf } from './slot-of.ts'
import type { TabProps } from './TabProps.ts'

/** Who acts. Where the seats are the county's chain, the chain itself is edited here. */
export function SeatsTab({ modeler, shape, setting, procedure, slots, onChange, onSlots }: TabProps) {
  if (!setting) return null
  const slot = slotOf(setting, procedure)
  const nodes = modeler
    .get('elementRegistry')
    .filter((other) => other.type === 'bpmn:UserTask' && other.id !== shape.id)
    .map((other) => ({ value: other.id, label: other.businessObject.name ?? other.id }))

  return (
    <>
      {slot ? (
        <Setting label={slot.title || say('seats.chain')} extra={<span className="pd-chip">{say('seats.slot')}</span>} help={slot.basis}>
          <SeatEditor
            seats={(slots[slot.key] as SeatSetting[] | undefined) ?? []}
            positions={procedure.positions}
            onChange={(seats) => onSlots({ ...slots, [slot.key]: seats })}
          />
        </Setting>
      ) : (
        <Setting label={say('seats.who')}>
          <SeatEditor seats={setting.seats} positions={procedure.positions} onChange={(seats) => onChange({ ...setting, seats })} />
        </Setting>
      )}
      <Setting label={say('seats.distinct')}>
        <Select
          mode="multiple"
          style={{ width: '100%' }}
          placeholder={say('seats.distinct-hint')}
          aria-label={say('seats.distinct')}
          value={setting.distinctFrom}
          options={nodes}
          onChange={(distinctFrom) => onChange({ ...setting, distinctFrom })}
        />
      </Setting>
      <Setting label={say('seats.empty')} help={say('seats.empty-help')}>
        <Select
          style={{ width: '100%' }}
          aria-label={say('seats.empty')}
          value={setting.onEmpty}
          options={[
            { value: 'PROCESS_ADMIN' as const, label: say('seats.empty-admin') },
            { value: 'HOLD' as const, label: say('seats.empty-hold') },
          ]}
          onChange={(onEmpty) => onChange({ ...setting, onEmpty })}
        />
      </Setting>
    </>
  )
}
