import { defineFieldType } from '../field-type.ts'

export const serial = defineFieldType<string>({
  type: 'Serial',
  label: '编号',
  group: 'derived',
  Text: ({ value }) => <span className="bf-text bf-number">{value || '提交后由系统编号'}</span>,
  make: () => ({ type: 'string', title: '编号', 'x-server': true, 'x-component': 'Serial' }),
})
