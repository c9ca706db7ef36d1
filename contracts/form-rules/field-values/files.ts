import type { FieldType } from '../../form-definition.ts'
import { type FieldValue, typeFinding, type ValueFinding, type ValueScope } from './field-value.ts'

const KEYS: Record<string, (value: unknown) => boolean> = {
  id: (value) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value),
  name: (value) => typeof value === 'string' && value.length > 0 && value.length <= 255,
  mime: (value) => typeof value === 'string' && /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(value),
  size: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
}
const OPTIONAL: Record<string, (value: unknown) => boolean> = {
  takenAt: (value) => value === null || (typeof value === 'number' && Number.isFinite(value)),
  sha256: (value) => typeof value === 'string' && value.length <= 64,
  place: (value) => typeof value === 'string' && value.length <= 100,
  notOnSite: (value) => typeof value === 'boolean',
}

/** A file as it stands in a form: what `POST /api/attachments` answered. */
export function isFileRef(value: unknown): value is { id: string; name: string; mime: string; size: number } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const file = value as Record<string, unknown>
  return (
    Object.keys(KEYS).every((key) => KEYS[key]?.(file[key])) &&
    Object.keys(file).every((key) => key in KEYS || OPTIONAL[key]?.(file[key]) === true)
  )
}

function filesValue(type: FieldType, most: number, verb: string, measure: string): FieldValue {
  return {
    type,
    valueTypes: ['array'],
    isEmpty: (value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0),
    requiredMessage: ({ title, schema }) => `请${verb}${title}，至少 ${Math.max(1, schema.minItems ?? 1)} ${measure}`,
    check: (value, scope) => checkFiles(value, scope, most, measure, type === 'Photo'),
    toText: (value) => (Array.isArray(value) && value.length > 0 ? `${value.length} ${measure}` : ''),
  }
}

function checkFiles(value: unknown, scope: ValueScope, most: number, measure: string, imagesOnly: boolean): ValueFinding[] {
  const { schema, title } = scope
  if (!Array.isArray(value) || value.length > 200 || !value.every(isFileRef)) return typeFinding(scope, imagesOnly ? '拍照' : '上传')
  if (imagesOnly && !value.every((file) => file.mime.startsWith('image/')))
    return [{ code: 'format', message: `${title}只收照片，请去掉不是照片的文件` }]
  const limit = schema.maxItems ?? most
  if (value.length > limit)
    return [{ code: 'too-many', message: `${title}最多 ${limit} ${measure}，请去掉 ${value.length - limit} ${measure}` }]
  const least = schema.minItems ?? 0
  return value.length < least
    ? [{ code: 'too-few', message: `${title}至少 ${least} ${measure}，还差 ${least - value.length} ${measure}` }]
    : []
}

export const photo = filesValue('Photo', 9, '拍', '张')
export const attachment = filesValue('Attachment', 20, '上传', '个')
