import type { ZodType } from 'zod'
import { type FieldProblem, Refusal } from './problem.ts'

/** Parses what came over the wire with its contract. Throws `invalid-request` with a problem per field path. */
export function parse<T>(schema: ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  const errors: FieldProblem[] = result.error.issues.slice(0, 100).map((issue) => ({
    field: issue.path.map(String).join('.'),
    code: issue.code.replaceAll('_', '-'),
    message: issue.message,
  }))
  throw new Refusal('invalid-request', { errors })
}
