/** Why an expression could not be read or evaluated. */
export type ExpressionFailureCode =
  | 'syntax'
  | 'unknown-name'
  | 'unknown-member'
  | 'unknown-function'
  | 'wrong-type'
  | 'arithmetic'
  | 'handler-failed'

export interface ExpressionFailure {
  readonly code: ExpressionFailureCode
  readonly message: string
  /** The whole text, and the 1-based position in it. */
  readonly expression: string
  readonly position: number
}

/** Thrown inside the expression language only; `parseExpression` and `evaluateExpression` turn it into a value. */
export class ExpressionError extends Error {
  readonly code: ExpressionFailureCode
  readonly offset: number
  constructor(code: ExpressionFailureCode, message: string, offset = -1) {
    super(message)
    this.name = 'ExpressionError'
    this.code = code
    this.offset = offset
  }
}

export const failureOf = (error: ExpressionError, expression: string): ExpressionFailure => ({
  code: error.code,
  expression,
  position: Math.max(error.offset, 0) + 1,
  message:
    error.code === 'unknown-name'
      ? `Unknown property used in expression: ${expression}. Cause: ${error.message}, position ${error.offset + 1}`
      : `Error while evaluating expression: ${expression}. Cause: ${error.message}, position ${Math.max(error.offset, 0) + 1}`,
})
