import type { ComponentType } from 'react'
import type { FieldSchema, FieldType as FieldTypeName } from '../../contracts/form-definition.ts'

/** What every input gets; it knows nothing of Formily. */
export interface FieldInputProps<Value = unknown> {
  /** Element id; the label points here. */
  readonly id: string
  /** Data path with indexes. */
  readonly path: string
  readonly title: string
  readonly schema: FieldSchema
  readonly value: Value | undefined
  readonly required: boolean
  readonly invalid: boolean
  /** Ids of the help and error texts. */
  readonly describedBy: string | undefined
  readonly phone: boolean
  onChange(value: Value | undefined): void
  onBlur(): void
}

export interface FieldTextProps<Value = unknown> {
  readonly path: string
  readonly title: string
  readonly schema: FieldSchema
  readonly value: Value | undefined
  readonly phone: boolean
}

/** Where a type stands in the designer's palette. */
export type PaletteGroup = 'common' | 'basic' | 'organisation' | 'evidence' | 'derived' | 'layout'

/** One type of field: its input, how it reads when nobody may write it, and how the designer makes one. */
export interface FieldType<Value = unknown> {
  readonly type: FieldTypeName
  readonly label: string
  readonly group: PaletteGroup
  /** The input; absent for what nobody fills in. */
  readonly Input?: ComponentType<FieldInputProps<Value>>
  /** Read-only view; text of the value when absent. */
  readonly Text?: ComponentType<FieldTextProps<Value>>
  /** The input has no single element that a label could point to: its frame is a group with a name. */
  readonly isGroup?: boolean
  /** Draws its own title. */
  readonly bare?: boolean
  /** Takes both columns of a grid unless the field says otherwise. */
  readonly wide?: boolean
  /** What the designer puts on the canvas; the key and the id are given by it. */
  make(): Omit<FieldSchema, 'x-id'>
}

/** Keeps the value type inside the file that defines the field type; the registry knows it as unknown. */
export function defineFieldType<Value>(type: FieldType<Value>): FieldType {
  return type as unknown as FieldType
}
