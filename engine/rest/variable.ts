import type { Value, Variables } from '../core/value.ts'
import { fromTypedValue, isProblem, toTypedValue } from '../wire/typed-value.ts'
import { invalidRequest, Problem } from './problem.ts'

export interface VariableAnswer {
  readonly type: string
  readonly value: unknown
  readonly valueInfo: Readonly<Record<string, unknown>>
}

/** A variable as Camunda's REST API writes it; objects held as JSON are opened unless the client wants them as text. */
export function variableOut(value: Value, deserialize = true): VariableAnswer {
  if (value.t === 'File') {
    const { filename = null, mimetype, encoding } = value.info
    const type = mimetype === undefined ? {} : { mimeType: mimetype, mimetype }
    return { type: 'File', value: null, valueInfo: { filename, ...type, ...(encoding !== undefined && { encoding }) } }
  }
  const typed = toTypedValue(value)
  const opens = deserialize && value.t === 'Object' && value.v !== null && value.info?.serializationDataFormat === 'application/json'
  return { type: typed.type, value: opens ? opened(value.v) : typed.value, valueInfo: typed.valueInfo ?? {} }
}

function opened(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // whoever stored it called it JSON; it is shown as it is
  }
}

export function variablesOut(variables: Variables, deserialize = true): Record<string, VariableAnswer> {
  const answer: Record<string, VariableAnswer> = {}
  for (const name in variables) {
    const value = variables[name]
    if (value) answer[name] = variableOut(value, deserialize)
  }
  return answer
}

/** Variables that a request brings, and which of them are transient or local. */
export interface VariablesIn {
  readonly variables: Variables
  readonly transient: readonly string[]
  readonly local: readonly string[]
}

interface TypedIn {
  readonly type?: string | null
  readonly value?: unknown
  readonly valueInfo?: Readonly<Record<string, unknown>> | null
  readonly local?: boolean
}

export function readVariables(body: unknown, what = 'variables'): VariablesIn {
  const variables: Record<string, Value> = {}
  const transient: string[] = []
  const local: string[] = []
  if (body === null || body === undefined) return { variables, transient, local }
  if (typeof body !== 'object' || Array.isArray(body)) throw invalidRequest(`${what} must be an object`)
  for (const [name, typed] of Object.entries(body as Readonly<Record<string, TypedIn | null>>)) {
    variables[name] = readVariable(name, typed)
    if (typed?.valueInfo?.transient === true) transient.push(name)
    if (typed?.local === true) local.push(name)
  }
  return { variables, transient, local }
}

export function readVariable(name: string, typed: unknown): Value {
  if (typeof typed !== 'object' || typed === null || !isText((typed as TypedIn).type))
    throw invalidRequest(`Cannot read variable '${name}': {value, type} is expected`)
  refuseForeignObject(name, typed as TypedIn)
  const value = fromTypedValue(typed as TypedIn)
  if (!isProblem(value) && value.t === 'File' && (value.v === null || value.info.filename === undefined))
    throw new Problem(500, 'IllegalArgumentException', `Cannot set variable '${name}': a file needs a name and content`)
  if (isProblem(value)) throw invalidRequest(`Cannot set variable '${name}': ${value.problem}`)
  return value
}

const isText = (type: unknown): boolean => type === undefined || type === null || typeof type === 'string'

/** Objects come as text; what Java has serialized cannot be read here. */
function refuseForeignObject(name: string, { type, value, valueInfo }: TypedIn): void {
  if (type?.toLowerCase() !== 'object') return
  if (value !== null && value !== undefined && typeof value !== 'string')
    throw invalidRequest(`Cannot set variable '${name}': the value of an Object must be a text`)
  if (String(valueInfo?.serializationDataFormat ?? '').includes('java-serialized'))
    throw new Problem(500, 'RestException', `Cannot set variable '${name}': objects serialized by Java are not supported`)
}
