import { Switch } from 'antd'
import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'

export const switchType = defineFieldType<boolean>({
  type: 'Switch',
  label: '开关',
  group: 'basic',
  Input: ({ id, value, title, onChange }) => (
    <span className="bf-switch">
      <Switch id={id} checked={value === true} aria-label={title} onChange={(next) => onChange(next)} />
      <span aria-hidden="true">{say(value === true ? 'switch.on' : 'switch.off')}</span>
    </span>
  ),
  make: () => ({ type: 'boolean', title: '是否', default: false, 'x-component': 'Switch' }),
})
