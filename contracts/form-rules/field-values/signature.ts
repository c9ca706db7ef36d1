import { type FieldValue, typeFinding } from './field-value.ts'
import { isFileRef } from './files.ts'

const PNG = 'data:image/png;base64,'
const LONGEST = 300_000

/** A signature of the pad: its picture (a data URL of at most 200 KB, or the stored file) and at least two strokes; or the id of one kept. */
export function isSignature(value: unknown): boolean {
  if (typeof value === 'string') return /^[\w-]{1,64}$/.test(value)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const { strokes, image, ...file } = value as Record<string, unknown>
  if (typeof strokes !== 'number' || !Number.isInteger(strokes) || strokes < 2 || strokes > 10_000) return false
  if (typeof image === 'string') return image.startsWith(PNG) && image.length <= LONGEST && Object.keys(file).length === 0
  return image === undefined && isFileRef(file)
}

export const signature: FieldValue = {
  type: 'Signature',
  valueTypes: ['object', 'string'],
  isEmpty: (value) => value === undefined || value === null || value === '',
  requiredMessage: ({ title }) => `请在${title}处手写签名`,
  check: (value, scope) => (isSignature(value) ? [] : typeFinding(scope, '签名，至少两笔')),
  toText: (value) => (value === undefined || value === null || value === '' ? '' : '已签'),
}
