import type { Expression } from '../expression/ast.ts'

/** Fields that a model declares on a start event or user task (`camunda:formData`, `camunda:formProperty`). */
export interface FormFields {
  readonly fields: readonly FormField[]
  /** The field whose value becomes the business key. */
  readonly businessKeyField: string | null
}

export interface FormField {
  readonly id: string
  /** Fields check constraints; the older properties check `required` and `writable`. */
  readonly kind: 'field' | 'property'
  readonly label: string | null
  readonly type: string | null
  /** The variable that the value becomes; null for a property that writes an expression. */
  readonly variable: string | null
  readonly expression: Expression | null
  readonly defaultValue: Expression | null
  /** Java date pattern of a date field. */
  readonly datePattern: string
  /** What an enum offers. */
  readonly values: readonly { readonly id: string; readonly name: string | null }[]
  readonly constraints: readonly FormConstraint[]
  readonly isRequired: boolean
  readonly isWritable: boolean
}

export interface FormConstraint {
  readonly name: string
  readonly config: string | null
}

export const noFormFields: FormFields = { fields: [], businessKeyField: null }
