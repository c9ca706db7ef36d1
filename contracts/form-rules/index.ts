/**
 * The rules of forms as pure functions over data, the same in the browser and on the server: what is visible, demanded and computed,
 * what is wrong with a submission, what may be published.
 */
export { type Checked, checkSubmission, type Submission } from './check-submission.ts'
export { fieldNodes, inOrder, isLayout, isRows, schemaFields } from './field-nodes.ts'
export { type FieldState, fieldStates, type RuleContext } from './field-states.ts'
export { CHECK_RESULTS, type CheckResult, resultWords, sheetLines } from './field-values/check-sheet.ts'
export { dayInWords } from './field-values/date.ts'
export { moneyInWords } from './field-values/money-in-words.ts'
export { precisionOf } from './field-values/number.ts'
export { FIELD_VALUES } from './field-values/registry.ts'
export { findErrors } from './find-errors.ts'
export { formDifferences } from './form-differences.ts'
export { type FormFinding, lintForm } from './lint-form.ts'
export { narrowSchema } from './narrow-schema.ts'
export { copyData, readPath, sameData, type Values, writePath } from './path.ts'
export { isDecisionField, isServerWritten, type Permissions } from './permissions.ts'
export { resolveForm } from './resolve-form.ts'
export { initialValues, viewForm } from './view-form.ts'
