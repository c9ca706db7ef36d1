import { defineFieldType } from '../field-type.ts'

/** Lines are drawn by layout/CheckSheetField.tsx. */
export const checkSheet = defineFieldType({
  type: 'CheckSheet',
  label: '检查表',
  group: 'derived',
  isGroup: true,
  bare: true,
  wide: true,
  make: () => ({
    type: 'array',
    title: '检查项',
    'x-component': 'CheckSheet',
    'x-component-props': { sheet: 'NCM' },
    items: {
      type: 'object',
      'x-id': 'line',
      'x-component': 'Group',
      properties: {
        lineId: { type: 'string', title: '序号', 'x-id': 'line-id', 'x-component': 'Text', 'x-technical': true },
        result: {
          type: 'string',
          title: '结果',
          'x-id': 'line-result',
          'x-component': 'Radio',
          required: true,
          enum: [
            { label: '合格', value: 'NORMAL' },
            { label: '不合格', value: 'ABNORMAL' },
            { label: '不涉及', value: 'NOT_APPLICABLE' },
          ],
        },
      },
    },
  }),
})
