import { EngineError } from '../process-engine.ts'
import { Problem } from './problem.ts'

const LIMIT = 4000
/** Members of bodies that hold variables by name. */
const HOLDERS = [
  'variables',
  'modifications',
  'localVariables',
  'processVariables',
  'processVariablesLocal',
  'processVariablesToTriggeredScope',
]

interface Typed {
  readonly type?: unknown
  readonly value?: unknown
}

/**
 * `compat.shortTexts`: Camunda's columns hold 4,000 characters of a text, and it refuses longer ones; without, texts of any length are
 * kept. `variable`: the path names the one variable that the body is.
 */
export function refuseLongTexts(body: unknown, variable: string | undefined): void {
  if (typeof body !== 'object' || body === null) return
  if (variable !== undefined && isLong(body))
    throw new Problem(400, 'RestException', `Cannot put variable ${variable}: Variable value is too long`, { code: 0 })
  for (const holder of HOLDERS) {
    const variables = (body as Readonly<Record<string, unknown>>)[holder]
    if (typeof variables === 'object' && variables !== null && Object.values(variables).some(isLong))
      throw new EngineError('text-too-long', 'An exception occurred in the persistence layer: a text is longer than its column.')
  }
}

function isLong(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { type, value: text } = value as Typed
  const isText = type === undefined || type === null || String(type).toLowerCase() === 'string'
  return isText && typeof text === 'string' && text.length > LIMIT
}
