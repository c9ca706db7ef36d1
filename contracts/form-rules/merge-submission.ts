import type { FieldError, FieldSchema, FormSchema } from '../form-definition.ts'
import { inOrder, isLayout, isRows } from './field-nodes.ts'
import { sheetLines } from './field-values/check-sheet.ts'
import { sameData, type Values } from './path.ts'
import { cellOf, isDecisionField, isServerWritten, isWritable, type Permissions } from './permissions.ts'

export interface Merged {
  values: Values
  /** Writes that this seat may not do: refused and audited by the caller. */
  refused: FieldError[]
}

/**
 * What the record would hold after this submission: a field that is absent keeps its stored value, null empties it. Unknown keys are
 * dropped; formulas and the platform's own fields keep what is stored; a field that this seat may not write is refused if it differs.
 */
export function mergeSubmission(schema: FormSchema, stored: Values, submitted: Values, permissions: Permissions): Merged {
  const refused: FieldError[] = []
  const values = mergeObject(schema.properties, stored, submitted, { permissions, refused, template: '', path: '' })
  return { values, refused }
}

interface Place {
  permissions: Permissions
  refused: FieldError[]
  template: string
  path: string
}

function mergeObject(properties: Record<string, FieldSchema>, stored: Values, submitted: Values, place: Place, inRow = false): Values {
  const result: Values = inRow ? {} : { ...stored }
  const visit = (fields: Record<string, FieldSchema>) => {
    for (const [key, field] of inOrder(fields)) {
      if (isLayout(field)) {
        if (field.properties) visit(field.properties)
        continue
      }
      const at: Place = {
        ...place,
        template: place.template === '' ? key : `${place.template}.${key}`,
        path: place.path === '' ? key : `${place.path}.${key}`,
      }
      const value = mergeField(field, own(stored, key), own(submitted, key), at)
      if (value === undefined || value === null) delete result[key]
      else result[key] = value
    }
  }
  visit(properties)
  return result
}

function mergeField(field: FieldSchema, stored: unknown, submitted: unknown, place: Place): unknown {
  if (submitted === undefined || isServerWritten(field)) return stored
  if (isDecisionField(field)) return refuseChange(field, stored, submitted, place)
  const cell = cellOf(place.permissions, place.template)
  if (field.type === 'object' && field.properties) {
    const before = asObject(stored)
    if (submitted === null) return isWritable(cell) ? undefined : refuseChange(field, stored, submitted, place)
    if (typeof submitted !== 'object' || Array.isArray(submitted))
      return isWritable(cell) ? submitted : refuseChange(field, stored, submitted, place)
    return mergeObject(field.properties, before, asObject(submitted), place)
  }
  if (isRows(field) && Array.isArray(submitted) && field.items?.properties) {
    if (isWritable(cell)) return mergeRows(field, stored, submitted, place)
    // Rows cannot come or go, yet single columns may be open.
    const before = Array.isArray(stored) ? stored : []
    return submitted.length === before.length ? mergeRows(field, stored, submitted, place) : refuseChange(field, stored, submitted, place)
  }
  return isWritable(cell) ? submitted : refuseChange(field, stored, submitted, place)
}

function mergeRows(field: FieldSchema, stored: unknown, submitted: readonly unknown[], place: Place): unknown[] {
  const before = Array.isArray(stored) ? stored : []
  const properties = field.items?.properties ?? {}
  const lines = new Map(sheetLines(field).map((line) => [line.lineId, line]))
  return submitted.map((row, index) => {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) return row
    const values = row as Values
    const old = asObject(before.find((each) => sameRow(each, values)) ?? (hasIdentity(values) ? undefined : before[index]))
    const merged = mergeObject(properties, old, values, { ...place, path: `${place.path}.${index}` }, true)
    // Stored columns that the schema does not know stay with their row.
    for (const key of Object.keys(old)) if (!Object.hasOwn(merged, key) && !(key in properties)) merged[key] = old[key]
    const line = lines.get(String(values['lineId']))
    // The words of a sheet are the county's, whatever the client sends.
    return line ? { ...merged, lineId: line.lineId, section: line.section, item: line.item, basis: line.basis } : merged
  })
}

const IDENTITIES = ['clientId', 'lineId', 'id'] as const

function hasIdentity(row: Values): boolean {
  return IDENTITIES.some((key) => typeof row[key] === 'string')
}

function sameRow(stored: unknown, row: Values): boolean {
  const old = asObject(stored)
  const key = IDENTITIES.find((each) => typeof row[each] === 'string')
  return key !== undefined && old[key] === row[key]
}

function refuseChange(field: FieldSchema, stored: unknown, submitted: unknown, place: Place): unknown {
  if (!sameData(stored, submitted))
    place.refused.push({ field: place.path, code: 'not-writable', message: `您在这一步不能填写${field.title ?? '这一项'}，请刷新后再提交` })
  return stored
}

function own(values: Values, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined
}

function asObject(value: unknown): Values {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Values) : {}
}
