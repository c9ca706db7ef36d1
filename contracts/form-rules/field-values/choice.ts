import type { FieldSchema } from '../../form-definition.ts'
import { type FieldValue, isBlank, typeFinding, type ValueFinding, type ValueScope } from './field-value.ts'

function labelOf(schema: FieldSchema, value: unknown): string {
  return schema.enum?.find((option) => option.value === value)?.label ?? (typeof value === 'string' ? value : String(value ?? ''))
}

function checkOne(value: unknown, scope: ValueScope): ValueFinding[] {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return typeFinding(scope, '选择')
  const option = scope.schema.enum?.find((each) => each.value === value)
  if (option && !option.disabled) return []
  const mayOther = scope.schema['x-component-props']?.['allowOther'] === true
  if (!option && mayOther && typeof value === 'string')
    return value.length <= 300 ? [] : [{ code: 'too-long', message: `${scope.title}最多 300 个字` }]
  return [
    {
      code: 'not-an-option',
      message: option ? `${scope.title}不能选“${option.label}”，请选别的` : `${scope.title}不在选项里，请从列表中选择`,
    },
  ]
}

export const radio: FieldValue = {
  type: 'Radio',
  valueTypes: ['string', 'number', 'boolean'],
  isEmpty: isBlank,
  requiredMessage: ({ title }) => `请选择${title}`,
  check: checkOne,
  toText: (value, schema) => (isBlank(value) ? '' : labelOf(schema, value)),
}

/** One of the options, or several when the value is a list. */
export const select: FieldValue = {
  ...radio,
  type: 'Select',
  valueTypes: ['string', 'number', 'array'],
  isEmpty: (value) => isBlank(value) || (Array.isArray(value) && value.length === 0),
  check: (value, scope) => {
    if (scope.schema.type !== 'array') return checkOne(value, scope)
    if (!Array.isArray(value) || value.length > 100) return typeFinding(scope, '选择')
    return value.flatMap((each) => checkOne(each, scope)).slice(0, 1)
  },
  toText: (value, schema) =>
    Array.isArray(value) ? value.map((each) => labelOf(schema, each)).join('、') : radio.toText(value, schema, () => undefined),
}

export const switchValue: FieldValue = {
  type: 'Switch',
  valueTypes: ['boolean'],
  isEmpty: (value) => value === undefined || value === null,
  requiredMessage: ({ title }) => `请选择是否${title.replace(/^是否/, '')}`,
  check: (value, scope) => (typeof value === 'boolean' ? [] : typeFinding(scope, '选择')),
  toText: (value) => (value === true ? '是' : value === false ? '否' : ''),
}
