import { type ExpressionScope, evaluateTemplate } from '../expression/index.ts'
import type { FormSchema, Reaction } from '../form-definition.ts'
import { type FieldNode, fieldNodes, isLayout } from './field-nodes.ts'
import { type Path, parsePath, readPath, type Values, writePath } from './path.ts'
import { cellOf, isDecisionField, isServerWritten, isWritable, type Permissions } from './permissions.ts'

/** What the rules and the seat's permissions make of one field. */
export interface FieldState {
  readonly node: FieldNode
  /** Shown by the rules; a field that is not has no value. */
  readonly visible: boolean
  /** Hidden from this seat by its permissions: no rule can show it, its stored value stays. */
  readonly hidden: boolean
  readonly required: boolean
  readonly readOnly: boolean
  /** Read-only whatever the permissions say: by a rule, or because the platform or the decision writes it. */
  readonly fixed: boolean
  readonly title: string
  readonly description: string | undefined
  /** A value that a rule proposes for the empty field. */
  readonly proposal: unknown
}

/** Facts outside of the form that rules may read. `now` is the county's local time `YYYY-MM-DDTHH:mm`. */
export interface RuleContext {
  readonly now: string
  readonly user?: Values
  readonly node?: Values
  readonly settings?: Values
  /** What the record holds beyond this form, for the defaults of shipped forms; it never leaves the server. */
  readonly stored?: Values
}

/** More passes than any sensible chain of rules needs; a cycle is refused by the lint, and here it only stops. */
const MAX_PASSES = 8

/**
 * Evaluates visibility, demands and formulas in dependency order (a fix point over the rules) and writes formulas into `values`;
 * values of fields that the rules hide are removed. The same function judges on the server and draws in the browser.
 */
export function fieldStates(schema: FormSchema, values: Values, permissions: Permissions, context: RuleContext): FieldState[] {
  const nodes = fieldNodes(schema, values)
  const states = new Map<FieldNode, FieldState>()
  const shared: ExpressionScope = {
    $user: context.user,
    $node: context.node,
    $settings: context.settings,
    $now: context.now,
    $today: context.now.slice(0, 10),
    $root: values,
  }
  let active = nodes
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    let changed = false
    for (const node of active) {
      const before = states.get(node)
      const state = stateOf(node, node.parent ? states.get(node.parent) : undefined, values, permissions, shared)
      if (!before || before.visible !== state.visible || before.required !== state.required || before.readOnly !== state.readOnly)
        changed = true
      states.set(node, state)
      if (isLayout(node.schema)) continue
      const current = readPath(values, node.path)
      if (!state.visible && !state.hidden) {
        if (current !== undefined) {
          writePath(values, node.path, undefined)
          changed = true
        }
      } else if (node.schema['x-formula'] !== undefined) {
        const computed = plain(evaluateTemplate(node.schema['x-formula'], scopeOf(node, values, shared)))
        if (!Object.is(computed, current)) {
          writePath(values, node.path, computed)
          changed = true
        }
      }
    }
    if (!changed) break
    if (pass === 0) active = nodes.filter(mayChange)
  }
  return nodes.map((node) => states.get(node) as FieldState)
}

/** After the first pass only what depends on something can change; parents of rule-driven fields drive their children. */
function mayChange(node: FieldNode): boolean {
  for (let at: FieldNode | undefined = node; at; at = at.parent) {
    const schema = at.schema
    if (
      schema['x-reactions'] ||
      schema['x-formula'] !== undefined ||
      typeof schema.required === 'string' ||
      typeof schema['x-visible'] === 'string'
    )
      return true
  }
  return false
}

function stateOf(
  node: FieldNode,
  parent: FieldState | undefined,
  values: Values,
  permissions: Permissions,
  shared: ExpressionScope,
): FieldState {
  const { schema } = node
  const cell = isLayout(schema) ? 'edit' : cellOf(permissions, node.template)
  const dynamic = schema['x-reactions'] !== undefined || typeof schema.required === 'string' || typeof schema['x-visible'] === 'string'
  const scope = dynamic ? scopeOf(node, values, shared) : shared
  const state = {
    visible: schema['x-visible'] === undefined ? true : !!evaluateTemplate(schema['x-visible'], scope),
    required: !!evaluateTemplate(schema.required ?? false, scope),
    readOnly: false,
    title: schema.title ?? '',
    description: schema.description,
    proposal: undefined as unknown,
  }
  for (const reaction of schema['x-reactions'] ?? []) applyReaction(state, reaction, node, values, scope)
  const fixed = state.readOnly || isServerWritten(schema) || isDecisionField(schema) || parent?.fixed === true
  const readOnly = fixed || !isWritable(cell)
  const hidden = cell === 'hidden' || parent?.hidden === true
  return {
    node,
    visible: state.visible && !hidden && (parent?.visible ?? true),
    hidden,
    required: !readOnly && !isLayout(schema) && (cell === 'required' || state.required),
    readOnly,
    fixed,
    title: state.title,
    description: state.description,
    proposal: state.proposal,
  }
}

interface Draft {
  visible: boolean
  required: boolean
  readOnly: boolean
  title: string
  description: string | undefined
  proposal: unknown
}

function applyReaction(draft: Draft, reaction: Reaction, node: FieldNode, values: Values, scope: ExpressionScope): void {
  const own: ExpressionScope = {
    ...scope,
    $deps: (reaction.dependencies ?? []).map((dependency) => readPath(values, dependencyPath(node, dependency))),
  }
  const holds = reaction.when === undefined || !!evaluateTemplate(reaction.when, own)
  const change = (holds ? reaction.fulfill : reaction.otherwise)?.state
  if (!change) return
  for (const [key, raw] of Object.entries(change)) {
    const value = evaluateTemplate(raw, own)
    if (key === 'visible' || key === 'required' || key === 'readOnly') draft[key] = !!value
    else if (key === 'title') draft.title = typeof value === 'string' ? value : draft.title
    else if (key === 'description') draft.description = typeof value === 'string' ? value : draft.description
    else if (key === 'value') draft.proposal = plain(value)
  }
}

/** Where a dependency of a rule stands: below the row for a leading dot, else below the root of the field's form. */
export function dependencyPath(node: Pick<FieldNode, 'base' | 'row'>, dependency: string): Path {
  if (dependency.startsWith('.')) return [...(node.row ?? node.base), ...parsePath(dependency.slice(1))]
  return [...node.base, ...parsePath(dependency)]
}

export function scopeOf(node: FieldNode, values: Values, shared: ExpressionScope): ExpressionScope {
  return {
    ...shared,
    $values: node.base.length === 0 ? values : readPath(values, node.base),
    $record: node.row ? readPath(values, node.row) : undefined,
    $index: node.index,
    $self: isLayout(node.schema) ? undefined : { value: readPath(values, node.path), title: node.schema.title },
  }
}

/** Results of expressions become field values only as plain scalars; NaN and infinities are no value. */
function plain(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'string') return value.slice(0, 2000)
  return typeof value === 'boolean' ? value : undefined
}
