import { defineFieldType } from '../field-type.ts'

export const group = defineFieldType({
  type: 'Group',
  label: '分组',
  group: 'layout',
  make: () => ({ type: 'void', title: '分组', 'x-component': 'Group', properties: {} }),
})
