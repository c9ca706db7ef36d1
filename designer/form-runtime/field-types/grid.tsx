import { defineFieldType } from '../field-type.ts'

export const grid = defineFieldType({
  type: 'Grid',
  label: '两列',
  group: 'layout',
  make: () => ({ type: 'void', 'x-component': 'Grid', 'x-component-props': { columns: 2 }, properties: {} }),
})
