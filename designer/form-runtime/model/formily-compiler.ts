import { Schema } from '@formily/json-schema'
import { evaluateTemplate } from '../../../contracts/expression/index.ts'

/**
 * Puts the safe evaluator in the place of Formily's only `new Function`. It is global to the page, so it is set before any schema is
 * made; what lies outside of the subset comes to undefined, since an expression that throws unmounts the React tree.
 */
export function installSafeCompiler(): void {
  Schema.registerCompiler((expression: string, scope: unknown) =>
    evaluateTemplate(`{{${expression}}}`, (scope ?? {}) as Record<string, unknown>),
  )
}

installSafeCompiler()
