import { type ExpressionScope, evaluateTemplate } from '../expression/index.ts'
import type { FieldError } from '../form-definition.ts'
import { isLayout } from './field-nodes.ts'
import { type FieldState, type RuleContext, scopeOf } from './field-states.ts'
import { FIELD_VALUES } from './field-values/registry.ts'
import { readPath, type Values } from './path.ts'

export interface FindOptions {
  /** A draft is checked for types and sizes only. */
  readonly draft?: boolean
  /** At most this many errors are reported. */
  readonly most?: number
}

const MOST = 200

/**
 * Everything that is wrong with the values of the fields that this seat may write, in the order of the form. Read-only and hidden
 * fields are not judged. Pure; the same sentences appear under the field in the browser and in the server's reply.
 */
export function findErrors(states: readonly FieldState[], values: Values, context: RuleContext, options: FindOptions = {}): FieldError[] {
  const found: FieldError[] = []
  const shared: ExpressionScope = {
    $user: context.user,
    $node: context.node,
    $settings: context.settings,
    $now: context.now,
    $today: context.now.slice(0, 10),
    $root: values,
  }
  for (const state of states) {
    if (!state.visible || state.readOnly || isLayout(state.node.schema)) continue
    found.push(...errorsOf(state, values, context, shared, options.draft === true))
    if (found.length >= (options.most ?? MOST)) break
  }
  return found.slice(0, options.most ?? MOST)
}

function errorsOf(state: FieldState, values: Values, context: RuleContext, shared: ExpressionScope, draft: boolean): FieldError[] {
  const { node, title } = state
  const { schema } = node
  const judge = FIELD_VALUES[schema['x-component']]
  const value = readPath(values, node.path)
  const field = node.path.join('.')
  const own = readPath(values, node.base)
  const scope = { title, schema, values: (own ?? {}) as Record<string, unknown>, now: context.now }
  if (judge.isEmpty(value)) {
    // A blank text or an empty list is a value of the right type; anything else that counts as empty must be absent.
    const typed =
      value === undefined ||
      value === null ||
      value === '' ||
      typeof value === 'string' ||
      Array.isArray(value) ||
      judge.valueTypes.includes('void')
    if (!typed && schema.type !== 'object') return [{ field, code: 'type', message: `${title}的格式不对，请重新填写` }]
    return state.required && !draft ? [{ field, code: 'required', message: judge.requiredMessage(scope) }] : []
  }
  const wrong = judge
    .check(value, scope)
    .filter((finding) => !draft || finding.code === 'type' || finding.code === 'too-long' || finding.code === 'too-many')
  if (wrong.length > 0)
    return wrong.map((finding) => ({ field: placed(field, value, finding.at), code: finding.code, message: finding.message }))
  if (draft) return []
  const broken = (schema['x-rules'] ?? []).find((rule) => evaluateTemplate(rule.assert, scopeOf(node, values, shared)) === false)
  return broken ? [{ field, code: 'rule', message: broken.message }] : []
}

/** `@3.2` of a check sheet becomes the index of that line's row. */
function placed(field: string, value: unknown, at: string | undefined): string {
  if (at === undefined) return field
  if (!at.startsWith('@')) return `${field}.${at}`
  const index = Array.isArray(value) ? value.findIndex((row: { lineId?: unknown } | null) => row?.lineId === at.slice(1)) : -1
  return index < 0 ? field : `${field}.${index}.result`
}
