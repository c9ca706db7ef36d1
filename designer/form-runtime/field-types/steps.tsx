import { defineFieldType } from '../field-type.ts'

export const steps = defineFieldType({
  type: 'Steps',
  label: '分步',
  group: 'layout',
  make: () => ({
    type: 'void',
    'x-component': 'Steps',
    properties: {},
  }),
})
