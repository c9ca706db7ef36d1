import { defineFieldType } from '../field-type.ts'

/** Rows are drawn by layout/RowsField.tsx: a table on the desktop, cards on the phone. */
export const table = defineFieldType({
  type: 'Table',
  label: '明细表',
  group: 'derived',
  isGroup: true,
  wide: true,
  make: () => ({
    type: 'array',
    title: '明细表',
    maxItems: 50,
    'x-component': 'Table',
    items: {
      type: 'object',
      'x-id': 'row',
      'x-component': 'Group',
      properties: { content: { type: 'string', title: '内容', 'x-id': 'content', 'x-component': 'Text' } },
    },
  }),
})
