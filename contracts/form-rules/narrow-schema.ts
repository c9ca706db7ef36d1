import * as z from 'zod/mini'
import { ExpressionError, expressionText, parseExpression } from '../expression/index.ts'
import { FORBIDDEN_MEMBERS } from '../expression/names.ts'
import { FIELD_TYPES, type FormSchema, REACTION_STATES, type Reaction, reaction, TEXT_FORMATS } from '../form-definition.ts'

const MAX_FIELDS = 400
const MAX_DEPTH = 8
const KEY = /^[a-z][A-Za-z0-9]{0,39}$/

/** Text that Formily would compile if it looked like an expression: it must not. */
const words = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((text) => !text.includes('{{'), { error: '文字里不能有 {{' }),
  )
const matching = (pattern: RegExp, error?: string) => z.string().check(z.regex(pattern, error === undefined ? undefined : { error }))
const whole = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most))
const atMost = <T extends z.ZodMiniType>(most: number, item: T) => z.array(item).check(z.maxLength(most))
const flag = z.optional(z.boolean())

const expression = z.string().check(
  z.maxLength(2000),
  z.superRefine((text: string, context) => {
    const source = expressionText(text)
    if (source === undefined) return context.addIssue({ code: 'custom', message: '应写成 {{ 表达式 }}' })
    try {
      parseExpression(source)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof ExpressionError ? error.message : '表达式写错了' })
    }
  }),
)
const scalar = z.union([words(200), z.number(), z.boolean()])
const scalarOrExpression = z.union([expression, scalar])

/** Every property that a component may be given; nothing else is stored or loaded. */
const componentProps = z.strictObject({
  placeholder: z.optional(words(100)),
  rows: z.optional(whole(1, 20)),
  precision: z.optional(whole(0, 6)),
  allowOther: flag,
  columns: z.optional(whole(1, 3)),
  of: z.optional(z.enum(['enterprise', 'county', 'town'])),
  position: z.optional(words(40)),
  shortcuts: z.optional(atMost(6, whole(0, 365))),
  sheet: z.optional(words(40)),
  hazards: z.optional(words(40)),
  words: z.optional(z.strictObject({ NORMAL: words(10), ABNORMAL: words(10), NOT_APPLICABLE: words(10) })),
  addText: z.optional(words(20)),
  rowTitle: z.optional(words(20)),
  tone: z.optional(z.enum(['info', 'warning'])),
  showCount: flag,
  cards: flag,
  cameraOnly: flag,
  matrix: flag,
  /** Put in place by `resolveForm`; refused when a form is saved. */
  lines: z.optional(
    atMost(
      500,
      z.strictObject({
        lineId: z.string().check(z.maxLength(20)),
        section: z.string().check(z.maxLength(40)),
        item: z.string().check(z.maxLength(200)),
        basis: z.string().check(z.maxLength(100)),
      }),
    ),
  ),
})

const option = z.strictObject({
  label: words(60),
  value: z.union([z.string().check(z.maxLength(80)), z.number(), z.boolean()]),
  description: z.optional(words(200)),
  disabled: flag,
})
const safeReaction = reaction.check(
  z.superRefine((rule: Reaction, context) => {
    if (rule.when !== undefined) check(expression, rule.when, ['when'], context)
    for (const branch of ['fulfill', 'otherwise'] as const) {
      for (const [key, value] of Object.entries(rule[branch]?.state ?? {})) {
        if (!(REACTION_STATES as readonly string[]).includes(key))
          context.addIssue({ code: 'custom', path: [branch, 'state'], message: `联动不能改 ${key}` })
        else check(scalarOrExpression, value, [branch, 'state', key], context)
      }
    }
  }),
)

function check(schema: z.ZodMiniType, value: unknown, path: string[], context: z.core.$RefinementCtx): void {
  const result = schema.safeParse(value)
  if (!result.success) context.addIssue({ code: 'custom', path, message: result.error.issues[0]?.message ?? '不对' })
}

const keyed = <T extends z.ZodMiniType>(value: T) => z.record(matching(KEY, '字段名只能用英文字母和数字，以小写字母开头'), value)

const field: z.ZodMiniType = z.lazy(() =>
  z.strictObject({
    type: z.enum(['string', 'number', 'boolean', 'array', 'object', 'void']),
    title: z.optional(words(60)),
    description: z.optional(words(300)),
    required: z.optional(z.union([z.boolean(), expression])),
    default: z.optional(scalarOrExpression),
    enum: z.optional(atMost(300, option)),
    properties: z.optional(keyed(field)),
    items: z.optional(field),
    format: z.optional(z.enum(TEXT_FORMATS)),
    minimum: z.optional(z.number()),
    maximum: z.optional(z.number()),
    minLength: z.optional(whole(0, 10_000)),
    maxLength: z.optional(whole(1, 10_000)),
    minItems: z.optional(whole(0, 500)),
    maxItems: z.optional(whole(1, 500)),
    'x-id': matching(/^[A-Za-z0-9_-]{1,60}$/, '字段编号不对'),
    'x-component': z.enum(FIELD_TYPES),
    'x-component-props': z.optional(componentProps),
    'x-reactions': z.optional(atMost(30, safeReaction)),
    'x-visible': z.optional(z.union([z.boolean(), expression])),
    'x-lock': z.optional(z.enum(['open', 'tighten', 'locked'])),
    'x-index': z.optional(whole(0, 10_000)),
    'x-unit': z.optional(words(10)),
    'x-span': z.optional(z.union([z.literal(1), z.literal(2)])),
    'x-formula': z.optional(expression),
    'x-rules': z.optional(atMost(20, z.strictObject({ assert: expression, message: words(200) }))),
    'x-form': z.optional(matching(KEY)),
    'x-omit': z.optional(atMost(50, matching(KEY))),
    'x-catalog': z.optional(matching(/^[a-zA-Z]+\/[A-Za-z0-9._-]{1,40}$/)),
    'x-decision': flag,
    'x-server': flag,
    'x-technical': flag,
    'x-basis': z.optional(words(200)),
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
