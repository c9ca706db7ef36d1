import type { FieldSchema, FieldType, TextFormat } from '../../form-definition.ts'
import { type FieldValue, isBlank, typeFinding, type ValueFinding, type ValueScope } from './field-value.ts'

/** Linear-time patterns: no nested or overlapping repetition. */
const FORMATS: Record<TextFormat, { pattern: RegExp; hint: string }> = {
  phone: { pattern: /^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/, hint: '请填 11 位手机号，或带区号的座机号' },
  email: { pattern: /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}$/, hint: '请填邮箱，例如 name@example.com' },
  'credit-code': { pattern: /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/, hint: '请填 18 位统一社会信用代码' },
  url: { pattern: /^https?:\/\/[^\s/$.?#][^\s]{0,500}$/, hint: '请填网址，以 http:// 或 https:// 开头' },
  docno: { pattern: /^[\w\u4e00-\u9fff〔〕()（）-]{1,40}$/, hint: '请填文号，例如 泽应急督〔2023〕1号' },
}
const LONGEST = 10_000

export function textValue(type: FieldType, fallback: number): FieldValue {
  return {
    type,
    valueTypes: ['string'],
    isEmpty: isBlank,
    requiredMessage: ({ title }) => `请填写${title}`,
    check: (value, scope) => (typeof value === 'string' ? checkText(value, scope, fallback) : typeFinding(scope, '填写')),
    toText: (value) => (typeof value === 'string' ? value : ''),
  }
}

function checkText(value: string, { schema, title }: ValueScope, fallback: number): ValueFinding[] {
  const length = [...value.trim()].length
  const found: ValueFinding[] = []
  const longest = Math.min(schema.maxLength ?? fallback, LONGEST)
  if (schema.minLength !== undefined && length < schema.minLength)
    found.push({ code: 'too-short', message: `${title}至少写 ${schema.minLength} 个字，还差 ${schema.minLength - length} 个` })
  if (length > longest) found.push({ code: 'too-long', message: `${title}最多 ${longest} 个字，请删去 ${length - longest} 个` })
  else if (schema.format && !matches(schema, value)) found.push({ code: 'format', message: `${title}不对：${FORMATS[schema.format].hint}` })
  return found
}

function matches(schema: FieldSchema, value: string): boolean {
  return schema.format === undefined || FORMATS[schema.format].pattern.test(value.trim())
}

export const text = textValue('Text', 200)
export const textArea = textValue('TextArea', 2000)
