import { type FieldValue, typeFinding } from './field-value.ts'

const MOST = 500

/** Rows; each row's fields are checked as fields of their own. */
export const table: FieldValue = {
  type: 'Table',
  valueTypes: ['array'],
  isEmpty: (value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0),
  requiredMessage: ({ title, schema }) => `请填写${title}，至少 ${Math.max(1, schema.minItems ?? 1)} 行`,
  check: (value, scope) => {
    const { schema, title } = scope
    if (!Array.isArray(value) || value.some((row) => row === null || typeof row !== 'object' || Array.isArray(row)))
      return typeFinding(scope, '填写')
    const most = Math.min(schema.maxItems ?? MOST, MOST)
    if (value.length > most) return [{ code: 'too-many', message: `${title}最多 ${most} 行，请去掉 ${value.length - most} 行` }]
    const least = schema.minItems ?? 0
    return value.length < least ? [{ code: 'too-few', message: `${title}至少 ${least} 行，还差 ${least - value.length} 行` }] : []
  },
  toText: (value) => (Array.isArray(value) && value.length > 0 ? `${value.length} 行` : ''),
}
