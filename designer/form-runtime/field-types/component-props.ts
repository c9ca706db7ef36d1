import type { FieldSchema } from '../../../contracts/form-definition.ts'

interface Props {
  placeholder: string
  rows: number
  precision: number
  allowOther: boolean
  columns: number
  of: string
  position: string
  shortcuts: number[]
  hazards: string
  addText: string
  rowTitle: string
  tone: 'info' | 'warning'
  showCount: boolean
  cards: boolean
  cameraOnly: boolean
  /** A group of two numbers chosen by name is drawn as a table of both. */
  matrix: boolean
}

/** A setting of the component; the allow-list of contracts/form-rules has checked its type. */
export function propOf<Key extends keyof Props>(schema: FieldSchema, key: Key): Props[Key] | undefined {
  return schema['x-component-props']?.[key] as Props[Key] | undefined
}
