import * as z from 'zod/mini'

/** The closed list of field types; designer/form-runtime and contracts/form-rules/field-values have one file for each. */
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

/** The only patterns that a text may ask for: named, because a pattern written by hand can hang the server. */
export const TEXT_FORMATS = ['phone', 'email', 'credit-code', 'url', 'docno'] as const
export type TextFormat = (typeof TEXT_FORMATS)[number]

/** What a reaction may change. `value` is a proposal: it fills an empty field in the browser and is never forced by the server. */
export const REACTION_STATES = ['visible', 'required', 'readOnly', 'value', 'title', 'description'] as const

const change = z.strictObject({ state: z.record(z.string(), z.union([z.string().check(z.maxLength(2000)), z.number(), z.boolean()])) })

/**
 * A passive reaction in Formily's words, narrowed to data (forms.md §1). `dependencies` are paths from the root of the form that the
 * field belongs to; a leading dot means the row of the table. Inside a form that another form takes in (`x-form`), the root is its row.
 */
export const reaction = z.strictObject({
  dependencies: z.optional(z.array(z.string().check(z.maxLength(120))).check(z.maxLength(20))),
  when: z.optional(z.string().check(z.maxLength(2000))),
  fulfill: z.optional(change),
  otherwise: z.optional(change),
  /** Who wrote the rule, and the clause that asks for it: shown beside the sentence in the designer. */
  origin: z.optional(z.enum(['province', 'county'])),
  basis: z.optional(z.string().check(z.maxLength(200))),
})
export type Reaction = z.infer<typeof reaction>

/** A demand on the value: `assert` is a safe expression that must hold (or be undefined) whenever the field has a value. */
export interface FieldRule {
  assert: string
  message: string
}

export type FieldValueType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'void'

/** A node of the Formily schema, narrowed. `x-id` never changes; `x-component` is a FieldType. */
export interface FieldSchema {
  type: FieldValueType
  title?: string
  description?: string
  required?: boolean | string
  default?: string | number | boolean
  enum?: FieldOption[]
  properties?: Record<string, FieldSchema>
  /** Row of a table (`type: 'object'` with properties), or one entry of a list of values. */
  items?: FieldSchema
  format?: TextFormat
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  'x-id': string
  'x-component': FieldType
  'x-component-props'?: Record<string, unknown>
  'x-reactions'?: Reaction[]
  /** false or an expression; a field that is not visible has no value. */
  'x-visible'?: boolean | string
  'x-lock'?: 'open' | 'tighten' | 'locked'
  'x-index'?: number
  'x-unit'?: string
  /** Columns of a grid of two that the field takes; text areas, tables and photos take both unless they say otherwise. */
  'x-span'?: 1 | 2
  /** Value computed by the server: an expression of the safe subset. The client's value is never believed. */
  'x-formula'?: string
  'x-rules'?: FieldRule[]
  /** Key of another form whose fields stand below this one (an array: one form per row). Resolved by `resolveForm`. */
  'x-form'?: string
  /** Keys of the taken form that are left out, because the form around it has them already. */
  'x-omit'?: string[]
  /** Name of a catalogue (`criteria/NCM`, `categories/NCM`) that gives the options. Resolved by `resolveForm`. */
  'x-catalog'?: string
  /** Opinion and signature block: written by the decision alone, never drawn as an input (first-loop.md B5). */
  'x-decision'?: boolean
  /** Written by the platform (numbers, states, times): never by a submission. */
  'x-server'?: boolean
  /** Carried along, never drawn: client ids and links between rows. */
  'x-technical'?: boolean
  /** The clause that asks for the field. */
  'x-basis'?: string
}

export interface FieldOption {
  label: string
  value: string | number | boolean
  description?: string
  /** Shown, never choosable by hand: 重大隐患 at registration. */
  disabled?: boolean
}

export interface FormSchema {
  type: 'object'
  properties: Record<string, FieldSchema>
}

export interface FormBasis {
  law: string
  text: string
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
  basis: FormBasis[]
  hash?: string
}

/** A line of a check sheet as data (forms/sheets): paraphrase and source, in a section. */
export interface SheetLine {
  lineId: string
  section: string
  item: string
  basis: string
}

/** What a schema may refer to by name: other forms, options, sheets. */
export interface FormResources {
  forms: Record<string, FormSchema>
  catalogs: Record<string, FieldOption[]>
  sheets: Record<string, SheetLine[]>
}

/** One error of a submission: `field` is the path with indexes (`hazards.2.dueDate`); `message` says how to put it right. */
export interface FieldError {
  field: string
  code: string
  message: string
}
