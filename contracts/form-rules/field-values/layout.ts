import type { FieldType } from '../../form-definition.ts'
import type { FieldValue } from './field-value.ts'

function layoutValue(type: FieldType, valueTypes: FieldValue['valueTypes']): FieldValue {
  return { type, valueTypes, isEmpty: () => true, requiredMessage: ({ title }) => `请填写${title}`, check: () => [], toText: () => '' }
}

export const grid = layoutValue('Grid', ['void'])
export const steps = layoutValue('Steps', ['void'])
export const step = layoutValue('Step', ['void'])
/** A section; of type `object` it nests the values of its fields (`five.fundWan`). */
export const group = layoutValue('Group', ['void', 'object'])
export const note = layoutValue('Note', ['void'])
