import type { FieldSchema, FieldType } from '../../form-definition.ts'

/** What is wrong with a value: a code for programs, a sentence in Chinese that says how to put it right. */
export interface ValueFinding {
  readonly code:
    | 'type'
    | 'required'
    | 'too-short'
    | 'too-long'
    | 'too-small'
    | 'too-big'
    | 'too-few'
    | 'too-many'
    | 'format'
    | 'not-an-option'
    | 'incomplete'
    | 'inconsistent'
  readonly message: string
  /** Path below the field, where one of its entries is meant. */
  readonly at?: string
}

export interface ValueScope {
  readonly title: string
  readonly schema: FieldSchema
  /** Values of the form that the field belongs to. */
  readonly values: Readonly<Record<string, unknown>>
  readonly now: string
}

/** Words for values that are ids: names of people, units, enterprises. */
export type NameOf = (kind: 'person' | 'unit' | 'enterprise', id: string) => string | undefined

/** How one type of field judges and words its values; the component of the same type lies in designer/form-runtime. */
export interface FieldValue {
  readonly type: FieldType
  /** The value types that a schema may give it. */
  readonly valueTypes: readonly FieldSchema['type'][]
  isEmpty(value: unknown): boolean
  /** 请填写…, 请选择…, 请拍… */
  requiredMessage(scope: ValueScope): string
  /** Everything wrong with a value that is not empty; bounded work whatever comes in. */
  check(value: unknown, scope: ValueScope): ValueFinding[]
  toText(value: unknown, schema: FieldSchema, nameOf: NameOf): string
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === '')
}

export function typeFinding(scope: ValueScope, wanted: string): ValueFinding[] {
  return [{ code: 'type', message: `${scope.title}的格式不对，请重新${wanted}` }]
}
