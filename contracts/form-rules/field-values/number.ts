import { type FieldValue, isBlank, typeFinding, type ValueFinding, type ValueScope } from './field-value.ts'
import { moneyInWords } from './money-in-words.ts'

function checkNumber(value: unknown, scope: ValueScope, digits: number): ValueFinding[] {
  const { schema, title } = scope
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e12) return typeFinding(scope, '填数字')
  const unit = schema['x-unit'] ?? ''
  const factor = 10 ** digits
  if (Math.abs(Math.round(value * factor) - value * factor) > 1e-6) {
    return [{ code: 'format', message: digits === 0 ? `${title}请填整数` : `${title}最多 ${digits} 位小数` }]
  }
  if (schema.minimum !== undefined && value < schema.minimum)
    return [{ code: 'too-small', message: `${title}不能小于 ${schema.minimum}${unit}` }]
  if (schema.maximum !== undefined && value > schema.maximum)
    return [{ code: 'too-big', message: `${title}不能大于 ${schema.maximum}${unit}` }]
  return []
}

/** Decimals that a number field takes: `precision` of its component, whole numbers by default. */
export function precisionOf(props: Readonly<Record<string, unknown>> | undefined): number {
  const precision = props?.['precision']
  return typeof precision === 'number' && Number.isInteger(precision) && precision >= 0 && precision <= 6 ? precision : 0
}

export const number: FieldValue = {
  type: 'Number',
  valueTypes: ['number'],
  isEmpty: isBlank,
  requiredMessage: ({ title }) => `请填写${title}`,
  check: (value, scope) => checkNumber(value, scope, precisionOf(scope.schema['x-component-props'])),
  toText: (value, schema) => (typeof value === 'number' ? `${value}${schema['x-unit'] ? ` ${schema['x-unit']}` : ''}` : ''),
}

/** Money in 万元 with two decimals. */
export const money: FieldValue = {
  ...number,
  type: 'Money',
  check: (value, scope) => checkNumber(value, { ...scope, schema: { minimum: 0, ...scope.schema } }, 2),
  toText: (value, schema) =>
    typeof value === 'number' ? `${value.toFixed(2)} ${schema['x-unit'] ?? '万元'}（${moneyInWords(value)}）` : '',
}
