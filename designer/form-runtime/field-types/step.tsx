import { defineFieldType } from '../field-type.ts'

export const step = defineFieldType({
  type: 'Step',
  label: '一步',
  group: 'layout',
  make: () => ({ type: 'void', title: '一步', 'x-component': 'Step', properties: {} }),
})
