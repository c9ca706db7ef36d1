import { decodeValue } from '../../runtime/value-columns.ts'
import { type Field, mappedField } from '../query/field.ts'
import { variableOut } from '../variable.ts'

/** `type`, `value` and `valueInfo` of a row come from one column. */
export const valueField = (column: string): Field => mappedField(column, {}, (raw) => raw)

/** Replaces the raw `value` of an answer by the three members, as `deserializeValues` wants them. */
export function spreadValue(answer: Record<string, unknown>, value: (name: string) => unknown): Record<string, unknown> {
  const typed = variableOut(decodeValue(String(answer.value)), value('deserializeValues') !== false)
  answer.type = typed.type
  answer.value = typed.value
  answer.valueInfo = typed.valueInfo
  return answer
}
