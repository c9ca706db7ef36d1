import { evaluateTemplate } from '../expression/index.ts'
import type { FieldError, FormSchema } from '../form-definition.ts'
import { type FieldState, fieldStates, type RuleContext } from './field-states.ts'
import { findErrors } from './find-errors.ts'
import { mergeSubmission } from './merge-submission.ts'
import { copyData, readPath, sameData, type Values, writePath } from './path.ts'
import { isDecisionField, isServerWritten, type Permissions } from './permissions.ts'
import { plainData } from './plain-data.ts'

export interface Submission {
  readonly form: { readonly schema: FormSchema }
  /** What the record holds now. */
  readonly stored: Values
  /** Whatever came in: nothing about it is believed. */
  readonly submitted: unknown
  readonly permissions: Permissions
  readonly context: RuleContext
  /** A draft is checked for types, sizes and permissions only; nothing is required. */
  readonly draft?: boolean
}

export type Checked = { ok: true; values: Values } | { ok: false; errors: FieldError[] }

/**
 * Judges a submission (forms.md §2): refuses what the seat may not write, evaluates the rules in dependency order, computes the
 * formulas itself, validates, and answers with the values to store, or with errors by field path that say how to put it right.
 */
export function checkSubmission(submission: Submission): Checked {
  const data = plainData(submission.submitted)
  if (!data.ok) return { ok: false, errors: [{ field: data.at, code: 'malformed', message: data.message }] }
  const merged = mergeSubmission(submission.form.schema, submission.stored, data.values, submission.permissions)
  if (merged.refused.length > 0) return { ok: false, errors: merged.refused }
  const values = copyData(merged.values)
  const states = fieldStates(submission.form.schema, values, submission.permissions, submission.context)
  if (settle(states, values, submission)) return judge(submission, values)
  return judge(submission, values, states)
}

function judge(submission: Submission, values: Values, settled?: readonly FieldState[]): Checked {
  const states = settled ?? fieldStates(submission.form.schema, values, submission.permissions, submission.context)
  const errors = findErrors(states, values, submission.context, { draft: submission.draft === true })
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values }
}

/**
 * What the fields' states ask of the values: a field that a rule closes keeps its stored value or its default, and a switch that was
 * not touched is off. Answers whether anything changed, so that the rules are evaluated anew.
 */
function settle(states: readonly FieldState[], values: Values, { stored, context, draft }: Submission): boolean {
  let changed = false
  for (const { node, visible, readOnly, fixed } of states) {
    const { schema } = node
    if (schema.type === 'void' || !visible) continue
    const current = readPath(values, node.path)
    if (fixed && schema.type !== 'object' && !isServerWritten(schema) && !isDecisionField(schema)) {
      const kept =
        readPath(stored, node.path) ??
        evaluateTemplate(schema.default, {
          $user: context.user,
          $node: context.node,
          $settings: context.settings,
          $now: context.now,
          $today: context.now.slice(0, 10),
          $values: values,
        })
      if (sameData(current, kept)) continue
      writePath(values, node.path, kept ?? undefined)
      changed = true
    } else if (schema['x-component'] === 'Switch' && current === undefined && !readOnly && draft !== true) {
      writePath(values, node.path, false)
      changed = true
    }
  }
  return changed
}
