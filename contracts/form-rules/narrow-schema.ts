import { z } from 'zod'
import { ExpressionError, expressionText, parseExpression } from '../expression/index.ts'
import { FORBIDDEN_MEMBERS } from '../expression/names.ts'
import { FIELD_TYPES, type FormSchema, REACTION_STATES, reaction, TEXT_FORMATS } from '../form-definition.ts'

const MAX_FIELDS = 400
const MAX_DEPTH = 8
const KEY = /^[a-z][A-Za-z0-9]{0,39}$/

/** Text that Formily would compile if it looked like an expression: it must not. */
const words = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('{{'), { message: '文字里不能有 {{' })

const expression = z
  .string()
  .max(2000)
  .superRefine((text, context) => {
    const source = expressionText(text)
    if (source === undefined) return context.addIssue({ code: 'custom', message: '应写成 {{ 表达式 }}' })
    try {
      parseExpression(source)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof ExpressionError ? error.message : '表达式写错了' })
    }
  })
const scalar = z.union([words(200), z.number().refine(Number.isFinite), z.boolean()])
const scalarOrExpression = z.union([expression, scalar])

/** Every property that a component may be given; nothing else is stored or loaded. */
const componentProps = z.strictObject({
  placeholder: words(100).optional(),
  rows: z.number().int().min(1).max(20).optional(),
  precision: z.number().int().min(0).max(6).optional(),
  allowOther: z.boolean().optional(),
  columns: z.number().int().min(1).max(3).optional(),
  of: z.enum(['enterprise', 'county', 'town']).optional(),
  position: words(40).optional(),
  shortcuts: z.array(z.number().int().min(0).max(365)).max(6).optional(),
  sheet: words(40).optional(),
  hazards: words(40).optional(),
  words: z.strictObject({ NORMAL: words(10), ABNORMAL: words(10), NOT_APPLICABLE: words(10) }).optional(),
  addText: words(20).optional(),
  rowTitle: words(20).optional(),
  tone: z.enum(['info', 'warning']).optional(),
  showCount: z.boolean().optional(),
  cards: z.boolean().optional(),
  cameraOnly: z.boolean().optional(),
  /** Put in place by `resolveForm`; refused when a form is saved. */
  lines: z
    .array(
      z.strictObject({ lineId: z.string().max(20), section: z.string().max(40), item: z.string().max(200), basis: z.string().max(100) }),
    )
    .max(500)
    .optional(),
})

const option = z.strictObject({
  label: words(60),
  value: z.union([z.string().max(80), z.number(), z.boolean()]),
  description: words(200).optional(),
  disabled: z.boolean().optional(),
})
const safeReaction = reaction.superRefine((rule, context) => {
  if (rule.when !== undefined) check(expression, rule.when, ['when'], context)
  for (const branch of ['fulfill', 'otherwise'] as const) {
    for (const [key, value] of Object.entries(rule[branch]?.state ?? {})) {
      if (!(REACTION_STATES as readonly string[]).includes(key))
        context.addIssue({ code: 'custom', path: [branch, 'state'], message: `联动不能改 ${key}` })
      else check(scalarOrExpression, value, [branch, 'state', key], context)
    }
  }
})

function check(schema: z.ZodType, value: unknown, path: string[], context: z.RefinementCtx): void {
  const result = schema.safeParse(value)
  if (!result.success) context.addIssue({ code: 'custom', path, message: result.error.issues[0]?.message ?? '不对' })
}

const keyed = <T extends z.ZodType>(value: T) =>
  z.record(z.string().regex(KEY, { message: '字段名只能用英文字母和数字，以小写字母开头' }), value)

const field: z.ZodType = z.lazy(() =>
  z.strictObject({
    type: z.enum(['string', 'number', 'boolean', 'array', 'object', 'void']),
    title: words(60).optional(),
    description: words(300).optional(),
    required: z.union([z.boolean(), expression]).optional(),
    default: scalarOrExpression.optional(),
    enum: z.array(option).max(300).optional(),
    properties: keyed(field).optional(),
    items: field.optional(),
    format: z.enum(TEXT_FORMATS).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.number().int().min(0).max(10_000).optional(),
    maxLength: z.number().int().min(1).max(10_000).optional(),
    minItems: z.number().int().min(0).max(500).optional(),
    maxItems: z.number().int().min(1).max(500).optional(),
    'x-id': z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, { message: '字段编号不对' }),
    'x-component': z.enum(FIELD_TYPES),
    'x-component-props': componentProps.optional(),
    'x-reactions': z.array(safeReaction).max(30).optional(),
    'x-visible': z.union([z.boolean(), expression]).optional(),
    'x-lock': z.enum(['open', 'tighten', 'locked']).optional(),
    'x-index': z.number().int().min(0).max(10_000).optional(),
    'x-unit': words(10).optional(),
    'x-span': z.union([z.literal(1), z.literal(2)]).optional(),
    'x-formula': expression.optional(),
    'x-rules': z
      .array(z.strictObject({ assert: expression, message: words(200) }))
      .max(20)
      .optional(),
    'x-form': z.string().regex(KEY).optional(),
    'x-omit': z.array(z.string().regex(KEY)).max(50).optional(),
    'x-catalog': z
      .string()
      .regex(/^[a-zA-Z]+\/[A-Za-z0-9._-]{1,40}$/)
      .optional(),
    'x-decision': z.boolean().optional(),
    'x-server': z.boolean().optional(),
    'x-technical': z.boolean().optional(),
    'x-basis': words(200).optional(),
  }),
)

const schemaOfForm = z.strictObject({ type: z.literal('object'), properties: keyed(field) })

export type Narrowed = { ok: true; schema: FormSchema } | { ok: false; problems: { path: string; message: string }[] }

/**
 * The allow-list of forms.md: a schema that has any other property, key, component, expression or size is refused, with the place.
 * Applied when a form is saved and again whenever it is loaded, since a schema reaches Formily and could otherwise reach prototypes.
 */
export function narrowSchema(input: unknown): Narrowed {
  const bad = hostile(input)
  if (bad) return { ok: false, problems: [bad] }
  const result = schemaOfForm.safeParse(input)
  if (result.success) return { ok: true, schema: result.data as FormSchema }
  return {
    ok: false,
    problems: result.error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: sentence(issue) })),
  }
}

/** Bounded before the recursive parse: depth, number of fields, names that could reach a prototype. */
function hostile(input: unknown): { path: string; message: string } | undefined {
  let fields = 0
  const visit = (value: unknown, depth: number, path: string): { path: string; message: string } | undefined => {
    if (value === null || typeof value !== 'object') return typeof value === 'function' ? { path, message: '不允许的内容' } : undefined
    if (depth > MAX_DEPTH * 6) return { path, message: '套得太深' }
    for (const key of Object.keys(value)) {
      if (FORBIDDEN_MEMBERS.has(key)) return { path, message: `不允许的名字：${key}` }
      if (key === 'x-component' && ++fields > MAX_FIELDS) return { path, message: `字段太多，最多 ${MAX_FIELDS} 个` }
      const found = visit((value as Record<string, unknown>)[key], depth + 1, path === '' ? key : `${path}.${key}`)
      if (found) return found
    }
    return undefined
  }
  return visit(input, 0, '')
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `不允许的属性：${issue.keys.join('、')}`
  if (issue.code === 'invalid_union') return '这里的内容不对'
  return /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '这里的内容不对'
}
