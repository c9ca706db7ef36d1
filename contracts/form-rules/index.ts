/**
 * The rules of forms as pure functions over data, the same in the browser and on the server: what is visible, demanded and computed,
 * what is wrong with a submission, what may be published.
 */
export { type Checked, checkSubmission, type Submission } from './check-submission.ts'
export { type FieldNode, fieldNodes, inOrder, isLayout, isRows, schemaFields } from './field-nodes.ts'
export { dependencyPath, type FieldState, fieldStates, type RuleContext } from './field-states.ts'
export { CHECK_RESULTS, type CheckResult, resultWords, sheetLines } from './field-values/check-sheet.ts'
export { dayInWords, isDay, isMinute } from './field-values/date.ts'
export type { FieldValue, NameOf, ValueFinding, ValueScope } from './field-values/field-value.ts'
export { isFileRef } from './field-values/files.ts'
export { moneyInWords } from './field-values/money-in-words.ts'
export { precisionOf } from './field-values/number.ts'
export { FIELD_VALUES } from './field-values/registry.ts'
export { isSignature } from './field-values/signature.ts'
export { findErrors } from './find-errors.ts'
export { formDifferences } from './form-differences.ts'
export { type FormFinding, type LintScope, lintForm, readsOf } from './lint-form.ts'
export { type Narrowed, narrowSchema } from './narrow-schema.ts'
export { copyData, type Path, parsePath, readPath, sameData, templateOf, type Values, writePath } from './path.ts'
export { cellOf, isDecisionField, isServerWritten, isWritable, type Permissions } from './permissions.ts'
export { resolveForm } from './resolve-form.ts'
export { initialValues, type SeenForm, viewForm } from './view-form.ts'
