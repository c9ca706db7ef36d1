import { z } from 'zod'

/** The closed list of field types; designer/form-runtime and server/forms have one file for each. */
export const FIELD_TYPES = [
  'Text',
  'TextArea',
  'Number',
  'Money',
  'Date',
  'DateTime',
  'Radio',
  'Select',
  'Switch',
  'Person',
  'Unit',
  'Enterprise',
  'Table',
  'Photo',
  'Attachment',
  'CheckSheet',
  'Signature',
  'Calculated',
  'Serial',
  'Grid',
  'Steps',
  'Step',
  'Group',
  'Note',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** A passive reaction in Formily's words, narrowed to data (forms.md §1). */
export const reaction = z.object({
  dependencies: z.array(z.string()).optional(),
  when: z.string().optional(),
  fulfill: z.object({ state: z.record(z.string(), z.unknown()) }).optional(),
  otherwise: z.object({ state: z.record(z.string(), z.unknown()) }).optional(),
})

/** A node of the Formily schema, narrowed. `x-id` never changes; `x-component` is a FieldType. */
export interface FieldSchema {
  type: 'string' | 'number' | 'boolean' | 'array' | 'object' | 'void'
  title?: string
  description?: string
  required?: boolean | string
  default?: unknown
  enum?: { label: string; value: string | number | boolean }[]
  properties?: Record<string, FieldSchema>
  items?: FieldSchema
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  'x-id': string
  'x-component': FieldType
  'x-component-props'?: Record<string, unknown>
  'x-decorator-props'?: Record<string, unknown>
  'x-reactions'?: z.infer<typeof reaction>[]
  'x-visible'?: boolean | string
  'x-lock'?: 'open' | 'tighten' | 'locked'
  'x-index'?: number
  'x-unit'?: string
  /** Value computed by the server: an expression of the safe subset. */
  'x-formula'?: string
}

export interface FormSchema {
  type: 'object'
  properties: Record<string, FieldSchema>
}

export interface FormDefinition {
  /** English identifier of procedures.md, e.g. `hazardRecord`; `code` is the notice's F number. */
  key: string
  code: string
  title: string
  version: number
  schemaVersion: 1
  status: 'draft' | 'published' | 'retired'
  schema: FormSchema
  basis: { law: string; text: string }[]
  hash?: string
}

export const formDefinitionInput = z.object({
  title: z.string().min(1).max(60),
  schema: z.unknown(),
  note: z.string().max(500).default(''),
})
