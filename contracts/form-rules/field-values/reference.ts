import type { FieldType } from '../../form-definition.ts'
import { type FieldValue, isBlank, typeFinding, type ValueFinding, type ValueScope } from './field-value.ts'

const LONGEST_ID = 64
const MOST = 50

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID && !/\s/.test(value)
}

/** A person, unit or enterprise by id; a list of them when the schema says `array`. That the id exists is checked by the caller. */
function referenceValue(type: FieldType, kind: 'person' | 'unit' | 'enterprise'): FieldValue {
  return {
    type,
    valueTypes: ['string', 'array'],
    isEmpty: (value) => isBlank(value) || (Array.isArray(value) && value.length === 0),
    requiredMessage: ({ title }) => `请选择${title}`,
    check: (value, scope) => checkReference(value, scope),
    toText: (value, _schema, nameOf) =>
      (Array.isArray(value) ? value : isBlank(value) ? [] : [value])
        .map((id) => nameOf(kind, String(id)) ?? '')
        .filter((name) => name !== '')
        .join('、'),
  }
}

function checkReference(value: unknown, scope: ValueScope): ValueFinding[] {
  const { schema, title } = scope
  if (schema.type !== 'array') return isId(value) ? [] : typeFinding(scope, '选择')
  if (!Array.isArray(value) || !value.every(isId)) return typeFinding(scope, '选择')
  if (value.length > (schema.maxItems ?? MOST)) return [{ code: 'too-many', message: `${title}最多选 ${schema.maxItems ?? MOST} 个` }]
  if (new Set(value).size !== value.length) return [{ code: 'inconsistent', message: `${title}里有重复的，请去掉` }]
  return value.length < (schema.minItems ?? 0) ? [{ code: 'too-few', message: `${title}至少选 ${schema.minItems} 个` }] : []
}

export const person = referenceValue('Person', 'person')
export const unit = referenceValue('Unit', 'unit')
export const enterprise = referenceValue('Enterprise', 'enterprise')
