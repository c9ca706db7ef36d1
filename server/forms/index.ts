import type { FormDefinition } from '../../contracts/form-definition.ts'
import {
  type Checked,
  checkSubmission,
  initialValues,
  type Permissions,
  type RuleContext,
  type Submission,
  type Values,
  viewForm,
} from '../../contracts/form-rules/index.ts'
import type { Route } from '../http/route.ts'
import { type FormEditing, type FormEditingDeps, makeFormEditing } from './form-editing.ts'
import { type FormStore, makeFormStore } from './form-store.ts'
import type { ShippedForms } from './resources.ts'
import { formRoutes } from './routes.ts'
import { seenContext } from './rule-context.ts'

/** The form as a seat sees it; the `form` of contracts/api/inbox.ts but for `sources`, which only the caller's directory knows. */
export interface SeatForm {
  readonly key: string
  readonly code: string
  readonly title: string
  readonly version: number
  readonly schema: FormDefinition['schema']
  readonly values: Values
  readonly permissions: Permissions
  readonly context: { readonly user: Values; readonly node: Values; readonly settings: Values }
}

/** Forms of the counties: definitions by version, what a seat sees of one, and the judge of submissions. */
export interface Forms extends FormStore {
  readonly routes: readonly Route[]
  readonly editing: FormEditing
  /**
   * The form as a seat may see it. Hidden fields are in neither schema nor values; a rule that reads one is replaced by its result.
   * Permissions: path without indexes → cell, `*` for the rest (default `edit`).
   */
  viewFor(form: FormDefinition, stored: Values, permissions: Permissions, context: RuleContext): SeatForm
  /** First values of an empty form (the schema's defaults). */
  initialValues(form: FormDefinition, context: RuleContext): Values
  /** The judge: values to store, or errors by field path (`hazards.2.dueDate`) with sentences that say how to put them right. */
  checkSubmission(submission: Submission): Checked
}

export interface FormsDeps extends Omit<FormEditingDeps, 'store'> {
  readonly shipped: ShippedForms
}

export function makeForms(deps: FormsDeps): Forms {
  const store = makeFormStore(deps)
  const editing = makeFormEditing({ ...deps, store })
  return {
    ...store,
    editing,
    routes: formRoutes(editing),
    viewFor(form, stored, permissions, context) {
      const { schema, values } = viewForm(form.schema, stored, permissions, context)
      return {
        key: form.key,
        code: form.code,
        title: form.title,
        version: form.version,
        schema,
        values,
        permissions,
        context: seenContext(form, context),
      }
    },
    initialValues: (form, context) => initialValues(form.schema, context),
    checkSubmission,
  }
}

export type { FormDefinition } from '../../contracts/form-definition.ts'
export type { Checked, Permissions, RuleContext, Submission, Values } from '../../contracts/form-rules/index.ts'
export type { FormEditing } from './form-editing.ts'
export { decisionFields, fileIds, referencedIds } from './form-references.ts'
export type { FormStore } from './form-store.ts'
export type { FormUser } from './form-usage.ts'
export { readShippedForms, type ShippedForms } from './resources.ts'
export { ruleContext } from './rule-context.ts'
