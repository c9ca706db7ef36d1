import { type FieldValue, isBlank } from './field-value.ts'

/** Calculated by the server; a value is never judged. */
export const calculated: FieldValue = {
  type: 'Calculated',
  valueTypes: ['string', 'number', 'boolean'],
  isEmpty: isBlank,
  requiredMessage: ({ title }) => `${title}还算不出来，请先填它用到的内容`,
  check: () => [],
  toText: (value, schema) => {
    if (isBlank(value)) return ''
    if (typeof value === 'boolean') return value ? '是' : '否'
    const label = schema.enum?.find((option) => option.value === value)?.label
    return label ?? `${value}${schema['x-unit'] ? ` ${schema['x-unit']}` : ''}`
  },
}

/** A number that the platform gives. */
export const serial: FieldValue = { ...calculated, type: 'Serial', requiredMessage: ({ title }) => `${title}由系统给出` }
