import type { TFunction } from 'i18next'
import type { FieldSchema } from '../../../contracts/form-definition.ts'
import { day, dayAndTime } from '../../words/dates.ts'

const nameIn = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null) return null
  const { name, label, title } = value as Record<string, unknown>
  return [name, label, title].find((one): one is string => typeof one === 'string') ?? null
}

interface Source {
  value?: unknown
  id?: unknown
  label?: unknown
  name?: unknown
}

function labelIn(options: unknown, value: unknown): string | null {
  if (!Array.isArray(options)) return null
  const found = (options as Source[]).find((option) => option.value === value || option.id === value)
  const label = found?.label ?? found?.name
  return typeof label === 'string' ? label : null
}

/** The names that the server sent along for a field's ids, by its path or by what it refers to. */
export const optionsOf = (sources: Record<string, unknown>, path: string, field: FieldSchema): unknown =>
  sources[path] ?? sources[`@${field['x-component'].toLowerCase()}`]

const instant = (value: unknown): number | null => {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** A value as a person reads it: the option's label, 是 or 否, a date, an amount with its unit. */
export function fieldText(t: TFunction, field: FieldSchema, value: unknown, options?: unknown): string {
  if (Array.isArray(value)) return value.map((one) => fieldText(t, field, one, options)).join('、')
  if (typeof value === 'boolean') return t(value ? 'reading.yes' : 'reading.no')
  const label = labelIn(field.enum, value) ?? labelIn(options, value) ?? nameIn(value)
  if (label) return label
  const component = field['x-component']
  // An id is for machines: without a name nothing is shown of it.
  if (component === 'Person' || component === 'Unit' || component === 'Enterprise') return t('reading.noName')
  if (component === 'Date' || component === 'DateTime') {
    // A date of the form is a day on the county's calendar, without a zone.
    const plain = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null
    if (plain) return day(Date.UTC(Number(plain[1]), Number(plain[2]) - 1, Number(plain[3]), 4))
    const at = instant(value)
    if (at !== null) return component === 'Date' ? day(at) : dayAndTime(at)
  }
  // A moment that the server noted: confirmedAt, closedAt.
  if (component === 'Calculated' && typeof value === 'number' && value > 1e12) return dayAndTime(value)
  const unit = field['x-unit'] ?? ''
  if (component === 'Money' && typeof value === 'number') return `${value.toFixed(2)} ${unit || t('reading.tenThousand')}`
  if (typeof value === 'object') return JSON.stringify(value)
  return unit ? `${String(value)} ${unit}` : String(value)
}
