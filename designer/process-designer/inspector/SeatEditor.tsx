import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import type { ProcedureEdit } from '../../../contracts/api/admin.ts'
import type { SeatRule, SeatSetting } from '../../../contracts/bpmn-extension.ts'
import { say } from '../words/say.ts'

const scopes = ['county', 'town', 'enterprise', 'initiator-unit'] as const

export interface SeatEditorProps {
  seats: readonly SeatSetting[]
  positions: ProcedureEdit['positions']
  onChange(seats: SeatSetting[]): void
}

/** An ordered list of seats: post, of what, what it is called; resolved at once against the county's people. */
export function SeatEditor({ seats, positions, onChange }: SeatEditorProps) {
  const put = (index: number, seat: SeatSetting) => onChange(seats.map((old, i) => (i === index ? seat : old)))
  const move = (index: number, by: number) => {
    const next = [...seats]
    const [seat] = next.splice(index, 1)
    if (seat) next.splice(index + by, 0, seat)
    onChange(next)
  }

  return (
    <>
      <ol>
        {seats.map((seat, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a seat is known by its place in the order
          <li key={index} className="pd-seat">
            <div className="pd-row">
              <Input
                size="small"
                value={seat.label ?? ''}
                placeholder={say('seats.label')}
                aria-label={say('seats.label')}
                maxLength={20}
                onChange={(event) => put(index, { ...seat, label: event.target.value || undefined })}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                aria-label={say('seats.up')}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                aria-label={say('seats.down')}
                disabled={index === seats.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={say('seats.remove')}
                disabled={seats.length === 1}
                onClick={() => onChange(seats.filter((_, i) => i !== index))}
              />
            </div>
            <Who rule={seat.who} positions={positions} onChange={(who) => put(index, { ...seat, who })} />
          </li>
        ))}
      </ol>
      <Button
        type="dashed"
        size="small"
        block
        onClick={() => onChange([...seats, { who: { kind: 'position', position: positions[0]?.key ?? '', of: 'county' }, fallback: [] }])}
      >
        {say('seats.add')}
      </Button>
    </>
  )
}

function Who({ rule, positions, onChange }: { rule: SeatRule; positions: ProcedureEdit['positions']; onChange(rule: SeatRule): void }) {
  if (rule.kind === 'initiator') return <span>{say('rule.initiator')}</span>
  if (rule.kind === 'person-in-field') return <span>{say('rule.person-in-field', { field: rule.field })}</span>
  if (rule.kind === 'slot') return <span>{say('rule.slot', { slot: rule.slot })}</span>
  const holders = positions.find((position) => position.key === rule.position)?.holders ?? []
  return (
    <>
      <div className="pd-row">
        <Select
          size="small"
          style={{ width: 120 }}
          value={rule.of}
          aria-label={say('seats.of')}
          options={scopes.map((of) => ({ value: of, label: say(`of.${of}`) }))}
          onChange={(of) => onChange({ ...rule, of })}
        />
        <Select
          size="small"
          style={{ flex: 1, minWidth: 0 }}
          showSearch
          optionFilterProp="label"
          value={rule.position}
          aria-label={say('seats.position')}
          options={positions.map((position) => ({ value: position.key, label: position.title }))}
          onChange={(position) => onChange({ ...rule, position })}
        />
      </div>
      {rule.of === 'county' && (
        <p className={`pd-holders ${holders.length === 0 ? 'nobody' : ''}`}>
          {holders.length === 0 ? say('seats.no-holder') : say('seats.holders', { people: holders.join('、') })}
        </p>
      )}
    </>
  )
}
