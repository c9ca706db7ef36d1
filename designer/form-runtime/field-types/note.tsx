import { defineFieldType } from '../field-type.ts'

export const note = defineFieldType({
  type: 'Note',
  label: '说明',
  group: 'basic',
  make: () => ({ type: 'void', description: '写给填表人的话', 'x-component': 'Note' }),
})
