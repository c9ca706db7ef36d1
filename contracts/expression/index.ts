/** The safe `{{ }}` language of forms (architecture.md §7), the same in the browser and on the server. */
export { evaluateExpression, evaluateTemplate, expressionText } from './evaluate.ts'
export type { ExpressionScope } from './names.ts'
export { type Expression, ExpressionError, parseExpression } from './parse.ts'
export { expressionPaths } from './paths.ts'
