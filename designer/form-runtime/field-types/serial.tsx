import { defineFieldType } from '../field-type.ts'
import { say } from '../words/say.ts'

export const serial = defineFieldType<string>({
  type: 'Serial',
  label: '编号',
  group: 'derived',
  Text: ({ value }) => <span className="bf-text bf-number">{value || say('serial.later')}</span>,
  make: () => ({ type: 'string', title: '编号', 'x-server': true, 'x-component': 'Serial' }),
})
